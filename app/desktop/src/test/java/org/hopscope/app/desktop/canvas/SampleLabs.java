package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;

/** Labs to look at and to test with, made by edits as anyone would. */
public final class SampleLabs {
  static final String HOST = LabState.FIRST_HOST;
  static final NetnsId ROOT = NetnsId.root(HOST);

  private LabState lab;

  private SampleLabs(LabState lab) {
    this.lab = lab;
  }

  public static LabState named(String name) {
    return switch (name) {
      case "empty" -> Editor.fresh(1);
      case "pair" -> pair();
      case "bridge" -> bridge();
      case "machines" -> machines();
      case "many" -> many(300);
      case "switch" -> inside();
      default -> throw new IllegalArgumentException("no such lab: " + name);
    };
  }

  /** Two namespaces joined by a veth pair, one end still down. */
  static LabState pair() {
    SampleLabs labs = new SampleLabs(Editor.fresh(1));
    labs.netns("netns1", "netns2");
    labs.veth("veth1", "netns1", "veth2", "netns2");
    labs.address("netns1", "veth1", "10.1.1.1/24");
    labs.address("netns2", "veth2", "10.1.1.2/24");
    labs.up("netns1", "veth1");
    return labs.lab;
  }

  /** Three namespaces on a bridge, one of them not plugged in well. */
  static LabState bridge() {
    SampleLabs labs = new SampleLabs(Editor.fresh(1));
    labs.netns("web", "db", "log");
    labs.bridge("br0", "10.88.0.1/24");
    labs.port("web", "v-web", "10.88.0.2/24", true);
    labs.port("db", "v-db", "10.88.0.3/24", true);
    labs.port("log", "v-log", "10.88.0.4/24", false);
    return labs.lab;
  }

  /** The bridge's lab with a second machine cabled to it. */
  static LabState machines() {
    SampleLabs labs = new SampleLabs(bridge());
    labs.apply(new Edit.AddHost("outside"));
    DeviceRef one = new DeviceRef(ROOT, "eth0");
    DeviceRef other = new DeviceRef(NetnsId.root("outside"), "eth0");
    labs.apply(new Edit.AddCable(one, other));
    for (DeviceRef ref : List.of(one, other)) {
      labs.apply(new Edit.SetLink(ref, LinkChange.up(true)));
    }
    labs.apply(address(one, "192.0.2.10/24"));
    labs.apply(address(other, "192.0.2.9/24"));
    labs.apply(new Edit.WriteSysctl(ROOT, "net.ipv4.ip_forward", "1"));
    return labs.lab;
  }

  /** So many hosts, each joined to the next by so many cables. */
  public static LabState cabled(int hosts, int cables) {
    SampleLabs labs = new SampleLabs(Editor.fresh(1));
    for (int h = 1; h < hosts; h++) {
      labs.apply(new Edit.AddHost("h" + h));
      NetnsId before = h == 1 ? ROOT : NetnsId.root("h" + (h - 1));
      for (int c = 0; c < cables; c++) {
        labs.apply(new Edit.AddCable(new DeviceRef(before, "right" + c),
            new DeviceRef(NetnsId.root("h" + h), "left" + c)));
      }
    }
    return labs.lab;
  }

  /** A bridge in a namespace of its own, a router beside it. */
  static LabState inside() {
    SampleLabs labs = new SampleLabs(Editor.fresh(1));
    labs.netns("switch", "web", "router");
    DeviceRef bridge = new DeviceRef(new NetnsId(HOST, "switch"), "br0");
    labs.apply(new Edit.AddBridge(NewLink.named(bridge), BridgeChange.NONE));
    labs.apply(new Edit.SetLink(bridge, LinkChange.up(true)));
    labs.veth("eth0", "web", "p1", "switch");
    labs.veth("eth0", "router", "p2", "switch");
    labs.veth("eth1", "router", "uplink", "");
    for (String port : List.of("p1", "p2")) {
      labs.apply(new Edit.SetLink(new DeviceRef(new NetnsId(HOST, "switch"), port), LinkChange.master("br0")));
      labs.up("switch", port);
    }
    labs.up("web", "eth0");
    labs.up("router", "eth0");
    labs.address("web", "eth0", "192.168.100.200/24");
    labs.address("router", "eth0", "192.168.100.1/24");
    return labs.lab;
  }

