package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Inet6;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.Inet6Address.Detection;
import org.hopscope.model.net.Inet6Address.Traits;
import org.hopscope.model.net.Lifetime;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.TreePVector;

/** What a device has of IPv6, in a lab file. What a random hardware address gave does not make two labs different. */
final class Inet6Codec {
  private Inet6Codec() {
  }

  /** Empty for a device that has nothing yet: most of those that are switched off. */
  static Optional<JsonObject> write(LabState lab, Device device, boolean canonical) {
    JsonObject object = new JsonObject();
    if (device.inet6().state() != Inet6.State.IDLE) {
      object.addProperty("state", Words.of(device.inet6().state()));
    }
    JsonArray addresses = new JsonArray();
    device.inet6().addresses().stream().filter(a -> !(canonical && isRandom(lab, a.address())))
        .forEach(a -> addresses.add(address(a, canonical)));
    LabWriter.addUnlessEmpty(object, "addresses", addresses);
    addFlag(object, "again", device.inet6().again() && !canonical);
    return object.isEmpty() ? Optional.empty() : Optional.of(object);
  }

  /** Whether a row is about an address that a random hardware address gave. */
  static boolean isRandom(LabState lab, Route row) {
    return row.destination().isHost() && row.destination().address() instanceof Ipv6Address a && isRandom(lab, a);
  }

  private static boolean isRandom(LabState lab, Ipv6Address address) {
    return address.madeOf().filter(
        mac -> lab.devices().values().stream().noneMatch(d -> d.link().macByHand() && d.link().mac().equals(mac)))
        .isPresent();
  }

  private static JsonObject address(Inet6Address address, boolean canonical) {
    JsonObject object = new JsonObject();
    object.addProperty("address", address.local().toString());
    address.peer().ifPresent(p -> object.addProperty("peer", p.toString()));
    addFlag(object, "nodad", address.traits().nodad());
    addFlag(object, "noprefixroute", address.traits().noprefixroute());
    addLifetime(object, address.traits().lifetime(), canonical);
    addFlag(object, "kept", address.traits().kept());
    if (address.traits().metric() > 0) {
      object.addProperty("metric", address.traits().metric());
    }
    switch (address.detection()) {
      case Detection.Done() -> {
      }
      case Detection.Waiting() -> object.addProperty("waiting", true);
      case Detection.Asking(VirtualTime until, boolean duplicate) -> {
        if (!canonical) {
          object.addProperty("until", until.nanos());
        }
        addFlag(object, "duplicate", duplicate);
      }
    }
    return object;
  }

  /** In canonical form only whether it is bounded: instants hang on when it was made. */
  static void addLifetime(JsonObject object, Lifetime lifetime, boolean canonical) {
    lifetime.valid().ifPresent(t -> object.addProperty("validUntil", canonical ? 0 : t.nanos()));
    lifetime.preferred().ifPresent(t -> object.addProperty("preferredUntil", canonical ? 0 : t.nanos()));
  }

  /** {@code deprecated} is how older files say that it was so from the beginning. */
  static Lifetime lifetime(Fields fields) throws MalformedException {
    boolean deprecated = fields.has("deprecated") && fields.flag("deprecated");
    Optional<VirtualTime> preferred = instant(fields, "preferredUntil");
    return new Lifetime(instant(fields, "validUntil"), deprecated ? Optional.of(VirtualTime.START) : preferred);
  }

  private static Optional<VirtualTime> instant(Fields fields, String name) throws MalformedException {
    return fields.has(name) ? Optional.of(new VirtualTime(fields.longNumber(name, 0))) : Optional.empty();
  }

  private static void addFlag(JsonObject object, String name, boolean value) {
    if (value) {
      object.addProperty(name, true);
    }
  }

  static Inet6 read(Fields fields) throws MalformedException {
    return new Inet6(fields.word("state", Inet6.State.class, Inet6.State.IDLE),
        TreePVector.from(fields.list("addresses", Inet6Codec::address)), fields.flag("again"));
  }

  private static Inet6Address address(Fields fields) throws MalformedException {
    InterfaceAddress local = fields.parsed("address", "an IPv6 address such as fd00::1/64",
        t -> InterfaceAddress.parse(t).filter(a -> a.address().family() == IpFamily.INET6));
    Optional<IpAddress> peer =
        fields.optionalParsed("peer", "an IPv6 address", t -> Ipv6Address.parse(t).map(a -> (IpAddress) a));
    Traits traits = new Traits(fields.flag("nodad"), fields.flag("noprefixroute"), lifetime(fields),
        fields.number("metric", 0, Integer.MAX_VALUE, 0), fields.flag("kept"));
    boolean waiting = fields.flag("waiting");
    boolean duplicate = fields.flag("duplicate");
    long until = fields.longNumber("until", 0, 0);
    Detection detection = waiting ? new Detection.Waiting()
        : fields.has("until") ? new Detection.Asking(new VirtualTime(until), duplicate) : new Detection.Done();
    return new Inet6Address(local, peer, traits, detection);
  }
}
