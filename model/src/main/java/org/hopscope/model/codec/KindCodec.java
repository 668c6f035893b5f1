package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.BondMode;
import org.hopscope.model.net.BondSettings;
import org.hopscope.model.net.BondSlave;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.net.MacvlanMode;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.TunFlag;
import org.hopscope.model.net.TunMode;
import org.hopscope.model.net.TunProgram;
import org.hopscope.model.net.TunSettings;
import org.hopscope.model.net.UdpRelay;
import org.hopscope.model.packet.Header;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** Writes and reads what only one kind of device has: an object that is named after the kind. */
final class KindCodec {
  private static final String ENDPOINT = "an address with a port such as 10.0.0.1:8285";

  private KindCodec() {
  }

  /** What is to be written of a kind besides its word and its peer; empty when that is all. */
  static Optional<JsonObject> write(LabState lab, DeviceKind kind) {
    JsonObject object = new JsonObject();
    kind.lower().ifPresent(l -> object.addProperty("link", Words.of(lab.device(l).ref())));
    switch (kind) {
      case DeviceKind.Tun(TunSettings settings, Optional<TunProgram> program, boolean announced) -> {
        settings.owner().ifPresent(u -> object.addProperty("user", u));
        settings.group().ifPresent(g -> object.addProperty("group", g));
        settings.flags().forEach(f -> object.addProperty(f.word(), true));
        program.ifPresent(p -> object.addProperty("program", Words.of(new DeviceRef(p.netns(), p.name()))));
        program.flatMap(TunProgram::relay).ifPresent(relay -> object.add("relay", relay(relay)));
        object.addProperty("announced", announced);
      }
      case DeviceKind.Ipvlan(DeviceId _, IpvlanMode mode, IpvlanFlag flag) -> {
        object.addProperty("mode", Words.of(mode));
        object.addProperty("flag", Words.of(flag));
      }
      case DeviceKind.Bond(BondSettings settings, PVector<BondSlave> members) -> bond(lab, object, settings, members);
      case DeviceKind.Vlan(DeviceId _, int id, int protocol) -> {
        object.addProperty("id", id);
        object.addProperty("protocol", protocol);
      }
      case DeviceKind.Tunnel tunnel -> TunnelCodec.write(lab, object, tunnel);
      case DeviceKind.WireGuard wg -> WireGuardCodec.write(object, wg);
      case DeviceKind.OvsInternal(String port, boolean own) -> {
        object.addProperty("port", port);
        object.addProperty("own", own);
      }
      case DeviceKind.Macvlan(DeviceId _, MacvlanMode mode) -> object.addProperty("mode", Words.of(mode));
      case DeviceKind.Loopback _,DeviceKind.Veth _,DeviceKind.Nic _,DeviceKind.Bridge _,DeviceKind.Dummy _ -> {
        return Optional.empty();
      }
    }
    return Optional.of(object);
  }

  private static void bond(LabState lab, JsonObject object, BondSettings settings, PVector<BondSlave> members) {
    object.addProperty("mode", Words.of(settings.mode()));
    object.addProperty("miimon", settings.miimon());
    settings.primary().ifPresent(p -> object.addProperty("primary", lab.device(p).name()));
    settings.active().ifPresent(a -> object.addProperty("active", lab.device(a).name()));
    JsonArray slaves = new JsonArray();
    for (BondSlave member : members) {
      JsonObject slave = new JsonObject();
      slave.addProperty("device", lab.device(member.device()).name());
      slave.addProperty("mac", member.mac().toString());
      slave.addProperty("macChosen", member.macByHand());
      slave.addProperty("mtu", member.mtu());
      slaves.add(slave);
    }
    object.add("slaves", slaves);
  }

