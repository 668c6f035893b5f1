package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.net.BondMode;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.net.MacvlanMode;

/**
 * What a command says behind {@code type KIND}, when it makes a device and when it changes one (kernel rtnetlink
 * IFLA_LINKINFO). What is not said is empty: then a new device has the kernel's default, an old one stays as it is.
 */
public sealed interface LinkInfo {
  /** The driver that is meant. */
  Driver driver();

  /** {@code type dummy}. */
  record Dummy() implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.DUMMY;
    }
  }

  /**
   * {@code type vlan}.
   *
   * @param id {@code id}, which a new one must have
   * @param protocol {@code protocol}: the tag's type, 802.1Q unless said
   */
  record Vlan(Optional<Integer> id, Optional<Integer> protocol) implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.VLAN;
    }
  }

  /**
   * {@code type ipvlan}.
   *
   * @param mode {@code mode}, l3 unless said
   * @param flag {@code bridge}, {@code private} or {@code vepa}
   */
  record Ipvlan(Optional<IpvlanMode> mode, Optional<IpvlanFlag> flag) implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.IPVLAN;
    }
  }

  /**
   * {@code type bond}.
   *
   * @param mode {@code mode}, balance-rr unless said
   * @param miimon {@code miimon}, 0 unless said
   * @param primary {@code primary}, a slave's name
   * @param active {@code active_slave}, a slave's name
   */
  record Bond(Optional<BondMode> mode, Optional<Integer> miimon, Optional<String> primary, Optional<String> active)
      implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.BOND;
    }
  }

  /**
   * {@code type macvlan}.
   *
   * @param mode {@code mode}, vepa unless said
   */
  record Macvlan(Optional<MacvlanMode> mode) implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.MACVLAN;
    }
  }

  /** {@code type wireguard}; the rest is said by {@code wg set}. */
  record WireGuard() implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.WIREGUARD;
    }
  }
}
