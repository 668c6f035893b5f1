package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Outer;

/**
 * What a command says about the header outside a tunnel's packets; what is not said stays as it is.
 *
 * @param home where the command is given: a new tunnel's packets leave there, and {@code device} is one of its
 * @param local {@code local}; an unspecified address takes it back
 * @param remote {@code remote} or {@code group}; an unspecified address takes it back
 * @param device {@code dev}
 * @param ttl {@code ttl}
 * @param inheritTos {@code tos}
 */
public record OuterWish(NetnsId home, Optional<IpAddress> local, Optional<IpAddress> remote, Optional<DeviceRef> device,
    Optional<Outer.Ttl> ttl, Optional<Boolean> inheritTos) {
  /** Nothing said. */
  public static OuterWish nothing(NetnsId home) {
    return new OuterWish(home, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty());
  }

  /** What there was, with what is said in its place. */
  Outer over(LabState lab, Outer old) {
    return new Outer(local.or(old::local).filter(a -> !a.isUnspecified()),
        remote.or(old::remote).filter(a -> !a.isUnspecified()), device(lab).or(old::device), ttl.orElse(old.ttl()),
        inheritTos.orElse(old.inheritTos()));
  }

  /** A new header, whose TTL is {@code usual} unless it is said. */
  Outer fresh(LabState lab, Outer.Ttl usual) {
    return over(lab, new Outer(Optional.empty(), Optional.empty(), Optional.empty(), usual, false));
  }

  private Optional<DeviceId> device(LabState lab) {
    return device.map(d -> Find.device(lab, d).id());
  }
}
