package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.GeneveSettings;
import org.hopscope.model.net.IpTunnelFlag;
import org.hopscope.model.net.IpTunnelSettings;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Outer;
import org.hopscope.model.net.Remote;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.net.VxlanFlag;
import org.hopscope.model.net.VxlanSettings;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/** Writes and reads tunnels, and the far ends that a vxlan knows. */
final class TunnelCodec {
  private static final int LAST_PORT = 65535;
  private static final long MAX_KEY = 0xffff_ffffL;

  private TunnelCodec() {
  }

  static void write(LabState lab, JsonObject object, DeviceKind.Tunnel tunnel) {
    object.addProperty("home", Words.of(tunnel.home()));
    Outer outer = tunnel.outer();
    outer.local().ifPresent(a -> object.addProperty("local", a.toString()));
    outer.remote().ifPresent(a -> object.addProperty("remote", a.toString()));
    outer.device().ifPresent(d -> object.addProperty("device", Words.of(lab.device(d).ref())));
    object.addProperty("ttl", switch (outer.ttl()) {
      case Outer.Ttl.Auto _ -> "auto";
      case Outer.Ttl.Inherit _ -> "inherit";
      case Outer.Ttl.Fixed(int hops) -> Integer.toString(hops);
    });
    object.addProperty("inheritTos", outer.inheritTos());
    switch (tunnel) {
      case DeviceKind.Vxlan vxlan -> vxlan(object, vxlan.settings());
      case DeviceKind.Geneve(var _, var _, GeneveSettings own) -> {
        object.addProperty("id", own.id());
        object.addProperty("port", own.port());
        object.addProperty("udpcsum", own.checksum());
        object.addProperty("df", Words.of(own.df()));
      }
      case DeviceKind.IpTunnel(var _, var _, var _, IpTunnelSettings own) -> {
        own.inKey().ifPresent(k -> object.addProperty("inKey", Integer.toUnsignedLong(k)));
        own.outKey().ifPresent(k -> object.addProperty("outKey", Integer.toUnsignedLong(k)));
        for (IpTunnelFlag flag : IpTunnelFlag.values()) {
          object.addProperty(flag.word(), own.has(flag));
        }
      }
    }
  }

  private static void vxlan(JsonObject object, VxlanSettings own) {
    object.addProperty("id", own.id());
    object.addProperty("port", own.port());
    JsonArray sources = new JsonArray();
    sources.add(own.sources().low());
    sources.add(own.sources().high());
    object.add("sources", sources);
    for (VxlanFlag flag : VxlanFlag.values()) {
      object.addProperty(flag.word(), own.has(flag));
    }
    object.addProperty("ageing", own.learning().ageing());
    object.addProperty("limit", own.learning().limit());
    object.addProperty("df", Words.of(own.df()));
  }

  private static NetnsId home(Directory directory, Fields fields) throws MalformedException {
    return directory.netns(fields.required("home"));
  }

  private static Outer outer(Directory directory, Fields fields) throws MalformedException {
    return new Outer(fields.optionalParsed("local", "an address", IpAddress::parse),
        fields.optionalParsed("remote", "an address", IpAddress::parse), fields.optional("device", directory::device),
        fields.optionalParsed("ttl", "auto, inherit or a number from 1 to 255", TunnelCodec::ttl)
            .orElse(Outer.Ttl.AUTO),
        fields.flag("inheritTos"));
  }

  private static Optional<Outer.Ttl> ttl(String text) {
    return switch (text) {
      case "auto" -> Optional.of(Outer.Ttl.AUTO);
      case "inherit" -> Optional.of(Outer.Ttl.INHERIT);
      default -> text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= 255
          ? Optional.of(new Outer.Ttl.Fixed(Integer.parseInt(text)))
          : Optional.empty();
    };
  }

  static DeviceKind vxlan(Directory directory, Fields fields) throws MalformedException {
    List<Integer> sources = new ArrayList<>();
    for (Json item : fields.items("sources")) {
      sources.add((int) Fields.whole(item, 0, LAST_PORT));
    }
    if (!sources.isEmpty() && sources.size() != 2) {
      throw fields.malformed("sources", "a range has two ends");
    }
    PSortedSet<VxlanFlag> flags = TreePSet.empty();
    for (VxlanFlag flag : VxlanFlag.values()) {
      flags = fields.flag(flag.word(), flag.isUsual()) ? flags.plus(flag) : flags;
    }
    VxlanSettings.Learning learning = new VxlanSettings.Learning(
        fields.number("ageing", 1, Integer.MAX_VALUE, VxlanSettings.Learning.USUAL.ageing()),
        fields.number("limit", 0, Integer.MAX_VALUE, 0));
    VxlanSettings own = new VxlanSettings(fields.number("id", 0, VxlanSettings.END_OF_IDS - 1),
        fields.number("port", 1, LAST_PORT), sources.isEmpty() ? VxlanSettings.SourcePorts.ANY
            : new VxlanSettings.SourcePorts(sources.getFirst(), sources.getLast()),
        flags, learning, fields.word("df", VxlanSettings.Df.class, VxlanSettings.Df.UNSET));
    return new DeviceKind.Vxlan(home(directory, fields), outer(directory, fields), own);
  }

