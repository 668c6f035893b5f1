package org.hopscope.lessons.codec;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.lessons.check.Check;
import org.hopscope.lessons.check.Observation;
import org.hopscope.lessons.check.Place;
import org.hopscope.lessons.check.ProbeOutcome;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.Neighbour;

/** Reads the check language: each check is an object with one field, whose name is the kind of check. */
final class CheckReader {
  private static final String PROBE = "a probe such as \"netns1 -> 10.1.1.2\" or \"a -> b:80/tcp\"";
  private static final String PLACE = "a place such as \"netns1\", \"h2/netns1\" or \"@host\"";
  private static final String DEVICE = "a device such as \"netns1:veth1\" or \"@host:br0\"";
  private static final String ADDRESS = "an address";
  private final String file;

  CheckReader(String file) {
    this.file = file;
  }

  Check read(Json value) throws MalformedException {
    Fields check = Fields.of(file, value);
    if (check.names().size() != 1) {
      throw check.malformed("a check has one field, its kind; here there are " + check.names().size());
    }
    String kind = check.names().iterator().next();
    Json what = check.required(kind);
    return switch (kind) {
      case "netns" -> new Check.NetnsExists(check.parsed(what, PLACE, Place::parse));
      case "joined" -> joined(check, what);
      case "any" -> new Check.AnyOf(several(check, what));
      case "all" -> new Check.AllOf(several(check, what));
      case "not" -> new Check.Not(read(what));
      case "predicted" -> new Check.Predicted(check.text(what), false);
      case "predicted-right" -> new Check.Predicted(check.text(what), true);
      case "reach", "no-reach", "device", "address", "route", "neighbour", "learned", "sysctl", "server", "count",
          "watched" -> {
        Fields fields = Fields.of(file, what);
        Check read = fields(kind, fields);
        fields.close();
        yield read;
      }
      default -> throw check.malformed("\"" + kind + "\" is not a kind of check");
    };
  }

  private Check fields(String kind, Fields f) throws MalformedException {
    return switch (kind) {
      case "reach" -> new Check.Reach(probe(f), f.optional("answered-by", f::text),
          f.optionalParsed("source-seen", ADDRESS, IpAddress::parse));
      case "no-reach" -> new Check.NoReach(probe(f), outcomes(f, "because"));
      case "device" -> new Check.DeviceIs(device(f, "name"), wish(f));
      case "address" -> new Check.HasAddress(place(f), f.optional("device", f::text),
          f.parsed("address", "an address with a length", InterfaceAddress::parse));
      case "route" -> new Check.HasRoute(place(f), f.parsed("to", "a destination", CheckReader::destination),
          f.optionalParsed("via", ADDRESS, IpAddress::parse), f.optional("device", f::text),
          f.optional("linkdown", f::flag));
      case "neighbour" -> new Check.HasNeighbour(place(f), f.parsed("address", ADDRESS, IpAddress::parse),
          f.optionalParsed("state", "a neighbour state", Enums.word(Neighbour.State.values())));
      case "learned" -> new Check.HasLearned(device(f, "bridge"), device(f, "station"), f.optional("port", f::text));
      case "sysctl" -> new Check.SysctlIs(place(f), f.text("key"), f.text("value"));
      case "server" -> server(f);
      case "count" -> count(f);
      default -> watched(f);
    };
  }

  private Check joined(Fields check, Json what) throws MalformedException {
    List<Place> places = check.list(what, value -> check.parsed(value, PLACE, Place::parse));
    if (places.size() != 2) {
      throw check.malformed("two places can be joined, not " + places.size());
    }
    return new Check.Joined(places.getFirst(), places.getLast());
  }

  private List<Check> several(Fields check, Json what) throws MalformedException {
    List<Check> checks = check.list(what, this::read);
    if (checks.isEmpty()) {
      throw check.malformed("there are no checks in the list");
    }
    return checks;
  }

  private static Check.DeviceWish wish(Fields f) throws MalformedException {
    return new Check.DeviceWish(f.optional("up", f::flag),
        f.optionalParsed("state", "an operational state", Enums.word(Links.OperState.values())),
        f.optional("kind", f::text),
        f.optional("mtu", value -> f.number(value, 68, 65536)), f.optionalParsed("peer", PLACE, Place::parse),
        f.optional("master", f::text));
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
        f.optional("at-most", value -> f.number(value, 0, 100_000)));
  }

  private static Check watched(Fields f) throws MalformedException {
    return new Check.Watched(probe(f), outcomes(f, "outcome"),
        Set.copyOf(f.optional("marks", value -> f.list(value,
            item -> f.parsed(item, "a mark", Enums.word(Observation.Mark.values())))).orElse(List.of())));
  }

  /** One outcome, or a list of them. */
  private static Set<ProbeOutcome> outcomes(Fields f, String name) throws MalformedException {
    Fields.Reader<ProbeOutcome> one = value -> f.parsed(value, "an outcome", ProbeOutcome::parse);
    return Set.copyOf(f.optional(name, value -> value instanceof Json.Arr
        ? f.list(value, one)
        : List.of(one.read(value))).orElse(List.of()));
  }

  private static ProbeSpec probe(Fields f) throws MalformedException {
    return f.parsed("probe", PROBE, ProbeSpec::parse);
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
