package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.OuterWish;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Outer;

/** What all tunnels let a command say of the header outside: {@code local}, {@code remote}, {@code dev}, {@code ttl}, {@code tos}. */
final class OuterWords {
  private final Prompt prompt;
  /** The family of the ends, where only one will do. */
  private final Optional<IpFamily> only;
  private Optional<IpAddress> local = Optional.empty();
  private Optional<IpAddress> remote = Optional.empty();
  private Optional<DeviceRef> device = Optional.empty();
  private Optional<Outer.Ttl> ttl = Optional.empty();
  private Optional<Boolean> inheritTos = Optional.empty();

  OuterWords(Prompt prompt) {
    this(prompt, Optional.empty());
  }

  private OuterWords(Prompt prompt, Optional<IpFamily> only) {
    this.prompt = prompt;
    this.only = only;
  }

  /** For tunnels over IPv4: of words that are said twice the last one counts, and a TTL is inherited or a number. */
  static OuterWords ofIpv4(Prompt prompt) {
    return new OuterWords(prompt, Optional.of(IpFamily.INET));
  }

  OuterWish wish() {
    return new OuterWish(prompt.at(), local, remote, device, ttl, inheritTos);
  }

  Optional<IpAddress> remote() {
    return remote;
  }

  Optional<DeviceRef> device() {
    return device;
  }

  /** A word may be said once (iproute2 check_duparg). */
  private <T> void once(Optional<T> before, String word, String text) throws Stop {
    if (only.isEmpty() && before.isPresent()) {
      throw Stop.garbage(word, text);
    }
  }

  /** {@code any} is the unspecified address. */
  private static IpAddress address(String text, Optional<IpFamily> family) throws Stop {
    return Addresses.isEverything(text) ? family.orElse(IpFamily.INET).unspecified() : Addresses.address(text, family);
  }

  /** The own end. */
  void local(String text) throws Stop {
    once(local, "local", text);
    IpAddress address = address(text, only.or(() -> remote.map(IpAddress::family)));
    if (address.isMulticast()) {
      throw Stop.wrong(text, "invalid local address");
    }
    local = Optional.of(address);
  }

  /** The far end: one address, or with {@code group} many. */
  void remote(String word, String text) throws Stop {
    once(remote, word, text);
    IpAddress address = address(text, only.or(() -> local.map(IpAddress::family)));
    if (only.isPresent() && address.isMulticast()) {
      throw Stop.unsupported("a group as the far end of a tunnel");
    }
    if (address.isMulticast() != word.equals("group")) {
      throw Stop.wrong(text, "invalid " + word + " address");
    }
    remote = Optional.of(address);
  }

  /** The device that packets leave by. */
  void device(String name) throws Stop {
    once(device, "dev", name);
    if (prompt.lab().find(prompt.ref(name)).isEmpty()) {
      throw Stop.exit(255, "Cannot find device \"" + name + "\"");
    }
    device = Optional.of(prompt.ref(name));
  }

  /** {@code auto} or 0, {@code inherit}, or a number. */
  void ttl(String text) throws Stop {
    once(ttl, "ttl", text);
    if (only.isPresent()) {
      int hops = text.equals("inherit") ? 0 : Numbers.whole(text, 0, 255).orElseThrow(() -> Stop.wrong(text,
          "invalid TTL\n"));
      ttl = Optional.of(hops == 0 ? Outer.Ttl.INHERIT : new Outer.Ttl.Fixed(hops));
      return;
    }
    ttl = Optional.of(switch (text) {
      case "inherit" -> Outer.Ttl.INHERIT;
      case "auto" -> Outer.Ttl.AUTO;
      default -> {
        int hops = Numbers.whole(text, 0, Integer.MAX_VALUE).orElseThrow(() -> Stop.wrong(text, "invalid TTL"));
        if (hops > 255) {
          throw Stop.wrong(text, "TTL must be <= 255");
        }
        yield hops == 0 ? Outer.Ttl.AUTO : new Outer.Ttl.Fixed(hops);
      }
    });
  }

  /** No packet of the model has a type of service, so that a tunnel cannot be told to give it one. */
  void tos(String text) throws Stop {
    once(inheritTos, "tos", text);
    if (!text.equals("inherit") && !text.equals("0")) {
      throw Stop.unsupported("tos " + text);
    }
    inheritTos = Optional.of(text.equals("inherit"));
  }

  /** The words for what was read. */
  static String write(OuterWish wish) {
    return wish.remote().map(r -> (r.isMulticast() ? " group " : " remote ") + address(r)).orElse("")
        + wish.local().map(l -> " local " + address(l)).orElse("")
        + wish.device().map(d -> " dev " + Words.quote(d.name())).orElse("")
        + wish.ttl().map(t -> " ttl " + word(t)).orElse("")
        + wish.inheritTos().map(t -> " tos " + (t ? "inherit" : "0")).orElse("");
  }

  private static String address(IpAddress address) {
    return address.isUnspecified() ? "any" : address.toString();
  }

  static String word(Outer.Ttl ttl) {
    return switch (ttl) {
      case Outer.Ttl.Auto _ -> "auto";
      case Outer.Ttl.Inherit _ -> "inherit";
      case Outer.Ttl.Fixed(int hops) -> Integer.toString(hops);
    };
  }

  /** The ends and the device, in this order. */
  static List<TypeWords.Detail> ends(LabState lab, Device tunnel, Outer outer) {
    List<TypeWords.Detail> details = new ArrayList<>();
    outer.remote().ifPresent(r -> details.add(address(r.isMulticast() ? "group" : "remote", r)));
    outer.local().ifPresent(l -> details.add(address("local", l)));
    by(lab, tunnel, outer).ifPresent(details::add);
    return details;
  }

  /** The device that the packets leave by. */
  static Optional<TypeWords.Detail> by(LabState lab, Device tunnel, Outer outer) {
    return outer.device().map(lab::device).map(d -> link(lab, tunnel, d))
        .map(name -> new TypeWords.Detail("dev " + name, "link", name));
  }

  private static TypeWords.Detail address(String word, IpAddress address) {
    String key = word + (address.family() == IpFamily.INET6 ? "6" : "");
    return new TypeWords.Detail(word + " " + address, key, address.toString());
  }

  /** The tool takes the device's number for one of the namespace that the tunnel is in now. */
  private static String link(LabState lab, Device tunnel, Device below) {
    int index = below.place().ifindex();
    return Optional.ofNullable(lab.index().indexed(tunnel.netns()).get(index)).map(lab::device).map(Device::name)
        .orElse("if" + index);
  }
}
