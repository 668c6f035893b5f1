package org.hopscope.model.fault;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.RouteText;
import org.hopscope.model.why.Segments;

/** What can be broken about a device: its switch, its addresses, its place on a bridge, its neighbours. */
final class DeviceFaults {
  private final LabState lab;
  private final Breakages ways;
  private final Segments segments;

  DeviceFaults(LabState lab, Breakages ways) {
    this.lab = lab;
    this.ways = ways;
    segments = new Segments(lab);
  }

  void add(Device device) {
    NetnsId at = device.netns();
    String name = device.name();
    String set = "ip link set dev " + name;
    String mark = "ip link set " + name;
    can("link-down", at, List.of(List.of(Breakages.where(at) + mark, "up"), List.of(Breakages.where(at) + set, "up")),
        set + " down");
    can("arp-off", at, Breakages.named(Breakages.where(at) + mark, "arp on"), set + " arp off");
    can("mtu", at, Breakages.named(Breakages.where(at) + mark, "mtu"), set + " mtu 1300");
    can("mtu-small", at, Breakages.named(Breakages.where(at) + mark, "mtu"), set + " mtu 600");
    if (device.port().isPresent()) {
      port(device, set);
    } else {
      lab.devicesOf(at).stream().filter(d -> d.isBridge() && !d.id().equals(device.id())).limit(1)
          .forEach(b -> can("enslaved", at, Breakages.named(Breakages.where(at) + mark, "nomaster"),
              set + " master " + b.name()));
    }
    for (InterfaceAddress address : device.globalAddresses()) {
      address(device, address);
    }
    if (device.kind() instanceof DeviceKind.Bridge) {
      new VlanFaults(lab, ways).add(device);
      can("stp", at, Breakages.named("stp_state 0"), set + " type bridge stp_state 1");
    }
    if (device.kind() instanceof DeviceKind.Macvlan) {
      can("macvlan-mode", at, Breakages.named(mark, "mode bridge"), set + " type macvlan mode private");
    }
    new TunnelFaults(lab, ways).add(device);
    if (!device.globalAddresses(IpFamily.INET).isEmpty() && device.lower().isEmpty()) {
      for (Device other : segments.around(device.id())) {
        boolean others = !other.netns().equals(at) && !other.globalAddresses(IpFamily.INET).isEmpty();
        if (others) {
          InterfaceAddress theirs = other.globalAddresses(IpFamily.INET).getFirst();
          can("neighbour", at, Breakages.named("ip neigh", theirs.address().toString(), name),
              "ip neigh replace " + theirs.address() + " lladdr 02:00:00:00:77:77 dev " + name + " nud permanent");
          can("same-mac", at, List.of(List.of("address 02:")),
              set + " address " + Links.macOf(lab, other));
          can("duplicate-address", at, Breakages.named("ip addr del " + theirs.address()),
              "ip addr add " + theirs.address() + "/32 dev " + name);
        }
      }
    }
    if (!device.globalAddresses(IpFamily.INET6).isEmpty()) {
      can("ipv6-disabled", at, Breakages.named("sysctl", name + ".disable_ipv6=0"),
          "sysctl -w net.ipv6.conf." + name + ".disable_ipv6=1");
    }
    for (String key : List.of("rp_filter=1", "arp_ignore=8", "disable_policy=1")) {
      String text = "net.ipv4.conf." + name + "." + key;
      can("sysctl-" + key.substring(0, key.indexOf('=')), at,
          Breakages.named("sysctl", key.substring(0, key.indexOf('='))),
          "sysctl -w " + text);
    }
    can("forwarding-of-device", at, Breakages.named("sysctl", "forward"),
        "sysctl -w net.ipv4.conf." + name + ".forwarding=0");
    if (device.kind() instanceof DeviceKind.Veth && device.port().isEmpty()) {
      lab.netns().values().stream().filter(n -> !n.id().equals(at)).filter(n -> !n.id().isRoot()).limit(2)
          .forEach(
              n -> can("moved", at, Breakages.named("ip link set", name, "netns"), set + " netns " + n.id().name()));
    }
  }

  private void port(Device device, String set) {
    NetnsId at = device.netns();
    String name = device.name();
    String mark = "ip link set " + name;
    can("no-master", at, Breakages.named(Breakages.where(at) + mark, "master"), set + " nomaster");
    lab.devicesOf(at).stream().filter(d -> d.isBridge() && !device.port().orElseThrow().bridge().equals(d.id()))
        .forEach(b -> can("wrong-bridge", at, Breakages.named(Breakages.where(at) + mark, "master"),
            set + " master " + b.name()));
    String link = "bridge link set dev " + name;
    can("port-state", at, List.of(List.of("bridge link set dev " + name, "state 3"),
        List.of("bridge link set dev " + name, "state forwarding")), link + " state 0");
    can("port-locked", at, Breakages.named(link, "locked off"), link + " locked on");
    can("port-flood", at, Breakages.named(link, "flood on"), link + " flood off");
    can("port-bcast", at, Breakages.named(link, "bcast_flood on"), link + " bcast_flood off");
    lab.portsOf(device.port().orElseThrow().bridge()).stream().filter(p -> !p.id().equals(device.id())).forEach(p -> {
      can("isolated", at, List.of(List.of("isolated off")), link + " isolated on",
          "bridge link set dev " + p.name() + " isolated on");
      p.peer().map(lab::device)
          .ifPresent(far -> can("fdb", at, Breakages.named("bridge fdb del", name, "master"), "bridge fdb add "
              + Links.macOf(lab, far) + " dev " + name + " master static"));
    });
  }

  private void address(Device device, InterfaceAddress address) {
    NetnsId at = device.netns();
    String name = device.name();
    String del = "ip addr del " + address + " dev " + name;
    boolean six = address.address().family() == IpFamily.INET6;
    can("address-missing", at, Breakages.named(Breakages.where(at) + "ip addr add", name), del);
    for (int length : six ? List.of(128, 112) : List.of(32, 30, 28, 16)) {
      if (length != address.length() && address.length() < address.address().width()) {
        can("mask", at, Breakages.named(Breakages.where(at) + "ip addr", "add " + address),
            "ip addr add " + address.address() + "/" + length
                + " dev " + name,
            del);
      }
    }
    if (!six) {
      String[] parts = address.address().toString().split("\\.");
      String host = parts[0] + "." + parts[1] + "." + parts[2] + "." + (200 + ways.number(40));
      String net = parts[0] + "." + parts[1] + "." + (Integer.parseInt(parts[2]) ^ 64) + "." + parts[3];
      List<String> lines =
          new ArrayList<>(List.of(del, "ip addr add " + host + "/" + address.length() + " dev " + name));
      lab.find(at).orElseThrow().inet().byNumber().forEach((number, table) -> table.rows().stream()
          .filter(r -> r.leavesBy(device.id()) && r.via().isPresent())
          .forEach(r -> lines
              .add("ip route add " + RouteText.line(lab, r) + (number == Netns.MAIN ? "" : " table " + number))));
      can("address-host", at, List.of(List.of(Breakages.where(at) + "ip addr", address.address().toString())),
          lines.toArray(String[]::new));
      can("address-net", at, Breakages.named(Breakages.where(at) + "ip addr", name),
          "ip addr add " + net + "/" + address.length() + " dev " + name, del);
    }
  }

  private void can(String kind, NetnsId at, List<List<String>> marks, String... lines) {
    ways.can(kind, at, marks, lines);
  }
}
