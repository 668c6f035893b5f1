package org.hopscope.model.shell;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandText;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.FdbFilter;
import org.hopscope.model.lab.FdbMode;
import org.hopscope.model.lab.FdbSide;
import org.hopscope.model.lab.FdbWish;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.PortChange;
import org.hopscope.model.lab.RouteFilter;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.lab.TraitsChange;
import org.hopscope.model.lab.VlanFlags;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.TunFlag;
import org.hopscope.model.net.TunMode;

/** Writes edits as the commands they stand for, as typed at the first host's root prompt. */
public final class Commands {
  private final LabState lab;

  private Commands(LabState lab) {
    this.lab = lab;
  }

  /**
   * The lines that do the same as the edit; running them gives an equal lab. Empty for what no command does: positions
   * on the canvas and saved probes. A lab that is put back is no command's doing either, but leaves a comment, for what
   * stands above it does not lead to what stands below; so does a cluster by itself, outside the command that changed it.
   *
   * @param before the lab that the edit is made on
   */
  public static List<String> of(LabState before, Edit edit) {
    return new Commands(before).lines(edit);
  }

  /** The lines that an edit of many stands for, each as it would be typed alone. */
  static List<String> inside(LabState before, Edit edit) {
    if (!(edit instanceof Edit.Expanded(var _, List<Edit> edits, var _))) {
      return of(before, edit);
    }
    List<String> lines = new ArrayList<>();
    LabState lab = before;
    for (Edit part : edits) {
      lines.addAll(of(lab, part).stream().filter(l -> !l.startsWith("# ")).toList());
      lab = Editor.apply(lab, part) instanceof Editor.Result.Done(LabState after) ? after : lab;
    }
    return lines;
  }

  /** A device that is made or renamed is quoted like any word, so every name can be typed. */
  private static String word(String text) {
    return Words.quote(text);
  }

