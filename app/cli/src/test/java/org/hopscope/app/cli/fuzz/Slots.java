package org.hopscope.app.cli.fuzz;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;

/**
 * Writes out a pattern of commands: {@code (a|b|)} is one of its parts, {@code <slot>} a name or number that fits the lab
 * as it is, {@code <slot#1>} the same one wherever it stands in the pattern. What fits is mostly what makes sense, and
 * sometimes not.
 */
final class Slots {
  private static final String STEMS = "eth veth v- lan wan vx tap- p-";

  private final Draft draft;
  private final Dice dice;
  private final String here;
  private final Phrase phrase;

  /**
   * @param draft the script so far
   * @param here the namespace in which the command will run
   */
  Slots(Draft draft, String here) {
    this.draft = draft;
    this.dice = draft.dice();
    this.here = here;
    phrase = new Phrase(dice, this::value);
  }

  String fill(String pattern) {
    return phrase.fill(pattern);
  }

  private String value(String slot) {
    if (slot.startsWith("@")) {
      return fill(Acts.any(dice, List.of(slot.substring(1))));
    }
    return switch (slot) {
      case "ns" -> dice.percent(4) ? "nowhere" : dice.one(draft.namespaces()).replace(Draft.HOST, "1");
      case "place" -> dice.percent(2) ? "nowhere" : dice.one(draft.namespaces());
      case "newns" -> dice.percent(5) ? dice.one(draft.namespaces()).replace(Draft.HOST, "web") : draft.freshNetns();
      case "dev" -> dice.percent(4) ? "nope0" : device(_ -> true);
      case "wire" -> dice.percent(4) ? "lo" : device(d -> !d.isLoopback());
      case "br" -> dice.percent(5) ? device(_ -> true) : device(Device::isBridge);
      case "port" -> dice.percent(6) ? device(_ -> true) : device(d -> d.port().isPresent());
      case "newdev" -> draft.freshDevice(STEMS);
      case "newbr" -> draft.freshDevice("br br- sw");
      case "ip" -> ip();
      case "own" -> own().address().toString();
      case "ownlen" -> own().toString();
      case "free" -> free().address().toString();
      case "freelen" -> free().toString();
      case "here" -> here;
      case "near" -> near();
      case "net" -> net();
      case "mac" -> mac();
      case "ip6" -> six(draft.wired().stream()).address();
      case "own6" -> six(draft.devices(here).stream()).address();
      case "ownlen6" -> six(draft.devices(here).stream()).withLength();
      case "near6" -> six(draft.wired().stream().filter(d -> !draft.devices(here).contains(d))).address();
      case "free6" -> six(draft.wired().stream()).beside(dice.between(100, 199));
      case "net6" -> dice.percent(15) ? dice.word("default fd00:77::/48 ::/0 fd00:1::5 fd00:9::/64 2001:db8::/32")
          : six(draft.wired().stream()).network();
      default -> throw new IllegalArgumentException("no such slot: " + slot);
    };
  }

  private String device(Predicate<Device> which) {
    List<String> names = draft.devices(here).stream().filter(which).map(Device::name).toList();
    return names.isEmpty() ? dice.word("eth0 lo br0 veth0") : dice.one(names);
  }

  private Stream<InterfaceAddress> addresses(Stream<Device> devices) {
    return devices.flatMap(d -> d.addresses().stream()).map(AssignedAddress::local)
        .filter(a -> a.address() instanceof Ipv4Address);
  }

  private InterfaceAddress own() {
    List<InterfaceAddress> own = addresses(draft.devices(here).stream()).toList();
    return own.isEmpty() || dice.percent(5) ? free() : dice.one(own);
  }

  private InterfaceAddress any() {
    List<InterfaceAddress> all = addresses(draft.wired().stream()).toList();
    return all.isEmpty() || dice.percent(3) ? InterfaceAddress.of("10.0.0.1/24") : dice.one(all);
  }

  /** An address in a network that the lab has, most likely one that nobody has yet. */
  private InterfaceAddress free() {
    InterfaceAddress like = any();
    int bits = ((Ipv4Address) like.address().network(Math.min(like.length(), 24))).bits() + dice.between(1, 120);
    int length = dice.percent(75) ? like.length() : dice.one(List.of(8, 16, 24, 25, 30, 31, 32));
    return new InterfaceAddress(new Ipv4Address(bits), length);
  }

  /** Somebody's address in a network of this namespace: fit for a gateway. */
  private String near() {
    List<InterfaceAddress> own = addresses(draft.devices(here).stream().filter(d -> !d.isLoopback())).toList();
    List<String> near = addresses(draft.wired().stream()).filter(a -> !own.contains(a))
        .filter(a -> own.stream().anyMatch(o -> o.network().contains(a.address()))).map(a -> a.address().toString())
        .toList();
    return near.isEmpty() || dice.percent(12) ? ip() : dice.one(near);
  }

  private String ip() {
    return switch (dice.between(1, 20)) {
      case 1, 2 -> free().address().toString();
      case 3 -> dice.word("10.9.9.9 198.51.100.7 192.0.2.1");
      case 4 -> dice.word("127.0.0.1 127.0.0.2 0.0.0.0 10.0.0.255 10.1.1.0");
      default -> any().address().toString();
    };
  }

  private String net() {
    InterfaceAddress like = any();
    return switch (dice.between(1, 12)) {
      case 1, 2 -> "default";
      case 3 -> dice.word("192.0.2.0/24 10.0.0.0/8 198.51.100.0/25 0.0.0.0/0 10.77.0.0/16 192.0.2.1");
      case 4 -> like.address() + "/32";
      case 5 -> like.address().toString();
      case 6 -> like.address().network(dice.between(8, 31)) + "/" + dice.between(8, 32);
      default -> like.network().toString();
    };
  }

  /** An IPv6 address that some devices have; their link-local ones come from hardware addresses that chance chose. */
  private record Six(InterfaceAddress local) {
    String address() {
      return local.address().toString();
    }

    String withLength() {
      return local.toString();
    }

    String network() {
      return local.network().toString();
    }

    String beside(int host) {
      return local.address().network(64) + Integer.toString(host);
    }
  }

  private Six six(Stream<Device> devices) {
    List<InterfaceAddress> found = devices.flatMap(d -> d.addresses().stream()).map(AssignedAddress::local)
        .filter(a -> a.address().toString().startsWith("fd")).toList();
    return new Six(found.isEmpty() || dice.percent(4)
        ? InterfaceAddress.of(dice.word("fd00:1::1/64 fd00:9::9/64 ::1/128 2001:db8::1/64"))
        : dice.one(found));
  }

  private String mac() {
    return dice.percent(4)
        ? dice.word("ff:ff:ff:ff:ff:ff 00:00:00:00:00:00 01:00:5e:00:00:01 2:3 xx")
        : "02:aa:00:00:00:0" + dice.between(1, 5);
  }
}
