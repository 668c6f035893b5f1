package org.hopscope.model.lab;

import java.util.Map;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** An environment for tests of bridges in which only those speak who are told to: without IPv6, no device says anything of its own. */
public final class Quiet {
  /** Settings of a lab without IPv6. */
  public static final PSortedMap<String, String> ENVIRONMENT = TreePMap.from(Map.of("net.ipv6.conf.all.disable_ipv6",
      "1", "net.ipv6.conf.default.disable_ipv6", "1", "net.ipv6.conf.*.disable_ipv6", "1"));

  private Quiet() {
  }
}
