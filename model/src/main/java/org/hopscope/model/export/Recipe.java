package org.hopscope.model.export;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.Inet6;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.net.LinkTraits;
import org.hopscope.model.net.MacvlanMode;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.Remote;
import org.hopscope.model.net.TunProgram;
import org.hopscope.model.net.UdpRelay;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.ovs.SwitchText;
import org.hopscope.model.packet.Header;
import org.hopscope.model.shell.Commands;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.pcollections.TreePVector;

/**
 * The commands that make a lab from nothing on one machine. Each is tried on a model of its own as it is found, so that what
 * the kernel adds by itself is not said twice, and what stays different is known. Hosts but the first become namespaces, and
 * a card becomes the end of a veth pair.
 */
final class Recipe {
  /** Where the far ends of cards without a cable are. */
  private static final String NOWHERE = "nowhere";

  private final LabState wanted;
  private final Typist typist;
  private final AddressRecipe addresses;
  private final RouteRecipe routes;

  private Recipe(LabState wanted) {
    this.wanted = wanted;
    typist = new Typist(wanted);
    addresses = new AddressRecipe(wanted, typist);
    routes = new RouteRecipe(wanted, typist);
  }

  /**
   * A finished recipe.
   *
   * @param lines the commands in order, as typed at the machine's root prompt
   * @param made the lab that they make
   * @param left what they do not make, in words; nothing when the lab is made wholly
   */
  record Done(List<String> lines, LabState made, List<String> left) {
  }

  static Done of(LabState wanted) {
    Recipe recipe = new Recipe(wanted);
    recipe.namespaces();
    recipe.devices();
    recipe.switches();
    recipe.ports();
    recipe.members();
    wanted.devices().values()
        .forEach(d -> VlanText.commands(d, recipe.typist.twin(d).vlans()).forEach(line -> recipe.typist.run(d, line)));
    wanted.devices().values().forEach(recipe::settings);
    wanted.devices().values().stream().filter(Device::isUp)
        .forEach(d -> recipe.typist.run(d, "ip link set dev " + d.name() + " up"));
    wanted.devices().values().forEach(recipe.addresses::addresses);
    wanted.devices().values().forEach(recipe.addresses::addresses6);
    wanted.netns().values().forEach(recipe.routes::routes);
    wanted.netns().values().forEach(recipe.routes::rules);
    wanted.netns().values()
        .forEach(netns -> FilterRecipe.of(wanted, netns).forEach(line -> recipe.typist.run(netns.id(), line)));
    recipe.learned();
    recipe.compare();
    recipe.hardware();
    return new Done(List.copyOf(recipe.typist.lines()), recipe.typist.made(), List.copyOf(recipe.typist.left()));
  }

  /** The namespace that stands for one of the lab's on the one machine. */
  static NetnsId place(LabState wanted, NetnsId id) {
    String first = wanted.firstHost().name();
    if (id.host().equals(first)) {
      return new NetnsId(LabState.FIRST_HOST, id.isRoot() ? NetnsId.root(LabState.FIRST_HOST).name() : id.name());
    }
    return new NetnsId(LabState.FIRST_HOST, id.isRoot() ? id.host() : id.host() + "." + id.name());
  }

  private void namespaces() {
    boolean up = typist.made().devicesOf(typist.made().firstHost().root()).getFirst().isUp();
    typist.lines().add("ip link set dev lo " + (up ? "up" : "down"));
    for (Host host : wanted.hosts().values().stream().sorted(Comparator.comparingInt(Host::order)).toList()) {
      for (Netns netns : wanted.netnsOf(host.name())) {
        if (!typist.place(netns.id()).isRoot()) {
          typist.run("ip netns add " + typist.place(netns.id()).name());
        }
      }
    }
    if (wanted.devices().values().stream().anyMatch(d -> d.kind().equals(new DeviceKind.Nic(Optional.empty())))) {
      typist.run("ip netns add " + NOWHERE);
    }
    for (Netns netns : wanted.netns().values()) {
      Map<String, String> first = new TreeMap<>(Comparator.comparing((String key) -> !key.endsWith("ip_forward"))
          .thenComparing(Comparator.naturalOrder()));
      first.putAll(netns.sysctls());
      first.forEach((key, value) -> typist.run(netns.id(), "sysctl -qw '" + key + "=" + value + "'"));
    }
  }

  /** The one machine has one Open vSwitch, which stands for that of the first host. */
  private void switches() {
    for (Host host : wanted.hosts().values()) {
      if (host.name().equals(wanted.firstHost().name())) {
        SwitchText.making(host.ovs()).forEach(words -> typist.run(Commands.line(words)));
      } else if (!host.ovs().bridges().isEmpty()) {
        typist.left().add("Open vSwitch of " + host.name() + ": the machine has one for all");
      }
    }
    for (Device device : wanted.devices().values()) {
      if (device.kind() instanceof DeviceKind.OvsInternal(String port, boolean _) && !device.netns().isRoot()) {
        typist.run("ip link set dev " + port + " netns " + typist.place(device.netns()).name());
      }
    }
  }

