package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/** A lab to try edits on, and short ways to say them and to read what became of it. */
final class Bench {
  private LabState lab;

  Bench() {
    this(Editor.fresh(7));
  }

  Bench(LabState start) {
    lab = start;
  }

  /** Two namespaces, a and b, with a veth between, both ends called eth0, up, with 10.0.0.1/24 and 10.0.0.2/24. */
  static Bench wired() {
    return new Bench().does(netns("a"), netns("b"), veth("a/eth0", "b/eth0"), address("a/eth0", "10.0.0.1/24"),
        address("b/eth0", "10.0.0.2/24"), up("a/eth0"), up("b/eth0"));
  }

  LabState lab() {
    return lab;
  }

  Bench does(Edit... edits) {
    for (Edit edit : edits) {
      lab = switch (Editor.apply(lab, edit)) {
        case Editor.Result.Done(LabState after) -> after;
        case Editor.Result.Refused(Refusal why) -> throw new AssertionError(edit + " was refused: " + why.text());
      };
    }
    Invariants.check(lab);
    return this;
  }

  /** Expects the words of a refusal. */
  Bench refuses(Edit edit, String words) {
    switch (Editor.apply(lab, edit)) {
      case Editor.Result.Done(LabState _) -> throw new AssertionError(edit + " was done");
      case Editor.Result.Refused(Refusal why) -> assertThat(why.text()).as("refusal of %s", edit).isEqualTo(words);
    }
    return this;
  }

  Bench commit(LabState value) {
    lab = value;
    return this;
  }

  Device device(String place) {
    return lab.find(ref(place)).orElseThrow(() -> new AssertionError("no device " + place));
  }

  boolean has(String place) {
    return lab.find(ref(place)).isPresent();
  }

  /** Addresses as {@code ip addr} shows them, in short. */
  List<String> addresses(String place) {
    return device(place).addresses().stream().map(a -> a.peer().isPresent()
        ? a.address() + " peer " + a.peer().get() + "/" + a.local().length()
        : a.local() + (a.secondary() ? " secondary" : "")).toList();
  }

  /** Rows of a table as {@code ip route} prints them. */
  List<String> routes(String netns, int table) {
    return lab.find(id(netns)).orElseThrow().inet().table(table).rows().stream().map(this::text).toList();
  }

  List<String> main(String netns) {
    return routes(netns, Netns.MAIN);
  }

  List<String> local(String netns) {
    return routes(netns, Netns.LOCAL);
  }

  private String text(Route row) {
    List<String> words = new ArrayList<>();
    if (row.type() != RouteType.UNICAST) {
      words.add(row.type().word());
    }
    IpPrefix to = row.destination();
    words.add(to.isDefault() ? "default" : to.isHost() ? to.address().toString() : to.toString());
    row.via().ifPresent(v -> words.add("via " + v));
    row.device().ifPresent(d -> words.add("dev " + lab.device(d).name()));
    if (!row.origin().protocol().equals(RouteProtocol.BOOT)) {
      words.add("proto " + row.origin().protocol().word());
    }
    if (row.origin().scope() != Scope.GLOBAL) {
      words.add("scope " + row.origin().scope().word());
    }
    row.prefSrc().ifPresent(s -> words.add("src " + s));
    if (row.metric() != 0) {
      words.add("metric " + row.metric());
    }
    if (row.origin().mtu() != 0) {
      words.add("mtu " + row.origin().mtu());
    }
    return String.join(" ", words);
  }

  /** Neighbours of a namespace: address and state as it was written. */
  List<String> neighbours(String netns) {
    return lab.learned().neighbours(id(netns)).rows().values().stream()
        .map(n -> n.key().address() + " " + n.state()).toList();
  }

  /** Rows of a bridge's database: address, port, kind. */
  List<String> fdb(String bridge) {
    return lab.learned().fdb(device(bridge).id()).rows().values().stream()
        .map(r -> r.mac() + " " + lab.device(r.device()).name() + " " + r.kind()).toList();
  }

  /** {@code a} is a namespace, {@code ""} the first host's root, {@code h:a} a namespace of host h. */
  static NetnsId id(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new NetnsId(LabState.FIRST_HOST, text)
        : new NetnsId(text.substring(0, colon), text.substring(colon + 1));
  }

