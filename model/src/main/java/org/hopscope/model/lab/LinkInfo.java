package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.net.Driver;
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
}
