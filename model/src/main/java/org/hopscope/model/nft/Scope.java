package org.hopscope.model.nft;

import java.util.Optional;
import org.hopscope.model.packet.Header;

/**
 * What a rule is read within.
 *
 * @param table the table that it is for
 * @param devices the devices of its namespace
 * @param verbatim whether it was listed before, so that a set with one element stays a set
 */
record Scope(NftTable table, Devices devices, boolean verbatim) {
  Optional<NftSet> set(String name) {
    return table.set(name);
  }

  /** Whether all packets of the table are of this EtherType. */
  boolean implies(int etherType) {
    return switch (family()) {
      case IP -> etherType == Header.Ethernet.IPV4;
      case IP6 -> etherType == Header.Ethernet.IPV6;
      case INET -> false;
    };
  }

  NftFamily family() {
    return table.key().family();
  }
}