  private void devices() {
    wanted.devices().values().stream().sorted(Comparator.comparing(Device::id)).forEach(this::device);
  }

  private static String chosen(Device device) {
    return (device.link().macByHand() ? " address " + device.link().mac() : "")
        + (device.link().mtuByHand() || device.link().mtu() == device.kind().driver().mtu().usual() ? ""
            : " mtu " + device.link().mtu());
  }

  private void device(Device device) {
    String name = "ip link add name " + device.name() + chosen(device);
    switch (device.kind()) {
      case DeviceKind.Loopback _,DeviceKind.OvsInternal _ -> {
      }
      case DeviceKind.Veth(DeviceId far) -> pair(device, wanted.device(far));
      case DeviceKind.Nic(Optional<DeviceId> cable) -> {
        if (cable.isPresent()) {
          pair(device, wanted.device(cable.get()));
        } else {
          typist.run(device, name + " type veth peer name far" + device.id().number() + " netns " + NOWHERE);
        }
      }
      case DeviceKind.Bridge(BridgeSettings settings, boolean _) ->
          typist.run(device, name + " type bridge" + bridge(settings));
      case DeviceKind.Dummy _ -> typist.run(device, name + " type dummy");
      case DeviceKind.Macvlan(DeviceId below, MacvlanMode mode) -> stacked(device, wanted.device(below),
          "macvlan mode " + mode.name().toLowerCase(Locale.ROOT));
      case DeviceKind.Vlan(DeviceId below, int id, int protocol) -> stacked(device, wanted.device(below),
          "vlan" + (protocol == Header.Vlan.SERVICE ? " protocol 802.1ad" : "") + " id " + id);
      case DeviceKind.Ipvlan(DeviceId below, IpvlanMode mode, IpvlanFlag flag) -> stacked(device, wanted.device(below),
          "ipvlan mode " + mode.name().toLowerCase(Locale.ROOT) + " " + flag.name().toLowerCase(Locale.ROOT));
      case DeviceKind.Tunnel tunnel -> tunnel(device, tunnel);
      case DeviceKind.WireGuard wg -> wireguard(device, wg, name);
      case DeviceKind.Bond bond -> typist.run(device, name + " type " + KindRecipe.bond(bond));
      case DeviceKind.Tun tun -> typist.run(device, "ip tuntap add dev " + device.name() + tun.settings().words());
    }
  }

  /** It is made where its socket is to be, and then moved. */
  private void wireguard(Device device, DeviceKind.WireGuard wg, String name) {
    if (wg.home().isEmpty()) {
      typist.left().add(device.name() + ": the namespace that it was made in is gone");
      return;
    }
    typist.run(wg.home().get(), name + " type wireguard");
    DeviceRef made = new DeviceRef(typist.place(wg.home().get()), device.name());
    KindRecipe.wireguard(this.typist.made(), made, wg.settings()).forEach(typist::run);
    if (!device.netns().equals(wg.home().get())) {
      NetnsId there = typist.place(device.netns());
      typist.run(wg.home().get(),
          "ip link set dev " + device.name() + " netns " + (there.isRoot() ? "1" : there.name()));
    }
  }

  /** Slaves join their bonds, and programs open the tun and tap devices that they hold. */
  private void members() {
    for (Device device : wanted.devices().values()) {
      switch (device.kind()) {
        case DeviceKind.Bond bond -> KindRecipe
            .join(wanted, typist.made(), device, bond, typist.place(device.netns()))
            .forEach(line -> typist.run(device, line));
        case DeviceKind.Tun tun when tun.program().isPresent() -> hold(device, tun);
        case DeviceKind.Bridge(BridgeSettings _, boolean touched) when touched
            && wanted.portsOf(device.id()).isEmpty() && !device.link().macByHand() -> KindRecipe.formerPort(device)
                .forEach(line -> typist.run(device, line));
        case DeviceKind.Bridge _,DeviceKind.Tun _,DeviceKind.Loopback _,DeviceKind.Veth _,DeviceKind.Nic _,DeviceKind.Dummy _,DeviceKind.Vlan _,DeviceKind.Ipvlan _,DeviceKind.Macvlan _,DeviceKind.WireGuard _,DeviceKind.OvsInternal _,DeviceKind.Tunnel _ ->
            {
            }
      }
    }
  }

