package org.hopscope.model.shell;

import java.util.Optional;

/** The key words behind {@code ip link add} and {@code ip link set}, in iproute2's order (ip/iplink.c iplink_parse). */
final class LinkWords {
  private static final Keywords WORDS = Keywords.of("up down name index link* address* broadcast* brd*=broadcast "
      + "txqueuelen* qlen=txqueuelen txqlen*=txqueuelen mtu xdpgeneric xdpdrv xdpoffload xdp netns multicast "
      + "allmulticast promisc trailers arp carrier vf master* vrf nomaster* dynamic* type* alias* group mode state "
      + "numtxqueues* numrxqueues* addrgenmode* link-netns* link-netnsid* protodown protodown_reason gso_max_size "
      + "gso_max_segs gro_max_size parentdev help* dev");

  private LinkWords() {
  }

  /** The key word that is meant, in full; empty when it is a device's name. */
  static Optional<String> find(String typed) {
    return WORDS.find(typed);
  }

  /** Whether a device of this name must be written behind {@code dev}, for its name alone would be taken for a word. */
  static boolean isKeyword(String name) {
    return find(name).isPresent();
  }
}
