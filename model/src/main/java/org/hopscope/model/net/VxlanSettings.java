package org.hopscope.model.net;

import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * What is peculiar to a vxlan (kernel struct vxlan_config, RFC 7348).
 *
 * @param id the network's number (VNI), 0 to 16777215
 * @param port the UDP port that it hears on and sends to, 1 to 65535
 * @param sources the UDP ports that it sends from
 * @param flags what is switched on
 * @param learning how learned rows live
 * @param df the DF flag outside
 */
public record VxlanSettings(int id, int port, SourcePorts sources, PSortedSet<VxlanFlag> flags, Learning learning,
    Df df) {
  /** The port a kernel takes unless it is told one (drivers/net/vxlan/vxlan_core.c vxlan_port). */
  public static final int KERNEL_PORT = 8472;
  /** VNIs are below this one (RFC 7348 5). */
  public static final int END_OF_IDS = 1 << 24;

  public VxlanSettings {
    flags = TreePSet.from(flags);
  }

  /**
   * A range of UDP ports; 0 and 0 stand for the namespace's {@code ip_local_port_range}. The flow inside decides which.
   *
   * @param low the first
   * @param high the first that is too great
   */
  public record SourcePorts(int low, int high) {
    /** Nothing said. */
    public static final SourcePorts ANY = new SourcePorts(0, 0);
  }

  /**
   * How learned rows live.
   *
   * @param ageing how long one stays after its source was last heard of, in seconds
   * @param limit how many rows there may be; 0 for any number
   */
  public record Learning(int ageing, int limit) {
    /** FDB_AGE_DEFAULT, no limit. */
    public static final Learning USUAL = new Learning(300, 0);
  }

  /** Whether packets outside must not be cut (kernel enum ifla_vxlan_df). */
  public enum Df {
    /** They may be cut. */
    UNSET,
    /** They must not be cut. */
    SET,
    /** As the IPv4 packet inside says; one of IPv6 must not. */
    INHERIT
  }

  /** With other ways to learn. */
  public VxlanSettings with(PSortedSet<VxlanFlag> otherFlags, SourcePorts otherSources, Learning otherLearning,
      Df otherDf) {
    return new VxlanSettings(id, port, otherSources, otherFlags, otherLearning, otherDf);
  }

  public boolean has(VxlanFlag flag) {
    return flags.contains(flag);
  }
}