  /** A program that opens a device is one of the script's own. */
  private void hold(Device device, DeviceKind.Tun tun) {
    NetnsId there = typist.place(device.netns());
    String in = there.isRoot() ? "@host" : there.name();
    Optional<UdpRelay> relay = tun.program().flatMap(TunProgram::relay);
    Reply reply = Shell.run(typist.session(), typist.made().firstHost().root(), "attach " + in + " " + device.name()
        + relay.map(r -> " relay " + r.local()).orElse(""));
    if (reply.exit() == 0) {
      typist.lines()
          .add("hold " + in + " " + device.name() + " " + tun.mode().word() + relay.map(Recipe::table).orElse(""));
      relay.stream().flatMap(r -> r.rows().stream()).forEach(row -> typist.session().apply(new Edit.SetRelay(
          new DeviceRef(there, device.name()), row.to(), Optional.of(row.hop()))));
    } else {
      typist.left().add("attach " + in + " " + device.name() + ": " + String.join("; ", reply.err()));
    }
  }

  private static String table(UdpRelay relay) {
    return " " + relay.local() + relay.rows().stream().map(r -> " " + r.to() + "=" + r.hop())
        .collect(Collectors.joining());
  }

  /** The kernel makes the peer first, so that it has the lower number. */
  private void pair(Device first, Device second) {
    if (first.id().compareTo(second.id()) < 0) {
      NetnsId there = typist.place(first.netns());
      typist.run(second, "ip link add name " + second.name() + chosen(second) + " type veth peer name " + first.name()
          + chosen(first) + " netns " + (there.isRoot() ? "1" : there.name()));
    }
  }

  private static String bridge(BridgeSettings settings) {
    BridgeSettings usual = BridgeSettings.DEFAULT;
    return (settings.stp() ? " stp_state 1" : "")
        + (settings.ageingCentis() == usual.ageingCentis() ? "" : " ageing_time " + settings.ageingCentis())
        + (settings.forwardDelayCentis() == usual.forwardDelayCentis() ? "" : " forward_delay "
            + settings.forwardDelayCentis())
        + (settings.helloCentis() == usual.helloCentis() ? "" : " hello_time " + settings.helloCentis())
        + (settings.vlanFiltering() ? " vlan_filtering 1" : "");
  }

  /** A device on another one is made beside it and then moved. */
  private void stacked(Device device, Device below, String type) {
    typist.run(below, "ip link add link " + below.name() + " name " + device.name() + chosen(device) + " type " + type);
    if (!device.netns().equals(below.netns())) {
      NetnsId there = typist.place(device.netns());
      typist.run(below, "ip link set dev " + device.name() + " netns " + (there.isRoot() ? "1" : there.name()));
    }
  }

  /** A tunnel is made in its home and then moved. Those that come with a driver come with the first of its tunnels. */
  private void tunnel(Device device, DeviceKind.Tunnel tunnel) {
    if (tunnel instanceof DeviceKind.IpTunnel ip && ip.isFallback()) {
      return;
    }
    typist.run(tunnel.home(), "ip link add name " + device.name() + chosen(device) + " "
        + TunnelText.type(wanted, tunnel));
    if (!device.netns().equals(tunnel.home())) {
      NetnsId there = typist.place(device.netns());
      typist.run(tunnel.home(), "ip link set dev " + device.name() + " netns " + (there.isRoot() ? "1" : there.name()));
    }
  }

  private void farEnds(Device device) {
    for (FdbEntry row : wanted.learned().fdb(device.id()).rows().values()) {
      List<Remote> there = typist.twin(device).kind() instanceof DeviceKind.Vxlan
          ? typist.made().learned().fdb(typist.twin(device).id()).find(row.mac()).map(FdbEntry::remotes)
              .orElse(List.of())
          : List.of();
      for (Remote remote : row.remotes()) {
        if (row.kind() != FdbEntry.Kind.LEARNED
            && there.stream().noneMatch(r -> r.address().equals(remote.address()))) {
          typist.run(device,
              "bridge fdb append " + row.mac() + " dev " + device.name() + TunnelText.remote(wanted, remote)
                  + (row.kind() == FdbEntry.Kind.STATIC ? " static" : ""));
        }
      }
      there.stream().filter(r -> row.remotes().stream().noneMatch(w -> w.address().equals(r.address())))
          .forEach(r -> typist.run(device, "bridge fdb del " + row.mac() + " dev " + device.name()
              + TunnelText.remote(typist.made(), r)));
    }
  }

  private void ports() {
    for (Device bridge : wanted.devices().values()) {
      for (Device port : wanted.portsOf(bridge.id())) {
        typist.run(port, "ip link set dev " + port.name() + " master " + bridge.name());
        port.port().ifPresent(wants -> settings(port, wants));
      }
    }
  }

