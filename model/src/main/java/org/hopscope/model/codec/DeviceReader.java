package org.hopscope.model.codec;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.BridgeVlans;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.Inet6;
import org.hopscope.model.net.LinkFlag;
import org.hopscope.model.net.LinkTraits;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.Scope;
import org.hopscope.model.net.TunMode;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.net.WireGuardSession;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/** Reads a device with what hangs on it. */
final class DeviceReader {
  private static final int MAX_MTU = Integer.MAX_VALUE;
  private final Directory directory;
  private final DeviceRef ref;

  private DeviceReader(Directory directory, DeviceRef ref) {
    this.directory = directory;
    this.ref = ref;
  }

  static DeviceId read(Draft draft, Directory directory, NetnsId netns, Fields fields) throws MalformedException {
    return new DeviceReader(directory, new DeviceRef(netns, fields.text("name"))).read(draft, fields);
  }

  private static Device.Power power(Fields fields) throws MalformedException {
    boolean up = fields.flag("up");
    boolean wasUp = fields.flag("wasUp");
    return up ? Device.Power.UP : wasUp ? Device.Power.DOWN : Device.Power.NEW;
  }

  private DeviceId read(Draft draft, Fields fields) throws MalformedException {
    DeviceId id = new DeviceId(fields.number("number", 1, Integer.MAX_VALUE));
    int index = fields.number("index", 1, Integer.MAX_VALUE);
    int arrival = fields.has("arrival") ? fields.number("arrival", index, Integer.MAX_VALUE) : index;
    Device.Placement place = new Device.Placement(ref.netns(), index, ref.name(), arrival);
    Device.LinkSettings link =
        new Device.LinkSettings(fields.parsed("mac", "a MAC address", MacAddress::parse), fields.flag("macChosen"),
            fields.number("mtu", 0, MAX_MTU), fields.flag("mtuChosen"), power(fields),
            fields.optional("arp", Fields::flag), traits(fields));
    Device device = new Device(id, place, link, fields.optional("port", v -> Fields.object(v, this::port)),
        TreePVector.from(fields.list("addresses", this::address)), inet6(fields),
        LabReader.settings(fields, "settings"),
        kind(fields));
    draft.add(device);
    if (device.isBridge()) {
      learn(draft, id, Fields.glance(fields.required("bridge"), this::entries));
    }
    ForwardingDatabase filters = ForwardingDatabase.EMPTY;
    for (Json filter : fields.items("filters")) {
      filters =
          filters.with(new FdbEntry(FdbEntry.Key.of(Fields.parsed(filter, "a MAC address", MacAddress::parse)), id,
              FdbEntry.Kind.LOCAL, false, VirtualTime.START));
    }
    if (device.kind() instanceof DeviceKind.Vxlan) {
      learn(draft, id, TunnelCodec.entries(directory, id, fields));
    }
    if (!device.isBridge() && !filters.rows().isEmpty()) {
      learn(draft, id, filters);
    } else if (!filters.rows().isEmpty() && device.isBridge()) {
      throw fields.malformed("filters", "what a bridge listens to stands in its entries");
    }
    TreeReader.read(draft, id, fields);
    if (fields.has("sessions")) {
      PSortedMap<WireGuardKey, WireGuardSession> sessions = WireGuardCodec.sessions(fields, "sessions");
      draft.learn(learned -> learned.withSessions(id, sessions));
    }
    if (fields.has("counters")) {
      Counters counters = Fields.object(fields.required("counters"), DeviceReader::counters);
      draft.learn(learned -> learned.withCounters(id, counters));
    }
    return id;
  }

  private static void learn(Draft draft, DeviceId id, ForwardingDatabase rows) {
    draft.learn(learned -> learned.withFdb(id, rows));
  }

  private DeviceKind kind(Fields fields) throws MalformedException {
    String word = fields.text("kind");
    Optional<DeviceId> peer = fields.optional("peer", directory::device);
    DeviceKind kind = switch (word) {
      case "loopback" -> new DeviceKind.Loopback();
      case "veth" -> {
        fields.required("peer");
        yield new DeviceKind.Veth(peer.orElseThrow());
      }
      case "nic" -> new DeviceKind.Nic(peer);
      case "bridge" -> Fields.object(fields.required("bridge"), this::bridge);
      case "dummy" -> new DeviceKind.Dummy();
      case "tun" -> Fields.object(fields.required("tun"), f -> KindCodec.tun(TunMode.TUN, f));
      case "tap" -> Fields.object(fields.required("tap"), f -> KindCodec.tun(TunMode.TAP, f));
      case "vlan" -> Fields.object(fields.required("vlan"), f -> KindCodec.vlan(directory, f));
      case "ipvlan" -> Fields.object(fields.required("ipvlan"), f -> KindCodec.ipvlan(directory, f));
      case "bond" -> Fields.object(fields.required("bond"), f -> KindCodec.bond(directory, ref.netns(), f));
      case "macvlan" -> Fields.object(fields.required("macvlan"), f -> KindCodec.macvlan(directory, f));
      case "vxlan" -> Fields.object(fields.required("vxlan"), f -> TunnelCodec.vxlan(directory, f));
      case "geneve" -> Fields.object(fields.required("geneve"), f -> TunnelCodec.geneve(directory, f));
      case "gre", "gretap", "ipip", "sit" -> Fields.object(fields.required(word),
          f -> TunnelCodec.ipTunnel(directory, Driver.valueOf(word.toUpperCase(Locale.ROOT)), f));
      case "openvswitch" -> Fields.object(fields.required("openvswitch"),
          f -> new DeviceKind.OvsInternal(f.text("port"), f.flag("own")));
      case "wireguard" -> Fields.object(fields.required("wireguard"), f -> WireGuardCodec.read(directory, f));
      default -> throw fields.malformed("kind", "\"" + word + "\" is not one of " + KindCodec.names());
    };
    boolean bridge = kind instanceof DeviceKind.Bridge;
    if (!bridge && fields.has("bridge") || peer.isPresent() && kind.peer().isEmpty()) {
      throw fields.malformed(bridge || !fields.has("bridge") ? "peer" : "bridge", "a " + word + " has no such thing");
    }
    return kind;
  }