  static DeviceKind geneve(Directory directory, Fields fields) throws MalformedException {
    Outer outer = outer(directory, fields);
    if (outer.remote().isEmpty()) {
      throw fields.malformed("remote", "a geneve has a far end");
    }
    return new DeviceKind.Geneve(home(directory, fields), outer,
        new GeneveSettings(fields.number("id", 0, VxlanSettings.END_OF_IDS - 1), fields.number("port", 1, LAST_PORT),
            fields.flag("udpcsum"), fields.word("df", VxlanSettings.Df.class, VxlanSettings.Df.UNSET)));
  }

  static DeviceKind ipTunnel(Directory directory, Driver driver, Fields fields) throws MalformedException {
    PSortedSet<IpTunnelFlag> flags = TreePSet.empty();
    for (IpTunnelFlag flag : IpTunnelFlag.values()) {
      flags = fields.flag(flag.word(), flag.isUsual()) ? flags.plus(flag) : flags;
    }
    Outer outer = outer(directory, fields);
    boolean six = outer.remote().or(outer::local).filter(a -> a.family() == IpFamily.INET6).isPresent();
    if (six || outer.local().isPresent() && outer.local().get().family() == IpFamily.INET6) {
      throw fields.malformed("remote", "the ends of such a tunnel are IPv4 addresses");
    }
    return new DeviceKind.IpTunnel(home(directory, fields), outer, driver,
        new IpTunnelSettings(key(fields, "inKey"), key(fields, "outKey"), flags));
  }

  private static Optional<Integer> key(Fields fields, String name) throws MalformedException {
    if (!fields.has(name)) {
      return Optional.empty();
    }
    long key = fields.longNumber(name, 0);
    if (key > MAX_KEY) {
      throw fields.malformed(name, key + " is more than 32 bits hold");
    }
    return Optional.of((int) key);
  }

  /** The rows of a vxlan's forwarding database. */
  static JsonArray entries(LabState lab, Device vxlan, boolean canonical) {
    JsonArray rows = new JsonArray();
    for (FdbEntry row : lab.learned().fdb(vxlan.id()).rows().values()) {
      if (!canonical || row.kind() != FdbEntry.Kind.LEARNED) {
        JsonObject object = new JsonObject();
        object.addProperty("mac", row.mac().toString());
        object.addProperty("kind", Words.of(row.kind()));
        if (!canonical) {
          object.addProperty("updated", row.updated().nanos());
        }
        JsonArray to = new JsonArray();
        row.remotes().forEach(r -> to.add(remote(lab, r)));
        object.add("to", to);
        rows.add(object);
      }
    }
    return rows;
  }

  private static JsonObject remote(LabState lab, Remote remote) {
    JsonObject object = new JsonObject();
    object.addProperty("address", remote.address().toString());
    remote.port().ifPresent(p -> object.addProperty("port", p));
    remote.vni().ifPresent(v -> object.addProperty("vni", v));
    remote.via().ifPresent(d -> object.addProperty("via", Words.of(lab.device(d).ref())));
    return object;
  }

  static ForwardingDatabase entries(Directory directory, DeviceId vxlan, Fields fields) throws MalformedException {
    ForwardingDatabase table = ForwardingDatabase.EMPTY;
    for (FdbEntry row : fields.list("farEnds", f -> entry(directory, vxlan, f))) {
      if (table.mentions(row.key())) {
        throw fields.malformed("farEnds", "two rows are about " + row.mac());
      }
      table = table.with(row);
    }
    return table;
  }

  private static FdbEntry entry(Directory directory, DeviceId vxlan, Fields fields) throws MalformedException {
    fields.required("to");
    List<Remote> to = fields.list("to", f -> new Remote(f.parsed("address", "an address", IpAddress::parse),
        f.has("port") ? Optional.of(f.number("port", 0, LAST_PORT)) : Optional.empty(),
        f.has("vni") ? Optional.of(f.number("vni", 0, VxlanSettings.END_OF_IDS - 1)) : Optional.empty(),
        f.optional("via", directory::device)));
    if (to.isEmpty()) {
      throw fields.malformed("to", "a row leads to at least one end");
    }
    FdbEntry.Kind kind = fields.word("kind", FdbEntry.Kind.class, FdbEntry.Kind.LOCAL);
    if (kind == FdbEntry.Kind.REMOVED) {
      throw fields.malformed("kind", "a vxlan has no such rows");
    }
    return new FdbEntry(FdbEntry.Key.of(fields.parsed("mac", "a MAC address", MacAddress::parse)), vxlan, kind, false,
        new VirtualTime(fields.longNumber("updated", 0, 0)), to);
  }
}
