package org.hopscope.model.lab;

import java.util.Optional;

/**
 * Which rows go; empty does not ask.
 *
 * @param port only rows behind the port of this name
 * @param permanent whether the row is {@code permanent}
 * @param unageing whether the row is {@code static} or {@code permanent}
 * @param sticky whether the row is {@code sticky}
 * @param vlan only rows of this VLAN
 */
public record FdbFilter(Optional<String> port, Optional<Boolean> permanent, Optional<Boolean> unageing,
    Optional<Boolean> sticky, Optional<Integer> vlan) {
  /** All rows. */
  public static final FdbFilter ALL =
      new FdbFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public FdbFilter withPort(String name) {
    return new FdbFilter(Optional.of(name), permanent, unageing, sticky, vlan);
  }

  public FdbFilter withPermanent(boolean value) {
    return new FdbFilter(port, Optional.of(value), unageing, sticky, vlan);
  }

  public FdbFilter withUnageing(boolean value) {
    return new FdbFilter(port, permanent, Optional.of(value), sticky, vlan);
  }

  public FdbFilter withSticky(boolean value) {
    return new FdbFilter(port, permanent, unageing, Optional.of(value), vlan);
  }

  public FdbFilter withVlan(int value) {
    return new FdbFilter(port, permanent, unageing, sticky, Optional.of(value));
  }
}