  private List<String> lines(Edit edit) {
    return switch (edit) {
      case Edit.AddHost(String name) -> List.of("hop host add " + word(name));
      case Edit.DeleteHost(String name) -> List.of("hop host del " + word(name));
      case Edit.AddCable(DeviceRef one, DeviceRef other) -> List.of("hop cable add " + end(one) + " " + end(other));
      case Edit.AddNetns(NetnsId id) -> at(NetnsId.root(id.host()), "ip netns add " + word(id.name()));
      case Edit.DeleteNetns(NetnsId id) -> at(NetnsId.root(id.host()), "ip netns del " + word(id.name()));
      case Edit.AddVeth(NewLink one, NewLink other) -> at(one.ref().netns(),
          "ip link add " + named(one) + " type veth peer" + peer(one, other));
      case Edit.AddBridge(NewLink link, BridgeChange settings) -> at(link.ref().netns(),
          "ip link add " + named(link) + " type bridge" + BridgeWords.of(settings));
      case Edit.AddLink(NewLink link, Optional<DeviceRef> lower, LinkInfo info) -> addLink(link, lower, info);
      case Edit.SetLinkInfo(DeviceRef link, LinkInfo info) -> at(link, "ip link set " + dev(link) + type(info));
      case Edit.AddTun(DeviceRef link, var settings) -> at(link,
          "ip tuntap add dev " + word(link.name()) + settings.words());
      case Edit.DeleteTun(DeviceRef link, TunMode mode, boolean queues) -> at(link, "ip tuntap del dev "
          + word(link.name()) + " mode " + mode.word() + (queues ? " " + TunFlag.MULTI_QUEUE.word() : ""));
      case Edit.Attach(DeviceRef link, var relay) -> List.of("attach " + place(link.netns()) + " " + word(link.name())
          + relay.map(s -> " relay " + s).orElse(""));
      case Edit.SetRelay(DeviceRef link, var to, var hop) -> List.of("relay " + place(link.netns()) + " "
          + word(link.name()) + " " + to + " " + hop.map(Object::toString).orElse("none"));
      case Edit.Detach(NetnsId netns, String name) -> List.of("detach " + place(netns) + " " + word(name));
      case Edit.DeleteLink(DeviceRef link) -> at(link, "ip link del " + dev(link));
      case Edit.SetLink(DeviceRef link, LinkChange change) -> setLink(link, change);
      case Edit.SetTraits(DeviceRef link, TraitsChange change) -> at(link,
          "ip link set " + dev(link) + TraitWords.of(change));
      case Edit.SetGenMode(DeviceRef link, boolean none) -> at(link,
          "ip link set " + dev(link) + " addrgenmode " + (none ? "none" : "eui64"));
      case Edit.SetArp(DeviceRef link, boolean value) -> at(link,
          "ip link set " + dev(link) + " arp " + (value ? "on" : "off"));
      case Edit.SetBridge(DeviceRef link, BridgeChange change) -> at(link,
          "ip link set " + dev(link) + " type bridge" + BridgeWords.of(change));
      case Edit.SetBridgePort(DeviceRef port, PortChange change) -> at(port,
          (change.announced() ? "ip link set " + dev(port) + " type bridge_slave"
              : "bridge link set dev " + word(port.name())) + PortWords.of(change));
      case Edit.AddAddress(DeviceRef link, NewAddress address, boolean replace) -> at(link,
          "ip addr " + (replace ? "replace " : "add ") + address(address) + " dev " + word(link.name()));
      case Edit.DeleteAddress(DeviceRef link, var address, boolean lengthGiven, var peer) -> at(link, "ip addr del "
          + peer.map(p -> address.address() + " peer " + p + "/" + address.length())
              .orElse(lengthGiven ? address.toString() : address.address().toString())
          + " dev " + word(link.name()));
      case Edit.FlushAddresses(DeviceRef link, Set<IpFamily> families) -> at(link,
          "ip " + (families.size() == 1 ? option(families.iterator().next()) : "") + "addr flush dev "
              + word(link.name()));
      case Edit.AddRoute(NetnsId netns, NewRoute route, RouteMode mode) -> at(netns,
          "ip " + option(route) + "route " + verb(mode) + " " + RouteWords.of(route, true));
      case Edit.DeleteRoute(NetnsId netns, NewRoute route, boolean typeGiven) -> at(netns,
          "ip " + option(route) + "route del " + RouteWords.of(route, typeGiven));
      case Edit.FlushRoutes(NetnsId netns, IpFamily family, RouteFilter filter) -> at(netns,
          "ip " + (family == IpFamily.INET6 ? option(family) : "") + "route flush" + RouteWords.of(filter));
      case Edit.FlushRouteCache(NetnsId netns) -> at(netns, "ip route flush cache");
      case Edit.AddRule(NetnsId netns, var family, var priority, PolicyRule.Selector selector, var action, var protocol) ->
          at(netns,
              ruling(family) + "add" + RuleText.typed(priority, selector, Optional.of(action))
                  + (protocol.equals(RouteProtocol.UNSPEC) ? "" : " proto " + protocol.word()));
      case Edit.DeleteRule(NetnsId netns, var family, var priority, PolicyRule.Selector selector, var action, var protocol) ->
          at(netns,
              ruling(family) + "del" + RuleText.typed(priority, selector, action)
                  + (protocol.equals(RouteProtocol.UNSPEC) ? "" : " proto " + protocol.word()));
      case Edit.SetNeighbour(DeviceRef link, var address, var mac, Neighbour.State state, RouteMode mode, var flags) ->
          at(
              link, "ip neigh " + verb(mode) + " " + address + mac.map(m -> " lladdr " + m).orElse("") + " dev "
                  + word(link.name()) + " nud " + NeighbourWords.word(state) + NeighbourText.words(flags));
      case Edit.SetProxy(DeviceRef link, var address, boolean answered) -> at(link,
          "ip neigh " + (answered ? "add" : "del") + " proxy " + address + " dev " + word(link.name()));
      case Edit.DeleteNeighbour(DeviceRef link, var address) -> at(link,
          "ip neigh del " + address + " dev " + word(link.name()));
      case Edit.FlushNeighbours(NetnsId netns, var family, var device, var to, Set<Neighbour.State> states) -> at(netns,
          "ip " + family.map(Commands::option).orElse("") + "neigh flush"
              + device.map(d -> " dev " + word(d)).orElse("") + to.map(p -> " to " + p).orElse("")
              + states.stream().sorted().map(n -> " nud " + NeighbourWords.word(n)).collect(Collectors.joining())
              + (device.isEmpty() && to.isEmpty() && states.isEmpty() ? " all" : ""));
      case Edit.AddFdb(DeviceRef device, FdbWish row, FdbMode mode) -> at(device,
          "bridge fdb " + mode.word() + " " + row.mac() + " dev " + word(device.name()) + " "
              + FdbWords.word(row.side()) + " " + FdbWords.word(row.kind()) + (row.sticky() ? " sticky" : "")
              + FdbWords.vlan(row.key()) + row.remote().map(FdbWords::of).orElse(""));
      case Edit.AddVlan(DeviceRef device, FdbSide side, int first, int last, VlanFlags flags) -> at(device,
          BridgeVlan.command("add", device, side, first, last) + BridgeVlan.words(flags));
      case Edit.DeleteVlan(DeviceRef device, FdbSide side, int first, int last) -> at(device,
          BridgeVlan.command("del", device, side, first, last));
      case Edit.DeleteFdb(DeviceRef device, FdbEntry.Key key, FdbSide side, var remote) -> at(device,
          "bridge fdb del " + key.mac() + " dev " + word(device.name()) + " " + FdbWords.word(side)
              + FdbWords.vlan(key) + remote.map(FdbWords::of).orElse(""));
      case Edit.FlushFdb(DeviceRef device, FdbSide side, FdbFilter which) -> at(device,
          "bridge fdb flush dev " + word(device.name())
              + (side == FdbSide.MASTER && lab.find(device).filter(Device::isBridge).isEmpty() ? " master" : "")
              + FdbWords.of(which));
      case Edit.WriteSysctl(NetnsId netns, String key, String value) -> at(netns,
          "sysctl -w " + word(key + "=" + value));
      case Edit.Serve(NetnsId netns, Server server) -> serve(netns, server);
      case Edit.Unserve(NetnsId netns, var port, var transport) -> List.of("unserve " + place(netns)
          + port.map(p -> " " + p + transport.map(t -> "/" + t.word()).orElse("")).orElse(""));
      case Edit.Iptables(NetnsId netns, var family, var command) -> CommandText.of(family, command).stream()
          .map(line -> at(netns, line)).flatMap(List::stream).toList();
      case Edit.RestoreRules(NetnsId netns, var family, var sections, boolean noflush) -> at(netns, hereDocument(
          CommandText.program(family) + "-restore -c" + (noflush ? " --noflush" : ""), CommandText.file(sections)));
      case Edit.Nft(NetnsId netns, var lines) -> at(netns, hereDocument("nft -f -", lines));
      case Edit.Ipset(NetnsId netns, var words) -> at(netns,
          "ipset " + words.stream().map(w -> word(w)).collect(Collectors.joining(" ")));
      case Edit.Ipvs(NetnsId netns, var words) -> at(netns,
          "ipvsadm " + words.stream().map(Commands::word).collect(Collectors.joining(" ")));
      case Edit.ForgetConnections(NetnsId netns, var originals) -> originals.stream()
          .map(t -> at(netns, ConntrackText.deleting(t))).flatMap(List::stream).toList();
      case Edit.UpdateConnections(NetnsId netns, var originals, var update) -> originals.stream()
          .map(t -> at(netns, ConntrackText.updating(t, update))).flatMap(List::stream).toList();
      case Edit.SetWireGuard(DeviceRef link, var change) -> WgConf.commands(word(link.name()), change).stream()
          .map(c -> at(link, c.input().isEmpty() ? c.command() : hereDocument(c.command(), c.input())))
          .flatMap(List::stream).toList();
      case Edit.Ovs(String host, String program, var words, var lines) -> {
        String command = program + " " + words.stream().map(Commands::word).collect(Collectors.joining(" "));
        yield at(NetnsId.root(host), lines.isEmpty() ? command : hereDocument(command, lines));
      }
      case Edit.DrawKey(String host) -> at(NetnsId.root(host), "wg genkey");
      case Edit.WriteFile(String host, String path, var lines, boolean append) -> at(NetnsId.root(host),
          hereDocument("tee " + (append ? "-a " : "") + word(path) + " > /dev/null", lines));
      case Edit.RemoveFile(String host, String path) -> at(NetnsId.root(host), "rm " + word(path));
      case Edit.Sleep(long nanos) -> List.of("sleep "
          + BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString());
      case Edit.Expanded(String command, var _, var _) -> List.of(command);
      case Edit.PutCluster(var cluster) -> List.of("# cluster " + cluster.name() + " is changed");
      case Edit.DropCluster(String name) -> List.of("# cluster " + name + " is forgotten");
      case Edit.PutEngine(String host, var _) -> List.of("# docker on " + host + " keeps this");
      case Edit.Arrange _,Edit.Disarrange _,Edit.PutRemark _,Edit.EraseRemark _,Edit.SaveProbe _,Edit.ForgetProbe _ ->
          List.of();
      case Edit.Restore(String point, var _) -> List.of("# " + point);
      case Edit.Together(List<Edit> edits) -> edits.stream().map(this::lines).flatMap(List::stream).toList();
    };
  }