  /** About so many devices: namespaces on a few bridges. */
  static LabState many(int devices) {
    SampleLabs labs = new SampleLabs(Editor.fresh(1));
    for (int i = 0; i < devices / 3; i++) {
      String name = "ns" + i;
      labs.netns(name);
      if (i % 20 == 0) {
        labs.apply(new Edit.AddBridge(NewLink.named(new DeviceRef(ROOT, "br" + i / 20)), BridgeChange.NONE));
        labs.apply(new Edit.SetLink(new DeviceRef(ROOT, "br" + i / 20), LinkChange.up(true)));
      }
      labs.veth("eth0", name, "v" + i, "");
      labs.apply(new Edit.SetLink(new DeviceRef(ROOT, "v" + i), LinkChange.master("br" + i / 20)));
      labs.address(name, "eth0", "10.0." + i / 200 + "." + (i % 200 + 1) + "/16");
      labs.up(name, "eth0");
      labs.up("", "v" + i);
    }
    return labs.lab;
  }

  /** A lab of random things, some of them put somewhere. */
  public static LabState random(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    SampleLabs labs = new SampleLabs(Editor.fresh(seed));
    int hosts = random.nextInt(3);
    for (int h = 0; h < hosts; h++) {
      labs.apply(new Edit.AddHost("machine" + h));
    }
    for (int i = 0; i < 4 + random.nextInt(30); i++) {
      RandomEdits.next(labs.lab, random).filter(e -> Editor.apply(labs.lab, e) instanceof Editor.Result.Done)
          .ifPresent(labs::apply);
    }
    return labs.lab;
  }

  /** A ping between the first two addresses of different namespaces. */
  public static Optional<Probe> probe(LabState lab) {
    return lab.devices().values().stream().filter(d -> !d.isLoopback() && !d.addresses().isEmpty() && d.isUp())
        .findFirst().flatMap(from -> lab.devices().values().stream()
            .filter(
                d -> !d.isLoopback() && !d.isBridge() && !d.addresses().isEmpty() && !d.netns().equals(from.netns()))
            .reduce((_, last) -> last).map(to -> {
              IpAddress address = to.addresses().getFirst().address();
              return Probe.ping(from.netns(), address);
            }));
  }

  private void netns(String... names) {
    for (String name : names) {
      apply(new Edit.AddNetns(new NetnsId(HOST, name)));
    }
  }

  private void bridge(String name, String address) {
    DeviceRef ref = new DeviceRef(ROOT, name);
    apply(new Edit.AddBridge(NewLink.named(ref), BridgeChange.NONE));
    apply(address(ref, address));
    apply(new Edit.SetLink(ref, LinkChange.up(true)));
  }

  private void port(String netns, String port, String address, boolean up) {
    veth("eth0", netns, port, "");
    address(netns, "eth0", address);
    apply(new Edit.SetLink(new DeviceRef(ROOT, port), LinkChange.master("br0")));
    up(netns, "eth0");
    if (up) {
      up("", port);
    }
  }

  private void veth(String one, String in, String other, String there) {
    apply(new Edit.AddVeth(NewLink.named(new DeviceRef(new NetnsId(HOST, in), one)),
        NewLink.named(new DeviceRef(new NetnsId(HOST, there), other))));
  }

  private void up(String netns, String device) {
    apply(new Edit.SetLink(new DeviceRef(new NetnsId(HOST, netns), device), LinkChange.up(true)));
  }

  private void address(String netns, String device, String address) {
    apply(address(new DeviceRef(new NetnsId(HOST, netns), device), address));
  }

  private static Edit address(DeviceRef ref, String address) {
    return new Edit.AddAddress(ref, NewAddress.of(InterfaceAddress.of(address)), false);
  }

  private void apply(Edit edit) {
    lab = switch (Editor.apply(lab, edit)) {
      case Editor.Result.Done(LabState after) -> after;
      case Editor.Result.Refused(var why) -> throw new IllegalArgumentException(edit + ": " + why.text());
    };
  }
}
