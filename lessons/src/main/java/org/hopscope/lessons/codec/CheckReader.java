package org.hopscope.lessons.codec;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.lessons.check.Check;
import org.hopscope.lessons.check.Observation;
import org.hopscope.lessons.check.PacketProperty;
import org.hopscope.lessons.check.Place;
import org.hopscope.lessons.check.ProbeOutcome;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.check.ServiceName;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.codec.Fields;
import org.hopscope.model.codec.Json;
import org.hopscope.model.codec.MalformedException;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.Neighbour;

/** Reads the check language: each check is an object with one field, whose name is the kind of check. */
final class CheckReader {
  private static final String PROBE = "a probe such as \"netns1 -> 10.1.1.2\" or \"a -> b:80/tcp\"";
  private static final String PLACE = "a place such as \"netns1\", \"h2/netns1\" or \"@host\"";
  private static final String DEVICE = "a device such as \"netns1:veth1\" or \"@host:br0\"";
  private static final String ADDRESS = "an address";

  private CheckReader() {
  }

  static Check read(Json value) throws MalformedException {
    return Fields.object(value, check -> {
      List<String> kinds = value instanceof Json.Obj(var _, var fields) ? List.copyOf(fields.keySet()) : List.of();
      if (kinds.size() != 1) {
        throw new MalformedException(value.place(), "a check has one field, its kind; here there are " + kinds.size());
      }
      return read(kinds.getFirst(), check.required(kinds.getFirst()));
    });
  }

  private static Check read(String kind, Json what) throws MalformedException {
    return switch (kind) {
      case "netns" -> new Check.NetnsExists(Fields.parsed(what, PLACE, Place::parse));
      case "joined" -> joined(what);
      case "any" -> new Check.AnyOf(several(what));
      case "all" -> new Check.AllOf(several(what));
      case "not" -> new Check.Not(read(what));
      case "predicted" -> new Check.Predicted(Fields.text(what), false);
      case "predicted-right" -> new Check.Predicted(Fields.text(what), true);
      case "quiz" -> new Check.Answered(Fields.text(what));
      case "reach", "no-reach", "shared", "device", "address", "route", "neighbour", "learned", "sysctl", "server",
          "count",
          "watched", "shows", "after", "rule-hit", "packet", "kept" ->
          Fields.object(what, fields -> fields(kind, fields));
      default -> throw new MalformedException(what.place(), "\"" + kind + "\" is not a kind of check; there are "
          + CheckKind.all().stream().map(CheckKind::name).sorted().collect(Collectors.joining(", ")));
    };
  }

  private static Check fields(String kind, Fields f) throws MalformedException {
    return switch (kind) {
      case "reach" -> new Check.Reach(probe(f), f.optional("answered-by", Fields::text),
          f.optionalParsed("source-seen", ADDRESS, IpAddress::parse), way(f));
      case "no-reach" -> new Check.NoReach(probe(f), outcomes(f, "because"), way(f));
      case "shared" -> new Check.SharedAmong(portProbe(f), Parts.values(f, "among", Fields::text),
          f.optionalParsed("source-seen", ADDRESS, IpAddress::parse));
      case "device" -> new Check.DeviceIs(device(f, "name"), wish(f));
      case "address" -> new Check.HasAddress(place(f), f.optional("device", Fields::text),
          f.parsed("address", "an address with a length", InterfaceAddress::parse));
      case "route" -> new Check.HasRoute(place(f), f.parsed("to", "a destination", CheckReader::destination),
          f.optionalParsed("via", ADDRESS, IpAddress::parse), f.optional("device", Fields::text),
          f.optional("linkdown", Fields::flag));
      case "neighbour" -> new Check.HasNeighbour(place(f), f.parsed("address", ADDRESS, IpAddress::parse),
          f.optionalParsed("state", "a neighbour state", Enums.word(Neighbour.State.values())));
      case "learned" ->
          new Check.HasLearned(device(f, "bridge"), device(f, "station"), f.optional("port", Fields::text));
      case "sysctl" -> new Check.SysctlIs(place(f), f.text("key"), f.text("value"));
      case "server" -> server(f);
      case "count" -> count(f);
      case "shows" -> shows(f);
      case "after" -> new Check.After(f.number("seconds", 1, 86_400), read(f.required("check")));
      case "rule-hit" -> new Check.RuleHit(probe(f), place(f), f.optional("table", Fields::text),
          f.optional("chain", Fields::text), Parts.values(f, "words", Fields::text),
          f.optionalParsed("for", "a Service such as \"svc:default/web\"", ServiceName::parse));
      case "packet" -> packet(f);
      case "kept" -> new Check.Kept(texts(f, "gone"), texts(f, "back"),
          f.has("room") ? f.number("room", 0, 1000) : Check.Kept.USUAL);
      default -> watched(f);
    };
  }

  private static List<String> texts(Fields f, String name) throws MalformedException {
    return f.has(name) ? Parts.values(f, name, Fields::text) : List.of();
  }

