package org.hopscope.model.net;

import java.util.Optional;

/** What kind of device it is, with what only that kind has. {@code ip link} calls this the link type. */
public sealed interface DeviceKind {
  /** The word iproute2 uses after {@code type}, or for lo and NICs the ARP hardware name. */
  String word();

  /** {@code lo}: what is sent comes straight back in (kernel drivers/net/loopback.c). One per namespace, index 1. */
  record Loopback() implements DeviceKind {
    @Override
    public String word() {
      return "loopback";
    }
  }

  /**
   * One end of a virtual cable (veth(4)).
   *
   * @param peer the other end; it lives and dies with this one
   */
  record Veth(DeviceId peer) implements DeviceKind {
    @Override
    public String word() {
      return "veth";
    }
  }

  /**
   * A learning switch whose own device is one more port, towards the host (kernel net/bridge).
   *
   * @param settings what {@code ip link set type bridge} changes
   * @param touched whether a port was ever enslaved or an address set by hand: until then a bridge that is up shows
   *     UNKNOWN instead of following its ports (sem-B8)
   */
  record Bridge(BridgeSettings settings, boolean touched) implements DeviceKind {
    @Override
    public String word() {
      return "bridge";
    }
  }

  /**
   * A physical network card; it cannot be deleted and returns to its host's root namespace when its namespace goes.
   *
   * @param cable the card at the other end of the cable, if one is plugged in
   */
  record Nic(Optional<DeviceId> cable) implements DeviceKind {
    @Override
    public String word() {
      return "nic";
    }
  }
}
