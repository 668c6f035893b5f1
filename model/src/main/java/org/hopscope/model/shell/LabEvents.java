package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;

/**
 * What the kernel tells its listeners (rtnetlink(7)) of the difference between two states of a namespace: what went and what came
 * or changed, and not what was between them.
 */
final class LabEvents {
  private final LabState before;
  private final LabState after;
  private final NetnsId at;
  private final IpProgram.Options options;
  private final Listener listener;
  private final List<Event> events = new ArrayList<>();

  /** What an event is about, with the word in front of it. */
  enum Kind {
    LINK("link", "[LINK]"), ADDRESS("address", "[ADDR]"), ROUTE("route", "[ROUTE]"), NEIGHBOUR("neigh", "[NEIGH]"),
    RULE("rule", "[RULE]");

    private final String word;
    private final String label;

    Kind(String word, String label) {
      this.word = word;
      this.label = label;
    }

    String word() {
      return word;
    }

    String label() {
      return label;
    }
  }

  /**
   * One event.
   *
   * @param device whom it is about, if it is about one device
   * @param lines as {@code ip monitor} writes it, {@code Deleted} included
   */
  record Event(Kind kind, Optional<DeviceId> device, List<String> lines) {
  }

  /**
   * Who listens.
   *
   * @param named whether other namespaces are told by name: only who listens to their numbers too knows them
   * @param ofDevice whether it is about one device, which is then not said
   */
  record Listener(boolean named, boolean ofDevice) {
  }

  private LabEvents(LabState before, LabState after, NetnsId at, IpProgram.Options options, Listener listener) {
    this.before = before;
    this.after = after;
    this.at = at;
    this.options = options;
    this.listener = listener;
  }

  /**
   * The events of a namespace from state to state, in the order of the kernel where that follows from what they are about.
   *
   * @param states the states, oldest first
   */
  static List<Event> through(List<LabState> states, NetnsId at, IpProgram.Options options, Listener listener) {
    List<Event> all = new ArrayList<>();
    for (int i = 1; i < states.size(); i++) {
      LabEvents one = new LabEvents(states.get(i - 1), states.get(i), at, options, listener);
      if (one.before.find(at).isPresent() && one.after.find(at).isPresent()) {
        one.tell();
      }
      all.addAll(one.events);
    }
    return all;
  }

  private void tell() {
    Map<DeviceId, Device> old = devices(before);
    Map<DeviceId, Device> now = devices(after);
    old.values().stream().filter(d -> d.isUp() && !now.containsKey(d.id()))
        .forEach(d -> add(Kind.LINK, Optional.of(d.id()), false, off(d, false)));
    now.values().forEach(d -> link(Optional.ofNullable(old.get(d.id())), d));
    neighboursGone();
    for (IpFamily family : IpFamily.values()) {
      if (options.shows(family)) {
        old.values().forEach(d -> gone(addresses(before, d, family), now.containsKey(d.id())
            ? addresses(after, now.get(d.id()), family)
            : Map.of(), d));
        routesGone(family);
      }
    }
    for (IpFamily family : IpFamily.values()) {
      if (options.shows(family)) {
        List<Answer.Routes.Row> fresh = without(routes(after, family), routes(before, family));
        boolean six = family == IpFamily.INET6;
        tell(after, fresh.stream().filter(r -> six && !isLocal(r.route())).toList(), false);
        now.values().forEach(d -> fresh(old.containsKey(d.id()) ? addresses(before, old.get(d.id()), family) : Map.of(),
            addresses(after, d, family), d));
        tell(after, fresh.stream().filter(r -> !six || isLocal(r.route())).toList(), false);
        rules(family);
      }
    }
    neighboursNew();
    old.values().stream().filter(d -> !now.containsKey(d.id())).forEach(this::linkGone);
  }

  private Map<DeviceId, Device> devices(LabState lab) {
    Map<DeviceId, Device> all = new LinkedHashMap<>();
    lab.devicesOf(at).forEach(d -> all.put(d.id(), d));
    return all;
  }

  private void add(Kind kind, Optional<DeviceId> device, boolean gone, List<String> lines) {
    List<String> whole = new ArrayList<>(lines);
    if (gone) {
      whole.set(0, "Deleted " + whole.getFirst());
    }
    events.add(new Event(kind, device, whole));
  }

  /** Of a pair, one is there first and has no far end yet. */
  private void link(Optional<Device> old, Device now) {
    List<String> lines = LinkText.event(after, options, now, listener.named());
    boolean first =
        old.isEmpty() && now.peer().filter(p -> !before.devices().containsKey(p) && p.number() > now.id().number())
            .isPresent();
    if (first) {
      add(Kind.LINK, Optional.of(now.id()), false, alone(lines));
      return;
    }
    boolean same = old.filter(o -> o.link().traits().equals(now.link().traits()) && o.kind().equals(now.kind())
        && ofItself(LinkText.event(before, options, o, listener.named())).equals(ofItself(lines))).isPresent();
    if (!same) {
      add(Kind.LINK, Optional.of(now.id()), false, lines);
    }
  }

