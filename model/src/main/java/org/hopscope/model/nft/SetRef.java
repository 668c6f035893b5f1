package org.hopscope.model.nft;

import java.util.List;

/** A set or map that a rule looks into. */
public sealed interface SetRef {
  /**
   * One of the table's.
   *
   * @param name its name
   * @param data what it maps to, empty for a set
   */
  record Named(String name, List<DataType> data) implements SetRef {
    public Named {
      data = List.copyOf(data);
    }
  }

  /** One that is written out in the rule. */
  record Anonymous(NftSet set) implements SetRef {
  }
}
