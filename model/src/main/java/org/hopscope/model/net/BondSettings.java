package org.hopscope.model.net;

import java.util.Optional;

/**
 * What {@code ip link set type bond} changes, and which slave is in use.
 *
 * @param mode how slaves are used
 * @param miimon how often links are looked at, in milliseconds; 0: never, and every slave's link counts as up
 * @param primary the slave that is in use whenever its link is up
 * @param active in active-backup mode the slave that carries everything
 */
public record BondSettings(BondMode mode, int miimon, Optional<DeviceId> primary, Optional<DeviceId> active) {
  /** kernel drivers/net/bonding/bond_netlink.c and bond_main.c: balance-rr, no monitoring. */
  public static final BondSettings DEFAULT =
      new BondSettings(BondMode.BALANCE_RR, 0, Optional.empty(), Optional.empty());

  public BondSettings withActive(Optional<DeviceId> value) {
    return new BondSettings(mode, miimon, primary, value);
  }
}
