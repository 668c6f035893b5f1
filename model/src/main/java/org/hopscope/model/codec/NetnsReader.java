package org.hopscope.model.codec;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NeighbourTable;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.RoutingTable;
import org.hopscope.model.net.RoutingTables;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.netfilter.Rulesets;
import org.hopscope.model.nft.NftRuleset;
import org.pcollections.PSortedMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/** Reads a namespace with everything in it. */
final class NetnsReader {
  private final Directory directory;
  private final NetnsId id;

  private NetnsReader(Directory directory, NetnsId id) {
    this.directory = directory;
    this.id = id;
  }

  static NetnsId read(Draft draft, Directory directory, NetnsId id, Fields fields) throws MalformedException {
    new NetnsReader(directory, id).read(draft, fields);
    return id;
  }

  private void read(Draft draft, Fields fields) throws MalformedException {
    int order = fields.number("order", 0, Integer.MAX_VALUE);
    int nextIfindex = fields.number("nextIndex", 1, Integer.MAX_VALUE);
    draft.add(new Netns(id, order, nextIfindex, tables(fields, "routes", "rules", IpFamily.INET),
        tables(fields, "routes6", "rules6", IpFamily.INET6),
        LabReader.settings(fields, "settings"),
        TreePVector.from(fields.list("servers", NetnsReader::server)), knows(fields), fields.has("filter")
            ? Fields.object(fields.required("filter"), NetfilterReader::rules)
            : Rulesets.NONE,
        NftRuleset.NONE, IpvsCodec.rules(fields)));
    for (Json device : fields.items("devices")) {
      Fields.object(device, f -> DeviceReader.read(draft, directory, id, f));
    }
    if (fields.has("filter") || fields.has("nft") || fields.has("nftNext") || fields.has("filterState")) {
      draft.add(NftCodec.Saved.of(id, fields));
    }
    if (fields.has("neighbours") || fields.has("proxies")) {
      NeighbourTable neighbours = neighbours(fields);
      draft.learn(learned -> learned.withNeighbours(id, neighbours));
    }
    for (RouteException row : fields.list("told", this::told)) {
      draft.learn(learned -> learned.withRouteException(id, row));
    }
    if (fields.has("packetsSent")) {
      int sent = fields.number("packetsSent", Integer.MIN_VALUE, Integer.MAX_VALUE);
      draft.learn(learned -> learned.withPacketIds(id, sent));
    }
  }

  private RoutingTables tables(Fields fields, String key, String rules, IpFamily family)
      throws MalformedException {
    PSortedMap<Integer, RoutingTable> tables = TreePMap.empty();
    for (Map.Entry<String, Json> entry : fields.map(key).entrySet()) {
      Optional<Integer> number = Words.table(entry.getKey());
      if (number.isEmpty() || tables.containsKey(number.get())) {
        throw new MalformedException(entry.getValue().place(), "\"" + entry.getKey() + "\" is not known here: "
            + "a table is main, local, default or a number, and stands once");
      }
      List<Route> rows = new ArrayList<>();
      for (Json row : Fields.items(entry.getValue())) {
        rows.add(Fields.object(row, f -> RouteReader.read(directory, id, f)));
      }
      tables = tables.plus(number.get(), RoutingTable.of(rows));
    }
    return new RoutingTables(tables, RuleReader.read(fields, rules, family));
  }

  private static Server server(Fields fields) throws MalformedException {
    return new Server(new PortNumber(fields.number("port", 1, 65535)),
        fields.word("transport", Transport.class, Transport.TCP),
        fields.optionalParsed("on", "an address", IpAddress::parse), fields.text("label"),
        fields.word("program", Server.Program.class, Server.Program.SERVE));
  }

  private PSortedMap<NetnsId, Integer> knows(Fields fields) throws MalformedException {
    SortedMap<NetnsId, Integer> knows = new TreeMap<>();
    for (Map.Entry<String, Json> entry : fields.map("knows").entrySet()) {
      NetnsId other = directory.netns(new Json.Str(entry.getValue().place(), entry.getKey()));
      knows.put(other, (int) Fields.whole(entry.getValue(), 0, Integer.MAX_VALUE));
    }
    return TreePMap.fromSortedMap(knows);
  }

  private NeighbourTable neighbours(Fields fields) throws MalformedException {
    NeighbourTable table = NeighbourTable.EMPTY;
    PVector<Neighbour> rows = TreePVector.from(fields.list("neighbours", this::neighbour));
    for (Neighbour row : rows) {
      table = table.with(row);
    }
    if (table.rows().size() != rows.size()) {
      throw fields.malformed("neighbours", "two rows are about the same address on the same device");
    }
    for (Neighbour.Key key : fields.list("proxies", this::proxy)) {
      table = table.withProxy(key);
    }
    return table;
  }

  private Neighbour.Key proxy(Fields fields) throws MalformedException {
    return new Neighbour.Key(directory.device(id, fields.required("device")),
        fields.parsed("address", "an address", IpAddress::parse));
  }

  private Neighbour neighbour(Fields fields) throws MalformedException {
    Neighbour.Key key = new Neighbour.Key(directory.device(id, fields.required("device")),
        fields.parsed("address", "an address", IpAddress::parse));
    Neighbour.State state = fields.word("state", Neighbour.State.class, Neighbour.State.PERMANENT);
    Optional<MacAddress> mac = fields.optionalParsed("mac", "a MAC address", MacAddress::parse);
    if (state.isValid() && mac.isEmpty()) {
      throw new MalformedException(fields.place(), "a neighbour that is " + Words.of(state) + " has a \"mac\"");
    }
    return new Neighbour(key, mac, state, new VirtualTime(fields.longNumber("confirmed", 0, 0)),
        new VirtualTime(fields.longNumber("updated", 0, 0)), flags(fields));
  }

  private static Set<Neighbour.Flag> flags(Fields fields) throws MalformedException {
    Set<Neighbour.Flag> flags = EnumSet.noneOf(Neighbour.Flag.class);
    if (fields.flag("router")) {
      flags.add(Neighbour.Flag.ROUTER);
    }
    if (fields.flag("externLearn")) {
      flags.add(Neighbour.Flag.EXTERN_LEARN);
    }
    return flags;
  }

  private RouteException told(Fields fields) throws MalformedException {
    return new RouteException(fields.parsed("destination", "an address", IpAddress::parse),
        fields.optionalParsed("gateway", "an address", IpAddress::parse),
        new RouteException.PathMtu(fields.number("mtu", 0, Integer.MAX_VALUE), fields.flag("locked")),
        new VirtualTime(fields.longNumber("expires", 0)), fields.has("route")
            ? Optional.of(Fields.object(fields.required("route"), f -> RouteReader.read(directory, id, f)))
            : Optional.empty());
  }
}