  private void settings(Device port, BridgePort wants) {
    for (PortFlag flag : PortFlag.values()) {
      if (wants.has(flag) != flag.usual()) {
        typist.run(port, "bridge link set dev " + port.name() + " " + flag.word() + (wants.has(flag) ? " on" : " off"));
      }
    }
    wants.path().cost().ifPresent(cost -> typist.run(port, "bridge link set dev " + port.name() + " cost " + cost));
    if (wants.path().priority() != BridgePort.Path.DEFAULT.priority()) {
      typist.run(port, "bridge link set dev " + port.name() + " priority " + wants.path().priority());
    }
  }

  private void traits(Device device, LinkTraits traits) {
    String set = "ip link set dev " + device.name();
    traits.alias().ifPresent(alias -> typist.run(device, set + " alias '" + alias.replace("'", "'\\''") + "'"));
    traits.queueLength()
        .ifPresent(length -> typist.run(device, set + " txqueuelen " + Integer.toUnsignedString(length)));
    if (traits.group() != 0) {
      typist.run(device, set + " group " + Integer.toUnsignedString(traits.group()));
    }
    traits.flags().forEach(f -> typist.run(device, set + " " + f.word() + (f.isInverted() ? " off" : " on")));
  }

  private void settings(Device device) {
    traits(device, device.link().traits());
    if (device.link().mtuByHand()) {
      String set = "ip link set dev " + device.name() + " mtu ";
      if (device.isBridge() && Links.mtuOf(typist.made(), typist.twin(device)) == device.link().mtu()) {
        // Only one that differs counts as chosen.
        typist.run(device, set + (device.link().mtu() - 1));
      }
      typist.run(device, set + device.link().mtu());
    }
    device.conf().forEach((key, value) -> {
      if (!value.equals(typist.twin(device).conf().get(key))) {
        String[] parts = key.split("\\.");
        typist.run(device,
            "sysctl -qw 'net." + parts[0] + "." + parts[1] + "." + device.name() + "." + parts[2] + "=" + value
                + "'");
      }
    });
  }

  private void learned() {
    wanted.netns().values().forEach(routes::neighbours);
    wanted.devices().values().stream().filter(d -> d.kind() instanceof DeviceKind.Vxlan).forEach(this::farEnds);
    for (Device bridge : wanted.devices().values().stream().filter(Device::isBridge).toList()) {
      for (FdbEntry row : wanted.learned().fdb(bridge.id()).rows().values()) {
        Device port = wanted.device(row.device());
        if (row.kind() == FdbEntry.Kind.STATIC || row.kind() == FdbEntry.Kind.LOCAL) {
          typist.run(port, "bridge fdb replace " + row.mac() + " dev " + port.name() + " master"
              + (row.vlan() == 0 ? " " : " vlan " + row.vlan() + " ")
              + (row.kind() == FdbEntry.Kind.STATIC ? "static" : "permanent") + (row.sticky() ? " sticky" : ""));
        }
      }
    }
  }

  /** On one machine without cards the lab that was made must be the same in canonical form, servers and files aside. */
  private void compare() {
    boolean mapped = wanted.hosts().size() > 1 || !wanted.firstHost().name().equals(LabState.FIRST_HOST)
        || wanted.devices().values().stream().anyMatch(d -> d.kind() instanceof DeviceKind.Nic);
    if (!mapped && typist.left().isEmpty()) {
      List<String> here = canonical(typist.made()).lines().toList();
      canonical(wanted).lines().filter(line -> !here.contains(line)).findFirst()
          .or(() -> canonical(wanted).equals(String.join("\n", here) + "\n") ? Optional.empty()
              : Optional.of("an order"))
          .ifPresent(line -> typist.left().add("in the lab's file: " + line.strip()));
    }
  }

  private static String canonical(LabState lab) {
    LabState plain = lab.withNotes(Notes.NONE).withNow(VirtualTime.START);
    for (Host host : lab.hosts().values()) {
      plain = plain.withHosts(plain.hosts().plus(host.name(), Host.fresh(host.name(), host.order())));
    }
    for (Netns netns : lab.netns().values()) {
      plain = plain.with(netns.withServers(TreePVector.empty()).mapTables(IpFamily.INET6,
          table -> table.without(row -> !RouteRecipe.isSomebodys(row))));
    }
    for (Device device : lab.devices().values()) {
      plain = plain.with(device.withInet6(Inet6.IDLE));
    }
    return LabCodec.canonical(plain);
  }

  /** Random hardware addresses are said last: what was learned about them by hand shall hold. */
  private void hardware() {
    for (Device device : wanted.devices().values()) {
      boolean bonded = !device.kind().slaves().isEmpty() || wanted.index().bondOf(device.id()).isPresent();
      boolean random = !device.link().macByHand() && !device.isLoopback() && !device.isBridge() && !bonded;
      if (random && !typist.twin(device).link().mac().equals(device.link().mac())
          || random && device.kind().peer().isPresent()) {
        typist.run(device, "ip link set dev " + device.name() + " address " + device.link().mac());
      }
    }
  }
}
