package org.hopscope.model.codec;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.Route.Origin;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/** Reads rows of routing tables. */
final class RouteReader {
  private RouteReader() {
  }

  static Route read(Directory directory, NetnsId netns, Fields fields) throws MalformedException {
    IpPrefix to = fields.parsed("to", "a network such as 10.0.0.0/24", IpPrefix::parse);
    RouteType type = fields.word("type", RouteType.class, RouteType.UNICAST);
    Optional<IpAddress> via = fields.optionalParsed("via", "an address", IpAddress::parse);
    Optional<DeviceId> device = fields.optional("device", d -> directory.device(netns, d));
    boolean onlink = fields.flag("onlink");
    boolean leads = switch (type) {
      case UNICAST, LOCAL, BROADCAST, ANYCAST, MULTICAST -> true;
      case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> false;
    };
    if (leads != device.isPresent() || !leads && (via.isPresent() || onlink)) {
      throw new MalformedException(fields.place(), leads
          ? "a " + type.word() + " route has a \"device\""
          : "a " + type.word() + " route has neither \"device\" nor \"via\" nor \"onlink\"");
    }
    return new Route(to, type, device.map(d -> new NextHop(via, d, onlink)),
        fields.optionalParsed("source", "an address", IpAddress::parse),
        fields.number("metric", Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
        new Origin(fields.word("scope", Scope.class, Scope.GLOBAL),
            fields.word("protocol", RouteProtocol.class, RouteProtocol.BOOT),
            fields.number("mtu", 0, Integer.MAX_VALUE, 0)));
  }
}