  /** Words as one line. */
  public static String line(List<String> words) {
    return words.stream().map(Commands::word).collect(Collectors.joining(" "));
  }

  private List<String> serve(NetnsId netns, Server server) {
    String on = server.on().map(a -> " " + a).orElse("");
    return switch (server.program()) {
      case SERVE, DNS, PROXY, FORWARD,
          HEALTH -> List.of("serve " + place(netns) + " " + server.port() + "/" + server.transport().word()
              + server.on().map(a -> " on " + a).orElse("")
              + (server.label().equals(place(netns)) ? "" : " as " + word(server.label()))
              + switch (server.program()) {
                case DNS -> " answering dns";
                case PROXY -> " answering proxy";
                case FORWARD -> " answering forward";
                case HEALTH -> " answering health";
                case SERVE, NC, HTTP -> "";
              });
      case NC -> at(netns, "nc -lk" + (server.transport() == Transport.UDP ? "u" : "") + on + " " + server.port());
      case HTTP -> at(netns, "python3 -m http.server " + server.port() + (on.isEmpty() ? "" : " --bind" + on));
    };
  }

  private List<String> setLink(DeviceRef link, LinkChange change) {
    List<String> words = new ArrayList<>();
    change.netns().ifPresent(n -> words.add("netns " + (n.isRoot() ? "1" : word(n.name()))));
    change.mac().ifPresent(m -> words.add("address " + m));
    change.mtu().ifPresent(m -> words.add("mtu " + m));
    change.name().ifPresent(n -> words.add("name " + word(n)));
    change.master().ifPresent(m -> words.add(m.isEmpty() ? "nomaster" : "master " + word(m)));
    change.up().ifPresent(up -> words.add(up ? "up" : "down"));
    return words.isEmpty() ? List.of() : at(link, "ip link set " + dev(link) + " " + String.join(" ", words));
  }

