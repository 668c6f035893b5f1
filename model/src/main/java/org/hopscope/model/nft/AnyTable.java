package org.hopscope.model.nft;

/** A table as nft sees it: one of its own, or one that iptables made. */
sealed interface AnyTable permits NftTable, XtTable {
  /** Its family and name. */
  NftTable.Key key();

  /** Its number in its namespace: tables are listed in the order in which they were made. */
  int handle();
}
