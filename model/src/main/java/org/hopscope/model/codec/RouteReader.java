package org.hopscope.model.codec;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PathMetric;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.Route.Origin;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Reads rows of routing tables. */
final class RouteReader {
  private static final int MAX_WEIGHT = 256;

  private RouteReader() {
  }

  static Route read(Directory directory, NetnsId netns, Fields fields) throws MalformedException {
    IpPrefix to = fields.parsed("to", "a network such as 10.0.0.0/24", IpPrefix::parse);
    RouteType type = fields.word("type", RouteType.class, RouteType.UNICAST);
    boolean several = fields.has("hops");
    List<NextHop> hops =
        several ? fields.list("hops", f -> hop(directory, netns, f)) : single(directory, netns, fields);
    boolean leads = switch (type) {
      case UNICAST, LOCAL, BROADCAST, ANYCAST, MULTICAST -> true;
      case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> false;
    };
    boolean onLoopback = to.address().family() == IpFamily.INET6 && !leads;
    if ((leads || onLoopback) == hops.isEmpty() || several && hops.size() < 2) {
      throw new MalformedException(fields.place(), leads
          ? "a " + type.word() + " route has a \"device\", or several \"hops\" that have"
          : "a " + type.word() + " route has neither \"device\" nor \"via\" nor \"onlink\" nor \"hops\"");
    }
    return new Route(to, type, hops, fields.optionalParsed("source", "an address", IpAddress::parse),
        fields.number("metric", Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
        new Origin(fields.word("scope", Scope.class, Scope.GLOBAL), protocol(fields), metrics(fields)));
  }

  static RouteProtocol protocol(Fields fields) throws MalformedException {
    return fields.optionalParsed("protocol", "a protocol such as static, or its number", RouteProtocol::parse)
        .orElse(RouteProtocol.BOOT);
  }

  private static Route.Metrics metrics(Fields fields) throws MalformedException {
    return new Route.Metrics(fields.number("mtu", 0, Integer.MAX_VALUE, 0), fields.flag("mtuLocked"),
        fields.number("advmss", 0, Integer.MAX_VALUE, 0), fields.number("hopLimit", 0, 255, 0),
        others(fields));
  }

  private static PSortedMap<PathMetric, String> others(Fields fields) throws MalformedException {
    if (!fields.has("path")) {
      return Route.Metrics.NONE.others();
    }
    PSortedMap<PathMetric, String> others = TreePMap.empty();
    Map<String, String> texts = fields.texts("path");
    for (PathMetric metric : PathMetric.values()) {
      String value = texts.get(metric.word());
      others = value == null ? others : others.plus(metric, value);
    }
    if (others.size() < texts.size()) {
      throw fields.malformed("path", "something else than " + Stream.of(PathMetric.values()).map(PathMetric::word)
          .collect(Collectors.joining(", ")));
    }
    return others;
  }

  /** The one next hop that stands in the route itself; none without any of its fields. */
  private static List<NextHop> single(Directory directory, NetnsId netns, Fields fields) throws MalformedException {
    return fields.has("device") || fields.has("via") || fields.has("onlink")
        ? List.of(hop(directory, netns, fields))
        : List.of();
  }

  private static NextHop hop(Directory directory, NetnsId netns, Fields fields) throws MalformedException {
    return new NextHop(fields.optionalParsed("via", "an address", IpAddress::parse),
        directory.device(netns, fields.required("device")), fields.flag("onlink"),
        fields.number("weight", 1, MAX_WEIGHT, 1), fields.flag("dead"), fields.flag("ownGateway"));
  }
}