  /** One that moves says where to. */
  private void linkGone(Device old) {
    List<String> lines = new ArrayList<>(off(old, true));
    Optional.ofNullable(after.devices().get(old.id()))
        .ifPresent(d -> lines.set(lines.size() - 1,
            lines.getLast() + " new-" + LinkText.netns(after, at, d.netns(), listener.named())
                + " new-ifindex " + d.place().ifindex()));
    add(Kind.LINK, Optional.of(old.id()), true, lines);
  }

  /** What is told of a device that is switched off before it goes; the far end of one that is deleted is gone by then. */
  private List<String> off(Device old, boolean last) {
    boolean alone = old.kind() instanceof DeviceKind.Veth && !after.devices().containsKey(old.id());
    List<String> lines = LinkText.off(before, options, old, listener.named(), last);
    return alone ? alone(lines) : lines;
  }

  /** Without what is told of the device that it hangs together with. */
  private static List<String> ofItself(List<String> lines) {
    return alone(lines).stream().map(l -> l.replaceFirst("@NONE:", ":")).toList();
  }

  private static List<String> alone(List<String> lines) {
    List<String> all = new ArrayList<>(lines);
    all.set(0, all.getFirst().replaceFirst("@[^:]*:", "@NONE:").replace(",M-DOWN>", ">"));
    all.set(1, all.get(1).replaceFirst(" link-netns.*", ""));
    return all;
  }

