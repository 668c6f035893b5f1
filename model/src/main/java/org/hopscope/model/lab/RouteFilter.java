package org.hopscope.model.lab;

import java.util.Optional;
import java.util.function.Function;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/**
 * Which rows {@code ip route show} and {@code ip route flush} mean: those that agree with all that is said (iproute2
 * ip/iproute.c filter_nlmsg). A multipath route has no one device and no one gateway, so that neither finds it.
 *
 * @param table the table's number; empty for all of them
 * @param root only networks inside of this one
 * @param match only networks that hold this one
 * @param device the name of the device they leave by
 * @param traits the rest
 */
public record RouteFilter(Optional<Integer> table, Optional<IpPrefix> root, Optional<IpPrefix> match,
    Optional<String> device, Traits traits) {
  /**
   * What else can be asked of a row.
   *
   * @param via the network of its gateway
   * @param source the network of the address it prefers
   * @param type its type
   * @param scope its scope
   * @param protocol who made it
   * @param metric its metric
   */
  public record Traits(Optional<IpPrefix> via, Optional<IpPrefix> source, Optional<RouteType> type,
      Optional<Scope> scope, Optional<RouteProtocol> protocol, Optional<Integer> metric) {
    /** Nothing asked. */
    public static final Traits ANY = new Traits(Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty(), Optional.empty());

    boolean admits(Route row) {
      Optional<IpAddress> gateway = row.isMultipath() ? Optional.empty() : row.via();
      return type.filter(t -> t != row.type()).isEmpty() && scope.filter(s -> s != row.origin().scope()).isEmpty()
          && protocol.filter(p -> !p.equals(row.origin().protocol())).isEmpty()
          && metric.filter(m -> m != row.metric()).isEmpty()
          && via.map(v -> gateway.filter(v::contains).isPresent()).orElse(true)
          && source.map(s -> row.prefSrc().filter(s::contains).isPresent()).orElse(true);
    }
  }

  /** All rows of a table. */
  public static RouteFilter ofTable(int table) {
    return new RouteFilter(Optional.of(table), Optional.empty(), Optional.empty(), Optional.empty(), Traits.ANY);
  }

  /** Whether a row of the table is meant; {@code names} tells what a device is called. */
  public boolean admits(Route row, Function<DeviceId, String> names) {
    IpPrefix to = row.destination();
    return root.map(r -> r.length() <= to.length() && r.contains(to.address())).orElse(true)
        && match.map(m -> to.length() <= m.length() && to.contains(m.address())).orElse(true)
        && device.map(d -> !row.isMultipath() && row.device().map(names).filter(d::equals).isPresent()).orElse(true)
        && traits.admits(row);
  }
}
