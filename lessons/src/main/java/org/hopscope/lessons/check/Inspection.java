package org.hopscope.lessons.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.lab.Trees;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Server;

/** Judges what can be read off a lab without sending anything. */
final class Inspection {
  private Inspection() {
  }

  /** What is the matter; empty when the check holds. */
  static Optional<Cause> problem(Check check, LabState lab) {
    return switch (check) {
      case Check.NetnsExists(Place place) -> in(lab, place, _ -> Optional.empty());
      case Check.DeviceIs(ThingName.OfDevice name, Check.DeviceWish wish) -> on(lab, name,
          device -> DeviceProblem.of(lab, name, device, wish));
      case Check.Joined joined -> in(lab, joined.one(), one -> in(lab, joined.other(),
          other -> lab.devicesOf(one).stream().flatMap(d -> d.peer().stream()).map(lab::device)
              .anyMatch(d -> d.netns().equals(other))
                  ? Optional.empty()
                  : fault(Band.WIRING, joined.one(), "joined.not", joined.one(), joined.other())));
      case Check.HasAddress wanted -> in(lab, wanted.in(), id -> address(lab, id, wanted));
      case Check.HasRoute wanted -> in(lab, wanted.in(), id -> lab.find(id).orElseThrow().inet().main().rows().stream()
          .anyMatch(r -> isWanted(lab, r, wanted))
              ? Optional.empty()
              : fault(Band.ADDRESSES, wanted.in(), "route.not", Words.of(check)));
      case Check.HasNeighbour wanted -> in(lab, wanted.in(), id -> lab.learned().neighbours(id).rows().values()
          .stream().anyMatch(r -> isWanted(lab, r, wanted))
              ? Optional.empty()
              : fault(Band.ADDRESSES, wanted.in(), "neighbour.not", wanted.in(), wanted.address()));
      case Check.HasLearned wanted -> on(lab, wanted.bridge(),
          bridge -> on(lab, wanted.station(), station -> learned(lab, wanted, bridge, station)));
      case Check.SysctlIs(Place place, String key, String value) -> in(lab, place, id -> {
        Optional<String> is = Sysctls.find(lab, id, key).map(String::strip);
        return is.equals(Optional.of(value))
            ? Optional.empty()
            : fault(Band.ADDRESSES, place, is.isPresent() ? "sysctl.other" : "sysctl.absent", key, place,
                is.orElse(""));
      });
      case Check.Listens wanted -> in(lab, wanted.in(), id -> listens(lab, id, wanted));
      case Check.Count count -> count(lab, count);
      case Check.Shows shows -> in(lab, shows.in(), id -> Reading.problem(lab, id, shows));
      case Check.Reach _,Check.NoReach _,Check.SharedAmong _,Check.RuleHit _,Check.Carries _,Check.After _,Check.AnyOf _,Check.AllOf _,Check.Not _,Check.Kept _,Check.Predicted _,Check.Answered _,Check.Watched _ ->
          throw new IllegalArgumentException("not a matter of reading: " + check);
    };
  }

  /** The band in which a check lies that holds. */
  static Band band(Check check) {
    return switch (check) {
      case Check.NetnsExists _ -> Band.EXISTENCE;
      case Check.DeviceIs(var _, Check.DeviceWish wish) -> wish.equals(Check.DeviceWish.THERE)
          ? Band.EXISTENCE
          : Band.WIRING;
      case Check.Joined _ -> Band.WIRING;
      case Check.Listens _ -> Band.EXISTENCE;
      case Check.Count count -> switch (count.of()) {
        case NAMESPACES, DEVICES -> Band.EXISTENCE;
        case PORTS -> Band.WIRING;
        case ROUTES, NEIGHBOURS, LEARNED -> Band.ADDRESSES;
        case CONNECTIONS -> Band.POLICY;
      };
      case Check.HasAddress _,Check.HasRoute _,Check.HasNeighbour _,Check.HasLearned _,Check.SysctlIs _ ->
          Band.ADDRESSES;
      case Check.Reach _,Check.NoReach _,Check.SharedAmong _ -> Band.REACHABILITY;
      case Check.Shows _,Check.RuleHit _,Check.Carries _,Check.After _,Check.AnyOf _,Check.AllOf _,Check.Not _,Check.Kept _,Check.Predicted _,Check.Answered _,Check.Watched _ ->
          Band.POLICY;
    };
  }

  static Optional<Cause> fault(Band band, Place place, String key, Object... gaps) {
    return Optional.of(Cause.of(band, new ThingName.OfNetns(place), key, gaps));
  }

  private static Optional<Cause> in(LabState lab, Place place, Function<NetnsId, Optional<Cause>> then) {
    return place.find(lab).map(then).orElseGet(() -> Optional.of(Cause.absent(place)));
  }

  private static Optional<Cause> on(LabState lab, ThingName.OfDevice name, Function<Device, Optional<Cause>> then) {
    return in(lab, name.place(), _ -> name.find(lab).map(then).orElseGet(() -> Optional.of(Cause.absent(name))));
  }

  private static Optional<Cause> address(LabState lab, NetnsId id, Check.HasAddress wanted) {
    List<Device> holders = lab.devicesOf(id).stream()
        .filter(d -> d.addresses().stream().anyMatch(a -> a.local().equals(wanted.address()))).toList();
    if (holders.stream().anyMatch(d -> wanted.device().map(d.name()::equals).orElse(true))) {
      return Optional.empty();
    }
    return holders.isEmpty()
        ? fault(Band.ADDRESSES, wanted.in(), "address.not", wanted.in(), wanted.address())
        : fault(Band.ADDRESSES, wanted.in(), "address.elsewhere", wanted.address(), wanted.in(),
            holders.getFirst().name());
  }

