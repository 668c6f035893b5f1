package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.Device;

/**
 * {@code ip maddr show}: the groups that devices listen to by themselves, of the link, of IPv4 and of IPv6 (iproute2 6.1
 * ip/ipmaddr.c; kernel net/ipv4/igmp.c ip_mc_up, net/ipv6/addrconf.c). Groups of programs, how many use a group and
 * {@code ip maddr add} are not modelled.
 */
final class IpMaddress {
  private static final Keywords VERBS = Keywords.of("add* delete* show* lst*=show list*=show help*");

  private IpMaddress() {
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    String typed = args.isEmpty() ? "show" : args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip maddr help\"."));
    if (!verb.equals("show")) {
      throw Stop.unsupported("ip maddr " + verb);
    }
    Optional<String> only = Optional.empty();
    while (!args.isEmpty()) {
      args.take("dev");
      String word = args.next();
      if (only.isPresent()) {
        throw Stop.garbage("dev", word);
      }
      only = Optional.of(word);
    }
    Optional<String> named = only;
    return show(options, prompt.lab().devicesOf(prompt.at()).stream()
        .filter(d -> named.map(d.name()::equals).orElse(true)).map(d -> new Heard(d, groups(prompt, options, d)))
        .filter(h -> !h.groups.isEmpty()).toList());
  }

  /** What a device listens to. */
  private record Heard(Device device, List<Group> groups) {
  }

  /** A group; without a family it is one of the link. */
  private record Group(Optional<IpFamily> family, String address) {
    String line() {
      return "\t" + family.map(f -> f == IpFamily.INET ? "inet  " : "inet6 ").orElse("link  ") + address;
    }
  }

  private static Command show(IpProgram.Options options, List<Heard> heard) {
    Json.Rows rows = new Json.Rows();
    List<String> lines = new ArrayList<>();
    for (Heard one : heard) {
      String head = one.device.place().ifindex() + ":\t" + one.device.name();
      Json.Rows list = new Json.Rows();
      one.groups.forEach(g -> list.add(g.family.isEmpty() ? new Json.Row().put("link", g.address)
          : new Json.Row().put("family", g.family.get() == IpFamily.INET ? "inet" : "inet6").put("address",
              g.address)));
      rows.add(new Json.Row().put("ifindex", one.device.place().ifindex()).put("ifname", one.device.name())
          .put("maddr", list));
      if (options.oneLine()) {
        one.groups.forEach(g -> lines.add(head + "\\" + g.line()));
      } else {
        lines.add(head);
        one.groups.forEach(g -> lines.add(g.line()));
      }
    }
    return Command.Said.answered(options.json() ? List.of(rows.toString()) : lines, new Answer.Nothing());
  }

  private static List<Group> groups(Prompt prompt, IpProgram.Options options, Device device) {
    List<Ipv6Address> asked = FdbText.asked(prompt.lab(), device);
    List<Group> all = new ArrayList<>();
    if (options.family().isEmpty()) {
      FdbText.groups(prompt.lab(), device)
          .forEach(g -> all.add(new Group(Optional.empty(), g)));
    }
    if (options.shows(IpFamily.INET) && device.isUp()) {
      all.add(new Group(Optional.of(IpFamily.INET), "224.0.0.1"));
      if (device.isBridge()) {
        all.add(new Group(Optional.of(IpFamily.INET), "224.0.0.106"));
      }
    }
    if (options.shows(IpFamily.INET6) && device.inet6().isRunning()) {
      Stream<String> routers =
          FdbText.isRouter(prompt.lab(), device) ? Stream.of("ff05::2", "ff01::2", "ff02::2") : Stream.of();
      Stream<String> snoopers = device.isBridge() && device.isUp() ? Stream.of("ff02::6a") : Stream.of();
      Stream.of(asked.stream().filter(_ -> !device.isLoopback()).map(Ipv6Address::toString), snoopers, routers,
          Stream.of("ff02::1", "ff01::1")).flatMap(s -> s)
          .forEach(g -> all.add(new Group(Optional.of(IpFamily.INET6), g)));
    }
    return all;
  }
}