  /** {@code a/eth0}, or {@code eth0} in the first host's root namespace. */
  static DeviceRef ref(String place) {
    int slash = place.indexOf('/');
    return slash < 0
        ? new DeviceRef(id(""), place)
        : new DeviceRef(id(place.substring(0, slash)), place.substring(slash + 1));
  }

  static Edit netns(String name) {
    return new Edit.AddNetns(id(name));
  }

  static Edit veth(String one, String other) {
    return new Edit.AddVeth(NewLink.named(ref(one)), NewLink.named(ref(other)));
  }

  static Edit bridge(String place) {
    return new Edit.AddBridge(NewLink.named(ref(place)), BridgeChange.NONE);
  }

  static Edit up(String place) {
    return new Edit.SetLink(ref(place), LinkChange.up(true));
  }

  static Edit down(String place) {
    return new Edit.SetLink(ref(place), LinkChange.up(false));
  }

  static Edit move(String place, String netns) {
    return new Edit.SetLink(ref(place), LinkChange.netns(id(netns)));
  }

  static Edit rename(String place, String name) {
    return new Edit.SetLink(ref(place), LinkChange.name(name));
  }

  static Edit master(String place, String bridge) {
    return new Edit.SetLink(ref(place), LinkChange.master(bridge));
  }

  static Edit mtu(String place, int mtu) {
    return new Edit.SetLink(ref(place), new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.of(mtu), Optional.empty(), Optional.empty()));
  }

  static Edit mac(String place, String mac) {
    return new Edit.SetLink(ref(place), new LinkChange(Optional.empty(), Optional.empty(),
        Optional.of(MacAddress.of(mac)), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  static Edit delete(String place) {
    return new Edit.DeleteLink(ref(place));
  }

  static Edit address(String place, String address) {
    return new Edit.AddAddress(ref(place), NewAddress.of(InterfaceAddress.of(address)), false);
  }

  static Edit deleteAddress(String place, String address) {
    return new Edit.DeleteAddress(ref(place), InterfaceAddress.of(address), true);
  }

  /** {@code ip route add TO via GATEWAY dev DEVICE}; empty words are left out. */
  static NewRoute to(String destination, String via, String device) {
    return new NewRoute(IpPrefix.of(destination.equals("default") ? "0.0.0.0/0" : destination), RouteType.UNICAST,
        IpAddress.parse(via), Optional.of(device).filter(d -> !d.isEmpty()), false, RouteOptions.NONE);
  }

  static NewRoute with(NewRoute route, RouteOptions options) {
    return new NewRoute(route.destination(), route.type(), route.via(), route.device(), route.onlink(), options);
  }

  static NewRoute as(RouteType type, NewRoute route) {
    return new NewRoute(route.destination(), type, route.via(), route.device(), route.onlink(), route.options());
  }

  static NewRoute onlink(NewRoute route) {
    return new NewRoute(route.destination(), route.type(), route.via(), route.device(), true, route.options());
  }

  static RouteOptions metric(int metric) {
    return new RouteOptions(Optional.empty(), Optional.of(metric), Optional.empty(), Optional.empty(),
        Optional.empty(), 0);
  }

  static RouteOptions src(String address) {
    return new RouteOptions(Optional.of(IpAddress.of(address)), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), 0);
  }

  static RouteOptions scope(Scope scope) {
    return new RouteOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(scope),
        Optional.empty(), 0);
  }

  static Edit route(String netns, NewRoute route) {
    return route(netns, route, RouteMode.ADD);
  }

  static Edit route(String netns, NewRoute route, RouteMode mode) {
    return new Edit.AddRoute(id(netns), route, mode);
  }

  static Edit deleteRoute(String netns, NewRoute route) {
    return new Edit.DeleteRoute(id(netns), route, route.type() != RouteType.UNICAST);
  }

  static Edit neighbour(String place, String address, String mac, Neighbour.State state) {
    return new Edit.SetNeighbour(ref(place), IpAddress.of(address), MacAddress.parse(mac), state, RouteMode.ADD);
  }

  static Edit sysctl(String netns, String key, String value) {
    return new Edit.WriteSysctl(id(netns), key, value);
  }
}