  private static String named(NewLink link) {
    return (LinkWords.isKeyword(link.ref().name()) ? "name " : "") + word(link.ref().name()) + settings(link);
  }

  /** Where the device below is in another namespace, the command is given there. */
  private List<String> addLink(NewLink link, Optional<DeviceRef> lower, LinkInfo info) {
    NetnsId here = lower.map(DeviceRef::netns)
        .orElse(info instanceof LinkInfo.Tunnel tunnel ? tunnel.outer().home() : link.ref().netns());
    return at(here, "ip link add " + named(link) + lower.map(l -> " link " + word(l.name())).orElse("")
        + netns(here, link.ref().netns()) + type(info));
  }

  private static String type(LinkInfo info) {
    return " type " + info.driver().word() + TypeWords.of(info.driver()).map(w -> w.write(info)).orElse("");
  }

  private static String netns(NetnsId here, NetnsId there) {
    return there.equals(here) ? "" : " netns " + (there.isRoot() ? "1" : word(there.name()));
  }

  private static String peer(NewLink one, NewLink other) {
    return " name " + word(other.ref().name()) + settings(other) + netns(one.ref().netns(), other.ref().netns());
  }

  private static String settings(NewLink link) {
    return Stream.of(link.mac().map(m -> " address " + m), link.mtu().map(m -> " mtu " + m),
        link.index().map(i -> " index " + i)).map(o -> o.orElse("")).reduce("", String::concat)
        + (link.up() ? " up" : "");
  }

  private static String address(NewAddress address) {
    String local = address.peer().map(p -> address.local().address() + " peer " + p + "/" + address.local().length())
        .orElse(address.local().toString());
    return local + address.broadcast().map(b -> " broadcast " + b).orElse("")
        + address.scope().map(s -> " scope " + s.word()).orElse("")
        + address.label().map(l -> " label " + word(l)).orElse("") + (address.noprefixroute() ? " noprefixroute" : "")
        + (address.options().nodad() ? " nodad" : "")
        + address.options().validSeconds().map(s -> " valid_lft " + s).orElse("")
        + address.options().preferredSeconds().map(s -> " preferred_lft " + s).orElse("")
        + (address.options().metric() > 0 ? " metric " + address.options().metric() : "");
  }

  private static String option(IpFamily family) {
    return switch (family) {
      case INET -> "-4 ";
      case INET6 -> "-6 ";
    };
  }

  /** IPv6's routes are written with the option, since "default" and types alone do not tell the family. */
  private static String option(NewRoute route) {
    IpFamily family = route.destination().address().family();
    return family == IpFamily.INET6 ? option(family) : "";
  }

  private static String ruling(IpFamily family) {
    return family == IpFamily.INET ? "ip rule " : "ip -6 rule ";
  }

  private static String verb(RouteMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  /** A device behind {@code ip link set}: with {@code dev} when its name is a key word there. */
  private static String dev(DeviceRef link) {
    return (LinkWords.isKeyword(link.name()) ? "dev " : "") + word(link.name());
  }

  private static String end(DeviceRef card) {
    return word(card.netns().host() + ":" + card.name());
  }

  private String place(NetnsId netns) {
    return word(Places.name(lab, netns));
  }

  static String hereDocument(String command, List<String> input) {
    String end = "EOF";
    while (input.contains(end)) {
      end += "F";
    }
    return command + " <<'" + end + "'\n" + String.join("", input.stream().map(l -> l + "\n").toList()) + end;
  }

  private List<String> at(DeviceRef where, String command) {
    return at(where.netns(), command);
  }

  private List<String> at(NetnsId netns, String command) {
    String host = Places.isFirst(lab, netns.host()) ? "" : "hop on " + word(netns.host()) + " ";
    return List.of(host + (netns.isRoot() ? "" : "ip netns exec " + word(netns.name()) + " ") + command);
  }
}