  private DeviceKind bridge(Fields fields) throws MalformedException {
    BridgeSettings settings = BridgeSettings.DEFAULT
        .with(BridgeOption.STP_STATE, fields.flag("stp") ? 1 : 0)
        .with(BridgeOption.VLAN_FILTERING, fields.flag("vlanFiltering") ? 1 : 0)
        .with(BridgeOption.AGEING_TIME, number(fields, "ageing", BridgeOption.AGEING_TIME))
        .with(BridgeOption.FORWARD_DELAY, number(fields, "forwardDelay", BridgeOption.FORWARD_DELAY))
        .with(BridgeOption.HELLO_TIME, number(fields, "hello", BridgeOption.HELLO_TIME));
    for (BridgeOption option : List.of(BridgeOption.MAX_AGE, BridgeOption.PRIORITY, BridgeOption.GROUP_FWD_MASK,
        BridgeOption.MCAST_SNOOPING, BridgeOption.NO_LINKLOCAL_LEARN, BridgeOption.NF_CALL_IPTABLES,
        BridgeOption.NF_CALL_IP6TABLES, BridgeOption.VLAN_DEFAULT_PVID)) {
      settings = settings.with(option, number(fields, option.word(), option));
    }
    boolean touched = fields.flag("touched");
    entries(fields);
    return new DeviceKind.Bridge(settings.withVlans(VlanCodec.read(fields)), touched);
  }

  private static int number(Fields fields, String name, BridgeOption option) throws MalformedException {
    return fields.number(name, 0, Integer.MAX_VALUE, option.usual());
  }

  private ForwardingDatabase entries(Fields fields) throws MalformedException {
    SortedMap<FdbEntry.Key, FdbEntry> rows = new TreeMap<>();
    for (FdbEntry row : fields.list("entries", this::entry)) {
      if (rows.put(row.key(), row) != null) {
        throw fields.malformed("entries", "two rows are about " + row.mac());
      }
    }
    return new ForwardingDatabase(TreePMap.fromSortedMap(rows));
  }

  private FdbEntry entry(Fields fields) throws MalformedException {
    return new FdbEntry(new FdbEntry.Key(fields.parsed("mac", "a MAC address", MacAddress::parse),
        fields.number("vlan", 0, BridgeVlans.LAST, 0)),
        directory.device(ref.netns(), fields.required("device")),
        fields.word("kind", FdbEntry.Kind.class, FdbEntry.Kind.STATIC), fields.flag("sticky"),
        new VirtualTime(fields.longNumber("updated", 0, 0)));
  }

  private BridgePort port(Fields fields) throws MalformedException {
    DeviceId bridge = directory.device(ref.netns(), fields.required("bridge"));
    Set<PortFlag> flags = EnumSet.noneOf(PortFlag.class);
    for (PortFlag flag : PortFlag.values()) {
      if (fields.flag(flag.word(), flag.usual())) {
        flags.add(flag);
      }
    }
    BridgePort.Path path = new BridgePort.Path(
        fields.number("priority", 0, 63, BridgePort.Path.DEFAULT.priority()),
        fields.optional("cost", v -> (int) Fields.whole(v, 1, 65_535)));
    int number = fields.number("number", 1, 1023);
    return new BridgePort(bridge, number, fields.number("joined", 1, Integer.MAX_VALUE, number), path,
        new BridgePort.Flags(flags), VlanCodec.read(fields));
  }

  private AssignedAddress address(Fields fields) throws MalformedException {
    InterfaceAddress local = fields.parsed("address", "an address such as 10.0.0.1/24", InterfaceAddress::parse);
    return new AssignedAddress(local, fields.optionalParsed("peer", "an address", IpAddress::parse),
        fields.word("scope", Scope.class, Scope.GLOBAL), fields.flag("secondary"),
        fields.optional("label", Fields::text).orElse(ref.name()),
        fields.optionalParsed("broadcast", "an address", IpAddress::parse),
        new AssignedAddress.Traits(fields.flag("noprefixroute"), fields.number("metric", 0, Integer.MAX_VALUE, 0),
            Inet6Codec.lifetime(fields)));
  }

  private static LinkTraits traits(Fields fields) throws MalformedException {
    Set<LinkFlag> flags = EnumSet.noneOf(LinkFlag.class);
    for (LinkFlag flag : LinkFlag.values()) {
      if (fields.flag(flag.flagName())) {
        flags.add(flag);
      }
    }
    return new LinkTraits(fields.optional("alias", Fields::text),
        fields.optional("queueLength", v -> (int) Fields.whole(v, Integer.MIN_VALUE, Integer.MAX_VALUE)),
        fields.number("group", Integer.MIN_VALUE, Integer.MAX_VALUE, 0), flags);
  }

  private static Inet6 inet6(Fields fields) throws MalformedException {
    return fields.has("inet6") ? Fields.object(fields.required("inet6"), Inet6Codec::read) : Inet6.IDLE;
  }

  private static Counters counters(Fields fields) throws MalformedException {
    return new Counters(fields.longNumber("rxPackets", 0), fields.longNumber("rxBytes", 0),
        fields.longNumber("txPackets", 0), fields.longNumber("txBytes", 0), fields.longNumber("rxDropped", 0),
        fields.longNumber("txDropped", 0));
  }
}