  private static boolean isWanted(LabState lab, Route route, Check.HasRoute wanted) {
    Optional<Device> device = route.device().map(lab::device);
    return route.destination().equals(wanted.to())
        && wanted.via().map(v -> route.via().equals(Optional.of(v))).orElse(true)
        && wanted.device().map(n -> device.map(d -> d.name().equals(n)).orElse(false)).orElse(true)
        && wanted.linkdown().map(l -> device.map(d -> l != Links.hasCarrier(lab, d)).orElse(false)).orElse(true);
  }

  private static boolean isWanted(LabState lab, Neighbour row, Check.HasNeighbour wanted) {
    Neighbour.State state = state(lab, row);
    return row.key().address().equals(wanted.address()) && wanted.state().map(s -> state == s).orElse(state.isValid());
  }

  /** The state a row is in now, whatever it was last put into. */
  private static Neighbour.State state(LabState lab, Neighbour row) {
    return row.stateAt(lab.now(),
        Sysctls.neighbourTiming(lab, lab.device(row.key().device()), row.key().address().family()));
  }

  private static Optional<Cause> learned(LabState lab, Check.HasLearned wanted, Device bridge, Device station) {
    Optional<FdbEntry> row = lab.learned().fdb(bridge.id()).find(Links.macOf(lab, station))
        .filter(r -> isFresh(lab, bridge, r));
    Optional<String> port = row.map(r -> lab.device(r.device()).name());
    if (row.isEmpty()) {
      return Optional
          .of(Cause.of(Band.ADDRESSES, wanted.bridge(), "learned.not", bridge.name(), wanted.station()));
    }
    return wanted.port().map(p -> port.equals(Optional.of(p))).orElse(true)
        ? Optional.empty()
        : Optional.of(Cause.of(Band.ADDRESSES, wanted.bridge(), "learned.elsewhere", bridge.name(), wanted.station(),
            port.orElseThrow()));
  }

  private static boolean isFresh(LabState lab, Device bridge, FdbEntry row) {
    return lab.devices().containsKey(row.device()) && row.kind() != FdbEntry.Kind.LOCAL && bridge.isBridge()
        && !Trees.isAged(lab, bridge, row);
  }

  private static Optional<Cause> listens(LabState lab, NetnsId id, Check.Listens wanted) {
    List<Server> there = lab.find(id).orElseThrow().servers().stream()
        .filter(s -> s.port().equals(wanted.port()) && s.transport() == wanted.transport()).toList();
    ProbeSpec.Socket socket = new ProbeSpec.Socket(wanted.transport(), wanted.port());
    if (there.isEmpty()) {
      return fault(Band.EXISTENCE, wanted.in(), "server.absent", socket, wanted.in());
    }
    boolean right = wanted.on().map(a -> there.stream().anyMatch(s -> s.on().filter(o -> !o.isUnspecified())
        .equals(Optional.of(a).filter(o -> !o.isUnspecified())))).orElse(true);
    Optional<IpAddress> on = there.getFirst().on().filter(o -> !o.isUnspecified());
    return right
        ? Optional.empty()
        : on.flatMap(o -> fault(Band.ADDRESSES, wanted.in(), "server.elsewhere", socket, wanted.in(), o))
            .or(() -> fault(Band.ADDRESSES, wanted.in(), "server.everywhere", socket, wanted.in()));
  }

  private static Optional<Cause> count(LabState lab, Check.Count count) {
    Place place = count.in().place();
    return switch (count.of()) {
      case NAMESPACES -> in(lab, place, id -> verdict(count, lab.netnsOf(id.host()).size() - 1));
      case DEVICES -> in(lab, place, id -> verdict(count, lab.devicesOf(id).size()));
      case ROUTES -> in(lab, place, id -> verdict(count, lab.find(id).orElseThrow().inet().main().rows().size()));
      case NEIGHBOURS -> in(lab, place, id -> verdict(count, (int) lab.learned().neighbours(id).rows().values()
          .stream().filter(r -> state(lab, r).isValid()).count()));
      case CONNECTIONS ->
          in(lab, place, id -> verdict(count, (int) lab.learned().netfilter(id).conntrack().connections()
              .values().stream().filter(c -> c.livesAt(lab.now().nanos())).count()));
      case PORTS -> bridge(lab, count, bridge -> lab.portsOf(bridge.id()).size());
      case LEARNED -> bridge(lab, count, bridge -> (int) lab.learned().fdb(bridge.id()).present().stream()
          .filter(r -> isFresh(lab, bridge, r)).count());
    };
  }

  private static Optional<Cause> bridge(LabState lab, Check.Count count, Function<Device, Integer> number) {
    return switch (count.in()) {
      case ThingName.OfDevice name -> on(lab, name, device -> verdict(count, number.apply(device)));
      case ThingName.OfNetns(Place place) -> fault(Band.EXISTENCE, place, "device.unnamed", place);
    };
  }

  private static Optional<Cause> verdict(Check.Count count, int number) {
    return number >= count.atLeast() && count.atMost().map(m -> number <= m).orElse(true)
        ? Optional.empty()
        : Optional.of(Cause.of(band(count), count.in(), "count.other", Words.counted(count.of()), count.in(), number));
  }
}
