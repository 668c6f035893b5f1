package org.hopscope.model.shell;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.Lifetime;
import org.hopscope.model.net.LinkFlag;
import org.hopscope.model.net.LinkTraits;

/** Devices as {@code ip -j link} and {@code ip -j addr} write them, with iproute2's names for everything. */
final class LinkJson {

  private LinkJson() {
  }

  static String of(LabState lab, IpProgram.Options options, boolean addresses, List<Device> devices,
      boolean plain) {
    Json.Rows rows = new Json.Rows();
    for (Device device : devices) {
      LinkView view = plain ? LinkView.byNumber(lab, device) : LinkView.of(lab, device);
      rows.add(options.brief() ? brief(options, view, addresses) : plain ? plain(lab, view)
          : full(lab, options, view, addresses));
    }
    return rows.toString();
  }

  private static Json.Row start(LinkView view, boolean withIndex) {
    Device device = view.device();
    Json.Row row = new Json.Row().putIf(withIndex, "ifindex", device.place().ifindex());
    view.peer().filter(view::isNear).ifPresent(p -> row.put("link", p.name()));
    row.put("link_index", view.farIndex());
    return row.put("ifname", device.name());
  }

  /** What the kernel tells when all of IPv6 is asked for. */
  private static Json.Row plain(LabState lab, LinkView view) {
    Device device = view.device();
    Json.Rows list = new Json.Rows();
    device.inet6().addresses().forEach(a -> list.add(Inet6Text.json(a, lab.now())));
    return start(view, true).put("flags", view.allFlags()).put("mtu", view.mtu()).put("operstate", view.operstate())
        .put("txqlen", 1000)
        .put("addr_info", list);
  }

  private static Json.Row brief(IpProgram.Options options, LinkView view, boolean addresses) {
    Json.Row row = start(view, false).put("operstate", view.operstate());
    if (addresses) {
      Json.Rows list = new Json.Rows();
      if (options.shows(IpFamily.INET)) {
        view.device().addresses().forEach(a -> list.add(place(new Json.Row(), a)));
      }
      if (options.shows(IpFamily.INET6)) {
        view.device().inet6().addresses().forEach(a -> list.add(Inet6Text.place(new Json.Row(), a)));
      }
      return row.put("addr_info", list);
    }
    return row.put("address", view.address()).put("flags", view.allFlags());
  }

  private static Json.Row full(LabState lab, IpProgram.Options options, LinkView view, boolean addresses) {
    boolean linked = !addresses || options.family().isEmpty() || options.details();
    boolean addressed = linked && view.hasAddress();
    Json.Row row = start(view, true).put("flags", view.allFlags()).put("mtu", view.mtu()).put("qdisc", view.qdisc())
        .put("master", view.master().map(Device::name)).put("operstate", view.operstate())
        .putIf(!addresses, "linkmode", "DEFAULT").put("group", TraitWords.group(view.device().link().traits().group()))
        .put("txqlen", view.queueLength())
        .putIf(linked, "link_type", view.linkType()).putIf(addressed, "address", view.address())
        .putIf(addressed && view.isPointToPoint(), "link_pointtopoint", true)
        .putIf(addressed, "broadcast", view.broadcast()).put("link_netnsid", view.netnsid(lab));
    if (options.details()) {
      details(lab, view, addresses, row);
    }
    if (!addresses || options.details()) {
      row.put("ifalias", view.device().link().traits().alias());
    }
    if (addresses) {
      Json.Rows list = new Json.Rows();
      if (options.shows(IpFamily.INET)) {
        view.device().addresses().forEach(a -> list.add(address(lab, a)));
      }
      if (options.shows(IpFamily.INET6)) {
        view.device().inet6().addresses().forEach(a -> list.add(Inet6Text.json(a, lab.now())));
      }
      row.put("addr_info", list);
    }
    if (options.stats()) {
      row.put("stats64", stats(lab.learned().counters(view.device().id())));
    }
    return row;
  }

  private static void details(LabState lab, LinkView view, boolean addresses, Json.Row row) {
    int port = view.master().isPresent() ? 1 : 0;
    Driver.Mtu range = Links.mtuRange(lab, view.device());
    int queues = view.device().kind().queueing().count();
    LinkTraits traits = view.device().link().traits();
    row.put("promiscuity", port + (traits.has(LinkFlag.PROMISC) ? 1 : 0))
        .put("allmulti", port + (traits.has(LinkFlag.ALLMULTI) ? 1 : 0)).put("min_mtu", range.min())
        .put("max_mtu", range.max());
    Json.Row info = new Json.Row();
    view.kind().ifPresent(kind -> info.put("info_kind", kind));
    if (view.device().kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean _)) {
      info.put("info_data", BridgeDetails.ofBridge(lab, view.device(), settings).into(new Json.Row()));
    }
    List<TypeWords.Detail> own = view.details(lab).stream().filter(d -> !d.key().isEmpty()).toList();
    if (!own.isEmpty()) {
      Json.Row data = new Json.Row();
      own.forEach(d -> data.put(d.key(), d.value()));
      info.put("info_data", data);
    }
    List<TypeWords.Detail> member = BondWords.slave(lab, view.device());
    if (!member.isEmpty()) {
      Json.Row data = new Json.Row();
      member.forEach(d -> data.put(d.key(), d.value()));
      info.put("info_slave_kind", "bond").put("info_slave_data", data);
    }
    view.device().port().ifPresent(_ -> info.put("info_slave_kind", "bridge").put("info_slave_data",
        BridgeDetails.ofPort(lab, PortView.of(lab, view.device())).into(new Json.Row())));
    row.putIf(view.kind().isPresent() || port == 1, "linkinfo", info);
    row.putIf(!addresses, "inet6_addr_gen_mode", LinkText.genMode(lab, view.device())).put("num_tx_queues", queues)
        .put("num_rx_queues", queues)
        .put("gso_max_size", 65536).put("gso_max_segs", 65535).put("tso_max_size", view.tsoMaxSize(lab))
        .put("tso_max_segs", 65535)
        .put("gro_max_size", 65536);
  }

  private static Json.Row place(Json.Row row, AssignedAddress a) {
    row.put("local", a.address().toString());
    a.toldPeer().ifPresent(p -> row.put("address", p.toString()));
    return row.put("prefixlen", a.local().length()).putIf(a.traits().metric() > 0, "metric", a.traits().metric());
  }

  private static Json.Row address(LabState lab, AssignedAddress a) {
    Lifetime lifetime = a.traits().lifetime();
    Json.Row row = place(new Json.Row().put("family", "inet"), a)
        .put("broadcast", a.broadcast().map(Object::toString))
        .put("scope", a.scope().word()).putIf(a.secondary(), "secondary", true)
        .putIf(lifetime.isDeprecatedAt(lab.now()), "deprecated", true)
        .putIf(lifetime.valid().isPresent(), "dynamic", true)
        .putIf(a.noprefixroute(), "noprefixroute", true).put("label", a.label());
    return Inet6Text.times(row, Inet6Text.shown(lifetime), lab.now());
  }

  private static Map<String, Map<String, Long>> stats(Counters c) {
    return new TreeMap<>(Map.of("rx", new TreeMap<>(Map.of("bytes", c.rxBytes(), "packets",
        c.rxPackets(), "dropped", c.rxDropped())), "tx", new TreeMap<>(
            Map.of("bytes", c.txBytes(),
                "packets", c.txPackets(), "dropped", c.txDropped()))));
  }
}
