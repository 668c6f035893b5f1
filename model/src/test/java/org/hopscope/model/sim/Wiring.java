package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.FdbMode;
import org.hopscope.model.lab.FdbSide;
import org.hopscope.model.lab.FdbWish;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.PortChange;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.lab.RouteOptions;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.trace.Trace;

/** Wires labs for tests with few words, through the same edits that commands make. */
final class Wiring {
  private LabState lab;

  Wiring() {
    this(Editor.fresh(7));
  }

  Wiring(LabState start) {
    lab = start;
  }

  LabState lab() {
    return lab;
  }

  static NetnsId id(String name) {
    return name.equals("@host") ? NetnsId.root(LabState.FIRST_HOST) : new NetnsId(LabState.FIRST_HOST, name);
  }

  static DeviceRef ref(String place) {
    int colon = place.indexOf(':');
    return new DeviceRef(id(place.substring(0, colon)), place.substring(colon + 1));
  }

  Device device(String place) {
    return lab.find(ref(place)).orElseThrow();
  }

  Wiring edit(Edit edit) {
    switch (Editor.apply(lab, edit)) {
      case Editor.Result.Done(LabState after) -> lab = after;
      case Editor.Result.Refused(var why) -> throw new AssertionError(edit + ": " + why.text());
    }
    return this;
  }

  /** Namespaces whose lo is up. */
  Wiring netns(String... names) {
    for (String name : names) {
      edit(new Edit.AddNetns(id(name)));
      up(name + ":lo");
    }
    return this;
  }

  Wiring veth(String one, String other) {
    return edit(new Edit.AddVeth(NewLink.named(ref(one)), NewLink.named(ref(other))));
  }

  Wiring up(String... places) {
    for (String place : places) {
      edit(new Edit.SetLink(ref(place), LinkChange.up(true)));
    }
    return this;
  }

  Wiring down(String place) {
    return edit(new Edit.SetLink(ref(place), LinkChange.up(false)));
  }

  Wiring address(String place, String address) {
    return edit(new Edit.AddAddress(ref(place), NewAddress.of(InterfaceAddress.of(address)), false));
  }

  /** A veth pair with an address at each end, both up. */
  Wiring link(String one, String oneAddress, String other, String otherAddress) {
    return veth(one, other).address(one, oneAddress).address(other, otherAddress).up(one, other);
  }

  Wiring bridge(String place) {
    return edit(new Edit.AddBridge(NewLink.named(ref(place)), BridgeChange.NONE)).up(place);
  }

  /** A namespace's eth0 plugged into a bridge of the host by the port {@code p-NAME}. */
  Wiring station(String name, String bridge, String address) {
    netns(name).veth("@host:p-" + name, name + ":eth0");
    edit(new Edit.SetLink(ref("@host:p-" + name), LinkChange.master(ref(bridge).name())));
    return up("@host:p-" + name, name + ":eth0").address(name + ":eth0", address);
  }

  Wiring route(String netns, String destination, String via) {
    return edit(new Edit.AddRoute(id(netns), new NewRoute(prefix(destination), RouteType.UNICAST,
        Optional.of(IpAddress.of(via)), Optional.empty(), false, RouteOptions.NONE), RouteMode.ADD));
  }

  Wiring routeOn(String place, String destination) {
    DeviceRef ref = ref(place);
    return edit(new Edit.AddRoute(ref.netns(), new NewRoute(prefix(destination), RouteType.UNICAST,
        Optional.empty(), Optional.of(ref.name()), false, RouteOptions.NONE), RouteMode.ADD));
  }

  Wiring special(String netns, RouteType type, String destination) {
    return edit(new Edit.AddRoute(id(netns), new NewRoute(prefix(destination), type, Optional.empty(),
        Optional.empty(), false, RouteOptions.NONE), RouteMode.ADD));
  }

  private static IpPrefix prefix(String text) {
    return IpPrefix.of(text.equals("default") ? "0.0.0.0/0" : text);
  }

  Wiring sysctl(String netns, String key, String value) {
    return edit(new Edit.WriteSysctl(id(netns), key, value));
  }

  Wiring mtu(String place, int mtu) {
    return edit(new Edit.SetLink(ref(place), new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.of(mtu), Optional.empty(), Optional.empty())));
  }

  Wiring mac(String place, String mac) {
    return edit(new Edit.SetLink(ref(place), new LinkChange(Optional.empty(), Optional.empty(),
        Optional.of(MacAddress.of(mac)), Optional.empty(), Optional.empty(), Optional.empty())));
  }

  Wiring permanent(String place, String address, String mac) {
    return edit(new Edit.SetNeighbour(ref(place), IpAddress.of(address), Optional.of(MacAddress.of(mac)),
        Neighbour.State.PERMANENT, RouteMode.ADD));
  }

  Wiring fdb(String port, String mac, boolean sticky) {
    return edit(new Edit.AddFdb(ref(port), new FdbWish(MacAddress.of(mac), FdbSide.MASTER,
        FdbEntry.Kind.STATIC, sticky), FdbMode.ADD));
  }

  Wiring portOption(String port, String option, boolean value) {
    return edit(new Edit.SetBridgePort(ref(port), PortChange.of(PortFlag.of(option).orElseThrow(), value)));
  }

  Wiring serve(String netns, int port, Transport transport) {
    return edit(new Edit.Serve(id(netns), new Server(new PortNumber(port), transport, Optional.empty(), netns)));
  }

  /** Runs a probe and takes over what it left in the tables. */
  Trace run(Probe probe) {
    Trace trace = Simulator.run(lab, probe);
    lab = trace.finish();
    return trace;
  }

  /** As {@code ping -c 1 -W 5}. */
  ProbeResult.Pinged ping(String netns, String to) {
    return ping(netns, to, new Probe.Ping(1, 56, false, 1000, 5000, Optional.empty(), false));
  }

  ProbeResult.Pinged ping(String netns, String to, Probe.Ping options) {
    Probe probe = new Probe(id(netns), IpAddress.of(to), Optional.empty(), Optional.empty(), options);
    return (ProbeResult.Pinged) run(probe).result();
  }

  ProbeResult.Exchange tcp(String netns, String to, int port) {
    return exchange(Probe.tcp(id(netns), IpAddress.of(to), port)).getFirst();
  }

  ProbeResult.Exchange udp(String netns, String to, int port) {
    return exchange(Probe.udp(id(netns), IpAddress.of(to), port)).getFirst();
  }

  List<ProbeResult.Exchange> exchange(Probe probe) {
    return ((ProbeResult.Exchanged) run(probe).result()).tries();
  }
}