  /** What a command shows, as it stands behind the word {@code shows}. */
  static Check.Shows shows(Json what) throws MalformedException {
    return Fields.object(what, CheckReader::shows);
  }

  private static Check.Shows shows(Fields f) throws MalformedException {
    return new Check.Shows(place(f), f.text("command"), Parts.values(f, "words", Fields::text),
        f.has("at-least") ? f.number("at-least", 1, 100_000) : 1);
  }

  private static Check joined(Json what) throws MalformedException {
    List<Place> places = Parts.each(what, value -> Fields.parsed(value, PLACE, Place::parse));
    if (places.size() != 2) {
      throw new MalformedException(what.place(), "two places can be joined, not " + places.size());
    }
    return new Check.Joined(places.getFirst(), places.getLast());
  }

  private static List<Check> several(Json what) throws MalformedException {
    List<Check> checks = Parts.each(what, CheckReader::read);
    if (checks.isEmpty()) {
      throw new MalformedException(what.place(), "there are no checks in the list");
    }
    return checks;
  }

  private static Check.DeviceWish wish(Fields f) throws MalformedException {
    return new Check.DeviceWish(f.optional("up", Fields::flag),
        f.optionalParsed("state", "an operational state", Enums.word(Links.OperState.values())),
        f.optional("kind", Fields::text),
        f.optional("mtu", value -> (int) Fields.whole(value, 68, 65536)), f.optionalParsed("peer", PLACE, Place::parse),
        f.optional("master", Fields::text));
  }

  private static Check server(Fields f) throws MalformedException {
    ProbeSpec.Socket socket = f.parsed("listens", "a port such as \"80/tcp\"", ProbeSpec.Socket::parse);
    return new Check.Listens(place(f), socket.port(), socket.transport(),
        f.optionalParsed("on", ADDRESS, IpAddress::parse));
  }

  private static Check count(Fields f) throws MalformedException {
    Check.Counted of = f.parsed("of", "something that can be counted", Enums.word(Check.Counted.values()));
    ThingName in = f.parsed("in", "a place or a device", ThingName::parse);
    return new Check.Count(of, in, f.number("at-least", 0, 100_000),
        f.optional("at-most", value -> (int) Fields.whole(value, 0, 100_000)));
  }

  private static Check packet(Fields f) throws MalformedException {
    Map<PacketProperty, String> wish = new EnumMap<>(PacketProperty.class);
    for (PacketProperty property : PacketProperty.values()) {
      f.optional(property.word(), Fields::text).ifPresent(value -> wish.put(property, value));
    }
    if (wish.isEmpty()) {
      throw new MalformedException(f.place(), "a packet check names a property: " + PacketProperty.all());
    }
    return new Check.Carries(probe(f), f.parsed("at", "a place or a device", ThingName::parse), wish);
  }

  private static Check watched(Fields f) throws MalformedException {
    return new Check.Watched(probe(f), outcomes(f, "outcome"), marks(f, "marks"));
  }

  private static Check.Way way(Fields f) throws MalformedException {
    return new Check.Way(marks(f, "marks"), marks(f, "without"), f.has("through")
        ? Parts.values(f, "through", value -> Fields.parsed(value, PLACE, Place::parse))
        : List.of());
  }

  private static Set<Observation.Mark> marks(Fields f, String name) throws MalformedException {
    return Set.copyOf(f.has(name)
        ? Parts.values(f, name, item -> Fields.parsed(item, "a mark", Enums.word(Observation.Mark.values())))
        : List.of());
  }

  private static Set<ProbeOutcome> outcomes(Fields f, String name) throws MalformedException {
    return f.optional(name, CheckReader::outcomes).orElse(Set.of());
  }

  /** One outcome, or a list of them. */
  static Set<ProbeOutcome> outcomes(Json value) throws MalformedException {
    Fields.Reader<ProbeOutcome> one = item -> Fields.parsed(item, "an outcome", ProbeOutcome::parse);
    return Set.copyOf(value instanceof Json.Arr ? Parts.each(value, one) : List.of(one.read(value)));
  }

  private static ProbeSpec probe(Fields f) throws MalformedException {
    return f.parsed("probe", PROBE, ProbeSpec::parse);
  }

  private static ProbeSpec portProbe(Fields f) throws MalformedException {
    return f.parsed("probe", "a probe with a port", t -> ProbeSpec.parse(t).filter(p -> p.socket().isPresent()));
  }

  private static Place place(Fields f) throws MalformedException {
    return f.parsed("in", PLACE, Place::parse);
  }

  private static ThingName.OfDevice device(Fields f, String name) throws MalformedException {
    return f.parsed(name, DEVICE, ThingName.OfDevice::parse);
  }

  private static Optional<IpPrefix> destination(String text) {
    return text.equals("default") ? IpPrefix.parse("0.0.0.0/0") : IpPrefix.parse(text);
  }
}
