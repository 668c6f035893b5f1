package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.Scope;

/**
 * What an address is made with.
 *
 * @param local the address with its length
 * @param peer the far end, if it is a point-to-point address
 * @param broadcast a broadcast address
 * @param scope a scope; host for 127/8 and global else, unless said
 * @param label a label
 * @param noprefixroute whether to leave out the connected route
 * @param options what else is said
 */
public record NewAddress(InterfaceAddress local, Optional<IpAddress> peer, Optional<IpAddress> broadcast,
    Optional<Scope> scope, Optional<String> label, boolean noprefixroute, AddressOptions options) {
  /** With no more said. */
  public NewAddress(InterfaceAddress local, Optional<IpAddress> peer, Optional<IpAddress> broadcast,
      Optional<Scope> scope, Optional<String> label, boolean noprefixroute) {
    this(local, peer, broadcast, scope, label, noprefixroute, AddressOptions.NONE);
  }

  /** With nothing said but the address. */
  public static NewAddress of(InterfaceAddress local) {
    return new NewAddress(local, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false,
        AddressOptions.NONE);
  }
}
