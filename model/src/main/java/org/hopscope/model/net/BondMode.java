package org.hopscope.model.net;

/** How a bond uses its slaves (kernel Documentation/networking/bonding.rst); the two adaptive modes are not modelled. */
public enum BondMode {
  /** One after the other. */
  BALANCE_RR("balance-rr"),
  /** One carries everything, the others wait for its link to fail. */
  ACTIVE_BACKUP("active-backup"),
  /** By the addresses of the frame. */
  BALANCE_XOR("balance-xor"),
  /** All of them, every frame. */
  BROADCAST("broadcast"),
  /** By the addresses of the frame, over the slaves that LACP has agreed on; the agreement itself is not modelled. */
  LACP("802.3ad");

  private final String word;

  BondMode(String word) {
    this.word = word;
  }

  /** The word iproute2 uses. */
  public String word() {
    return word;
  }
}
