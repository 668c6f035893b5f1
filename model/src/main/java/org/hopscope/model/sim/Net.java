package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** A namespace with what was asked about it, worked out once for a simulation (kernel struct net). */
final class Net {
  private final Netns netns;
  private final boolean filters4;
  private final boolean filters6;
  private final Map<String, Integer> sysctls = new HashMap<>();

  Net(Netns netns) {
    this.netns = netns;
    filters4 = !netns.rulesets().of(IpFamily.INET).tables().isEmpty();
    filters6 = !netns.rulesets().of(IpFamily.INET6).tables().isEmpty();
  }

  Netns netns() {
    return netns;
  }

  NetnsId id() {
    return netns.id();
  }

  /** Whether its packet filter has any table for a family. */
  boolean filters(IpFamily family) {
    return switch (family) {
      case INET -> filters4;
      case INET6 -> filters6;
    };
  }

  /** A setting that is a number, read the first time it is asked for. */
  int sysctl(String key, ToIntFunction<String> read) {
    Integer known = sysctls.get(key);
    if (known == null) {
      known = read.applyAsInt(key);
      sysctls.put(key, known);
    }
    return known;
  }
}