  static DeviceKind bond(Directory directory, NetnsId netns, Fields fields) throws MalformedException {
    List<BondSlave> slaves = fields.list("slaves", f -> new BondSlave(directory.device(netns, f.required("device")),
        f.parsed("mac", "a MAC address", MacAddress::parse), f.flag("macChosen"),
        f.number("mtu", 0, Integer.MAX_VALUE)));
    BondSettings settings = new BondSettings(fields.word("mode", BondMode.class, BondMode.BALANCE_RR),
        fields.number("miimon", 0, Integer.MAX_VALUE, 0), fields.optional("primary", v -> directory.device(netns, v)),
        fields.optional("active", v -> directory.device(netns, v)));
    return new DeviceKind.Bond(settings, TreePVector.from(slaves));
  }

  static DeviceKind ipvlan(Directory directory, Fields fields) throws MalformedException {
    return new DeviceKind.Ipvlan(directory.device(fields.required("link")),
        fields.word("mode", IpvlanMode.class, IpvlanMode.L3), fields.word("flag", IpvlanFlag.class, IpvlanFlag.BRIDGE));
  }

  static DeviceKind tun(TunMode mode, Fields fields) throws MalformedException {
    Optional<UdpRelay> relay = fields.optional("relay", json -> Fields.object(json, KindCodec::relay));
    Set<TunFlag> flags = EnumSet.noneOf(TunFlag.class);
    for (TunFlag flag : TunFlag.values()) {
      if (fields.flag(flag.word())) {
        flags.add(flag);
      }
    }
    return new DeviceKind.Tun(new TunSettings(mode, flags, account(fields, "user"), account(fields, "group")),
        fields.optionalParsed("program", "a device such as host/web:tap0", Words::device)
            .map(ref -> new TunProgram(ref.netns(), ref.name(), relay)),
        fields.flag("announced"));
  }

  private static JsonObject relay(UdpRelay relay) {
    JsonObject object = new JsonObject();
    object.addProperty("local", relay.local().toString());
    JsonArray rows = new JsonArray();
    for (UdpRelay.Row row : relay.rows()) {
      JsonObject json = new JsonObject();
      json.addProperty("to", row.to().toString());
      json.addProperty("hop", row.hop().toString());
      rows.add(json);
    }
    object.add("rows", rows);
    return object;
  }

  private static UdpRelay relay(Fields fields) throws MalformedException {
    return new UdpRelay(fields.parsed("local", ENDPOINT, Endpoint::parse),
        TreePVector.from(fields.list("rows", f -> new UdpRelay.Row(
            f.parsed("to", "a network such as 10.0.0.0/24", IpPrefix::parse),
            f.parsed("hop", ENDPOINT, Endpoint::parse)))));
  }

  private static Optional<Integer> account(Fields fields, String name) throws MalformedException {
    return fields.has(name) ? Optional.of(fields.number(name, 0, Integer.MAX_VALUE)) : Optional.empty();
  }

  static DeviceKind vlan(Directory directory, Fields fields) throws MalformedException {
    int protocol = fields.number("protocol", 0, 0xffff, Header.Vlan.CUSTOMER);
    if (protocol != Header.Vlan.CUSTOMER && protocol != Header.Vlan.SERVICE) {
      throw fields.malformed("protocol", protocol + " is not one of " + Header.Vlan.CUSTOMER + " and "
          + Header.Vlan.SERVICE);
    }
    return new DeviceKind.Vlan(directory.device(fields.required("link")), fields.number("id", 0, 4094), protocol);
  }

  /** Reads a kind that stands in an object of its own name in {@code fields}. */
  static DeviceKind macvlan(Directory directory, Fields fields) throws MalformedException {
    return new DeviceKind.Macvlan(directory.device(fields.required("link")),
        fields.word("mode", MacvlanMode.class, MacvlanMode.VEPA));
  }

  /** All kinds by the names that files have for them. */
  static String names() {
    return Words.all(Driver.class);
  }

  /** The name of the object that holds a kind's own fields. */
  static String name(DeviceKind kind) {
    return kind.driver().name().toLowerCase(Locale.ROOT);
  }
}
