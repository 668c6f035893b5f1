package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.NetnsId;

/**
 * What {@code ip link set} can change at once; empty means as it is.
 *
 * @param netns move to this namespace
 * @param name rename
 * @param mac a new hardware address
 * @param mtu a new MTU
 * @param up switch on or off
 * @param master enslave to the device of this name; an empty name means {@code nomaster}
 */
public record LinkChange(Optional<NetnsId> netns, Optional<String> name, Optional<MacAddress> mac,
    Optional<Integer> mtu,
    Optional<Boolean> up, Optional<String> master) {
  /** Changes nothing. */
  public static final LinkChange NONE = new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), Optional.empty(), Optional.empty());

  public static LinkChange up(boolean value) {
    return new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(value),
        Optional.empty());
  }

  public static LinkChange netns(NetnsId value) {
    return new LinkChange(Optional.of(value), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty());
  }

  public static LinkChange name(String value) {
    return new LinkChange(Optional.empty(), Optional.of(value), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty());
  }

  public static LinkChange master(String value) {
    return new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.of(value));
  }
}
