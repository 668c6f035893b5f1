package org.hopscope.app.cli.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Trees;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.shell.Answer;
import org.hopscope.model.shell.Inet6Text;
import org.hopscope.model.shell.LinkView;
import org.hopscope.model.shell.Places;
import org.hopscope.model.shell.PortView;

/** Facts of devices. */
final class LinkFacts {
  private static final List<String> FLAGS =
      List.of("UP", "LOWER_UP", "NO-CARRIER", "LOOPBACK", "POINTOPOINT", "NOARP", "M-DOWN", "PROMISC");

  private final Owners owners;
  private final LabState lab;

  LinkFacts(Owners owners, LabState lab) {
    this.owners = owners;
    this.lab = lab;
  }

  /** Where the kernel left out what kind of devices they are, only loopback can be told from the others. */
  List<Object> of(Answer.Links links) {
    List<Object> out = new ArrayList<>();
    for (DeviceId id : links.devices()) {
      LinkView view = LinkView.of(lab, lab.device(id));
      Map<String, Object> one = one(view, links.withAddresses(), links.details() && !links.plain(), links.family());
      if (links.plain()) {
        one.remove("master");
        one.put("kind", view.linkType());
        one.put("flags", flags(LinkView.byNumber(lab, view.device())));
      }
      out.add(one);
    }
    return out;
  }

  List<Object> of(List<DeviceId> devices, boolean withAddresses, boolean details) {
    return devices.stream()
        .<Object>map(id -> one(LinkView.of(lab, lab.device(id)), withAddresses, details, Optional.empty())).toList();
  }

  /** Whether a device is switched on and has carrier. */
  static boolean isRunning(LabState lab, Device device) {
    return LinkView.of(lab, device).flags().containsAll(List.of("UP", "LOWER_UP"));
  }

  private static List<String> flags(LinkView view) {
    return FLAGS.stream().filter(view.allFlags()::contains).toList();
  }

  private Map<String, Object> one(LinkView view, boolean withAddresses, boolean details,
      Optional<IpFamily> family) {
    Device device = view.device();
    Map<String, Object> one = new TreeMap<>();
    one.put("name", device.name());
    one.put("flags", flags(view));
    one.put("operstate", view.operstate().equals("LOWERLAYERDOWN") ? "DOWN" : view.operstate());
    one.put("mtu", view.mtu());
    one.put("kind", view.kind().orElse(view.linkType()));
    view.master().ifPresent(m -> one.put("master", m.name()));
    view.peer().ifPresent(p -> one.put("peer", Places.name(lab, p)));
    Facts.putIf(one, view.isFarFromHome(), "peer", "?");
    if (withAddresses) {
      Stream<Map<String, Object>> inet = device.addresses().stream().map(this::address);
      Stream<Map<String, Object>> inet6 = device.inet6().addresses().stream().map(this::address);
      one.put("addrs", Stream.concat(family.filter(f -> f == IpFamily.INET6).isPresent() ? Stream.of() : inet,
          family.filter(f -> f == IpFamily.INET).isPresent() ? Stream.of() : inet6).toList());
    }
    if (details && device.kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean _)) {
      one.put("bridge", new TreeMap<>(Map.of("stp_state", settings.stp() ? 1 : 0, "ageing_time",
          Trees.ageingCentis(lab, device), "forward_delay", settings.forwardDelayCentis(), "vlan_filtering",
          settings.vlanFiltering() ? 1 : 0)));
    }
    if (details && device.kind() instanceof DeviceKind.Macvlan(var _, var mode)) {
      one.put("macvlan", Map.of("mode", mode.word()));
    }
    if (details && device.kind() instanceof DeviceKind.Vxlan) {
      one.put("vxlan", view.facts(lab, List.of("id", "remote", "local", "group", "link", "port", "learning", "ttl")));
    }
    if (details && device.kind() instanceof DeviceKind.Tun tun) {
      one.put("tun", Map.of("type", tun.mode().word()));
    }
    if (details) {
      device.port().ifPresent(p -> one.put("port", port(p, PortView.of(lab, device).state())));
    }
    return one;
  }

  private Map<String, Object> address(Inet6Address address) {
    Map<String, Object> one = new TreeMap<>(Map.of("family", "inet6", "scope", address.scope().word(), "addr",
        owners.text(address.address()) + "/" + address.local().length()));
    address.peer().ifPresent(p -> {
      one.put("addr", owners.text(address.address()));
      one.put("peer", p + "/" + address.local().length());
    });
    List<String> flags = Inet6Text.flags(address, lab.now()).stream()
        .filter(List.of("noprefixroute", "tentative", "dadfailed", "deprecated")::contains).toList();
    Facts.putIf(one, !flags.isEmpty(), "flags", flags);
    return one;
  }

  private Map<String, Object> address(AssignedAddress address) {
    Map<String, Object> one = new TreeMap<>(Map.of("family", "inet", "scope", address.scope().word(), "addr",
        address.local().toString()));
    address.toldPeer().ifPresent(p -> {
      one.put("addr", address.address().toString());
      one.put("peer", p + "/" + address.local().length());
    });
    List<String> flags = new ArrayList<>();
    if (address.secondary()) {
      flags.add("secondary");
    }
    if (address.traits().lifetime().isDeprecatedAt(lab.now())) {
      flags.add("deprecated");
    }
    if (address.noprefixroute()) {
      flags.add("noprefixroute");
    }
    Facts.putIf(one, !flags.isEmpty(), "flags", flags);
    return one;
  }

  private static Map<String, Object> port(BridgePort port, String state) {
    Map<String, Object> one = new TreeMap<>(Map.of("state", state));
    for (PortFlag flag : PortFlag.values()) {
      Facts.putIf(one, flag != PortFlag.ROOT_BLOCK, flag.word(), port.has(flag));
    }
    return one;
  }
}