  /** What is told of each address, by the address. */
  private Map<String, List<String>> addresses(LabState lab, Device device, IpFamily family) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    LinkText.eachAddress(lab, options.of(Optional.of(family)), device)
        .forEach(lines -> all.put(lines.getFirst().strip().split(" ", 3)[1], lines));
    return all;
  }

  private void gone(Map<String, List<String>> old, Map<String, List<String>> now, Device device) {
    old.forEach((address, lines) -> {
      if (!now.containsKey(address)) {
        add(Kind.ADDRESS, Optional.of(device.id()), true, headed(device, lines));
      }
    });
  }

  private void fresh(Map<String, List<String>> old, Map<String, List<String>> now, Device device) {
    now.forEach((address, lines) -> {
      if (!old.containsKey(address) || !old.get(address).getFirst().equals(lines.getFirst())) {
        add(Kind.ADDRESS, Optional.of(device.id()), false, headed(device, lines));
      }
    });
  }

  private static List<String> headed(Device device, List<String> lines) {
    List<String> all = new ArrayList<>(lines);
    all.set(0, device.place().ifindex() + ": " + device.name() + all.getFirst());
    return all;
  }

  /** Rows without what follows from the state of devices. */
  private List<Answer.Routes.Row> routes(LabState lab, IpFamily family) {
    List<Answer.Routes.Row> all = new ArrayList<>();
    lab.find(at).map(n -> n.tables(family))
        .ifPresent(tables -> tables.byNumber().forEach((number, table) -> table.rows()
            .forEach(r -> all.add(new Answer.Routes.Row(number, r.mapHops(h -> h.withDead(false)))))));
    return all;
  }

  private static List<Answer.Routes.Row> without(List<Answer.Routes.Row> all, List<Answer.Routes.Row> known) {
    List<Answer.Routes.Row> rest = new ArrayList<>(all);
    known.forEach(rest::remove);
    return rest;
  }

  /** The kernel's own rows by the address that they are for, then the others. */
  private void tell(LabState lab, List<Answer.Routes.Row> rows, boolean gone) {
    List<IpAddress> addresses = lab.devicesOf(at).stream().flatMap(d -> d.addresses().stream())
        .<IpAddress>map(AssignedAddress::address).toList();
    rows.stream().sorted(Comparator.comparingInt((Answer.Routes.Row r) -> !isKernels(r.route()) ? Integer.MAX_VALUE
        : r.route().prefSrc().map(addresses::indexOf).orElse(-1))
        .thenComparingInt(r -> gone ? rankGone(r.route()) : rank(r.route()))).forEach(r -> {
          Set<String> hidden = new HashSet<>(listener.ofDevice() ? Set.of("dev") : Set.of());
          hidden.addAll(r.table() == Netns.MAIN ? Set.of("table") : Set.of());
          add(Kind.ROUTE, r.route().device(), gone, RouteText.of(lab, List.of(r), hidden, options));
        });
  }

  /** Which comes first of the rows that an address brings (fib_add_ifaddr, addrconf_add_dev). */
  private int rank(Route row) {
    return switch (row.type()) {
      case LOCAL -> row.destination().isHost() ? 0 : 1;
      case BROADCAST -> isSet(row) ? 2 : 4;
      case MULTICAST -> 0;
      default -> 3;
    };
  }

  /** Which goes first: IPv6's local row, and the other ones of IPv4 (fib_del_ifaddr, ipv6_del_addr). */
  private static int rankGone(Route row) {
    boolean six = row.destination().address().family() == IpFamily.INET6;
    return isLocal(row) == six ? 0 : 1;
  }

  /** Whether an address says that this is its broadcast. */
  private boolean isSet(Route row) {
    return after.devicesOf(at).stream().flatMap(d -> d.addresses().stream())
        .anyMatch(a -> a.broadcast().filter(b -> b.equals(row.destination().address())).isPresent());
  }

  /** A row that another one takes the place of is not told. */
  private void routesGone(IpFamily family) {
    List<Answer.Routes.Row> old = routes(before, family);
    List<Answer.Routes.Row> now = routes(after, family);
    List<Answer.Routes.Row> fresh = without(now, old);
    tell(before, without(old, now).stream()
        .filter(r -> fresh.stream().noneMatch(f -> f.table() == r.table()
            && f.route().destination().equals(r.route().destination()) && f.route().metric() == r.route().metric()))
        .filter(r -> family == IpFamily.INET6 || isTold(r.route())).toList(), true);
  }

  private static boolean isLocal(Route row) {
    return row.type() == RouteType.LOCAL;
  }

  private static boolean isKernels(Route row) {
    return row.origin().protocol().equals(RouteProtocol.KERNEL);
  }

  /**
   * IPv4's rows go without a word when their device goes down, and when its last address does, but for those that the kernel
   * made of it (net/ipv4/fib_frontend.c fib_del_ifaddr; fib_flush tells nobody).
   */
  private boolean isTold(Route row) {
    return isLocal(row) || row.hops().stream().allMatch(h -> up(after, h.device())
        && (isKernels(row) || !after.device(h.device()).addresses().isEmpty()));
  }

  private boolean up(LabState lab, DeviceId id) {
    return Optional.ofNullable(lab.devices().get(id)).filter(d -> d.netns().equals(at) && d.isUp()).isPresent();
  }

  private void rules(IpFamily family) {
    List<PolicyRule> old = rulesOf(before, family);
    List<PolicyRule> now = rulesOf(after, family);
    old.stream().filter(r -> !now.contains(r)).forEach(r -> rule(before, r, true));
    now.stream().filter(r -> !old.contains(r)).forEach(r -> rule(after, r, false));
  }

  private List<PolicyRule> rulesOf(LabState lab, IpFamily family) {
    return lab.find(at).map(n -> List.copyOf(n.tables(family).rules().rows())).orElse(List.of());
  }

  private void rule(LabState lab, PolicyRule rule, boolean gone) {
    add(Kind.RULE, Optional.empty(), gone, List.of(RuleText.line(rule, options.details(),
        name -> lab.devicesOf(at).stream().anyMatch(d -> d.name().equals(name)))));
  }

  private Map<Neighbour.Key, Neighbour> neighbours(LabState lab) {
    Map<Neighbour.Key, Neighbour> all = new LinkedHashMap<>();
    NeighbourText.now(lab, at).stream().filter(r -> options.shows(r.key().address().family()))
        .forEach(r -> all.put(r.key(), r));
    return all;
  }

  /** One that a command takes away counts as failed first; with its device's switch or address it goes as it is. */
  private void neighboursGone() {
    Map<Neighbour.Key, Neighbour> now = neighbours(after);
    neighbours(before).forEach((key, row) -> {
      if (now.containsKey(key) || row.state() == Neighbour.State.INCOMPLETE) {
        return;
      }
      boolean flushed = !up(after, key.device()) || !Links.hasCarrier(after, after.device(key.device()))
          || !before.device(key.device()).link().mac().equals(after.device(key.device()).link().mac());
      Neighbour last = flushed ? row
          : new Neighbour(key, Optional.empty(), Neighbour.State.FAILED, row.confirmed(), row.updated(), row.flags());
      if (!flushed && row.state() != Neighbour.State.FAILED) {
        neighbour(before, last, false);
      }
      neighbour(before, last, true);
    });
  }

  private void neighboursNew() {
    Map<Neighbour.Key, Neighbour> old = new HashMap<>(neighbours(before));
    neighbours(after).forEach((key, row) -> {
      Optional<Neighbour> known = Optional.ofNullable(old.get(key));
      boolean same = known.filter(k -> k.state() == row.state() && k.mac().equals(row.mac())
          && k.flags().equals(row.flags())).isPresent();
      switch (row.state()) {
        // Nobody is told that it is doubted (kernel __neigh_event_send); before that it was there.
        case DELAY -> {
          if (known.isEmpty()) {
            neighbour(after, row.withState(Neighbour.State.STALE), false);
          }
        }
        case INCOMPLETE -> {
        }
        case REACHABLE, STALE, PROBE, FAILED, PERMANENT, NOARP -> {
          if (!same) {
            neighbour(after, row, false);
          }
        }
      }
    });
  }

  private void neighbour(LabState lab, Neighbour row, boolean gone) {
    add(Kind.NEIGHBOUR, Optional.of(row.key().device()), gone,
        NeighbourText.of(lab, List.of(row), listener.ofDevice()));
  }
}
