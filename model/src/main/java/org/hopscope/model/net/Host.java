package org.hopscope.model.net;

import org.hopscope.model.ovs.OpenVswitch;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A machine with a kernel of its own.
 *
 * @param name unique in the lab
 * @param order counted up in the order of creation; the lowest is the first host
 * @param draws how often its programs have drawn random numbers: what comes next follows from it
 * @param files the text files that were written on it, by absolute name
 * @param ovs its Open vSwitch
 */
public record Host(String name, int order, int draws, PSortedMap<String, String> files, OpenVswitch ovs) {
  /** A machine on which nothing was done. */
  public static Host fresh(String name, int order) {
    return new Host(name, order, 0, TreePMap.empty(), OpenVswitch.NONE);
  }

  public Host withDraws(int value) {
    return new Host(name, order, value, files, ovs);
  }

  public Host withFiles(PSortedMap<String, String> value) {
    return new Host(name, order, draws, value, ovs);
  }

  public Host withOvs(OpenVswitch value) {
    return new Host(name, order, draws, files, value);
  }

  /** Its root namespace. */
  public NetnsId root() {
    return NetnsId.root(name);
  }
}
