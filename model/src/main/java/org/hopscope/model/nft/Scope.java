package org.hopscope.model.nft;

import java.util.Optional;

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

  NftFamily family() {
    return table.key().family();
  }
}
