package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.FdbEntry;

/**
 * A row as {@code bridge fdb} says it.
 *
 * @param key whose, and in which VLAN; 0 for in none, and on a bridge that filters in all of the port's
 * @param side in whose database
 * @param kind how it is to live
 * @param sticky whether learning may not move it
 * @param remote the far end it leads to, on a vxlan
 * @param used whether the bridge is to learn it as from a frame ({@code use}), which is no more than a wish
 */
public record FdbWish(FdbEntry.Key key, FdbSide side, FdbEntry.Kind kind, boolean sticky, Optional<RemoteWish> remote,
    boolean used) {
  /** One that is written, not learned. */
  public FdbWish(FdbEntry.Key key, FdbSide side, FdbEntry.Kind kind, boolean sticky, Optional<RemoteWish> remote) {
    this(key, side, kind, sticky, remote, false);
  }

  /** One that leads to no far end. */
  public FdbWish(MacAddress mac, FdbSide side, FdbEntry.Kind kind, boolean sticky) {
    this(mac, side, kind, sticky, Optional.empty());
  }

  /** One in no VLAN. */
  public FdbWish(MacAddress mac, FdbSide side, FdbEntry.Kind kind, boolean sticky, Optional<RemoteWish> remote) {
    this(FdbEntry.Key.of(mac), side, kind, sticky, remote);
  }

  public MacAddress mac() {
    return key.mac();
  }
}
