package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;

/** {@code route} (net-tools 2.10, route(8)): {@code -n}, {@code add} and {@code del} with the common words. */
final class RouteProgram {
  private static final String USAGE = "Usage: inet_route [-vF] del {-host|-net} Target[/prefix] [gw Gw] [metric M] "
      + "[[dev] If]";

  private static final String TITLE = "Kernel IP routing table";

  private final Prompt prompt;
  private final Args args;
  private boolean host;
  private boolean net;
  private boolean reject;
  private Optional<Integer> length = Optional.empty();
  private Optional<Ipv4Address> gateway = Optional.empty();
  private Optional<Integer> metric = Optional.empty();
  private Optional<String> device = Optional.empty();

  private RouteProgram(Prompt prompt, Args args) {
    this.prompt = prompt;
    this.args = args;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    boolean numeric = false;
    while (args.peek().filter(w -> w.equals("-n") || w.equals("-4")).isPresent()) {
      numeric = args.next().equals("-n") || numeric;
    }
    if (args.isEmpty()) {
      List<String> out = new ArrayList<>(List.of(TITLE,
          "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface"));
      for (Route route : rows(prompt)) {
        Shown row = Shown.of(prompt, route, numeric);
        out.add(
            String.format(Locale.ROOT, "%-15s %-15s %-15s %-5s %-6d %-2s %7d %s", row.destination, row.via, row.mask,
                row.flags, route.metric(), row.refuses ? "-" : "0", 0, row.device));
      }
      return Command.Said.answered(out, new Answer.Nothing());
    }
    String verb = args.next();
    if (verb.startsWith("-") || verb.equals("flush")) {
      throw Stop.unsupported("route " + verb);
    }
    if (!verb.equals("add") && !verb.equals("del")) {
      throw Stop.exit(4, "Usage: route [-nNvee] [-FC] [<AF>]           List kernel routing tables");
    }
    return new RouteProgram(prompt, args).change(verb.equals("add"));
  }

  /** The rows of the main table that net-tools show, in the kernel's order. */
  static List<Route> rows(Prompt prompt) {
    return prompt.lab().find(prompt.at()).orElseThrow().inet().main().rows().stream()
        .filter(r -> OlderTools.isIpv4(r.destination().address())).toList();
  }

  /** What the kernel tells of a path's packets: the segment said for it with its headers, 0 for none (fib_route_seq_show). */
  static int mtu(Route route) {
    int segment = route.origin().metrics().advmss();
    return segment == 0 ? 0 : segment + 40;
  }

  /** The same rows as {@code netstat -r} lists them. */
  static List<String> netstat(Prompt prompt, boolean numeric) {
    List<String> out = new ArrayList<>(List.of(TITLE,
        "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface"));
    for (Route route : rows(prompt)) {
      Shown row = Shown.of(prompt, route, numeric);
      String none = row.refuses ? "-" : "0";
      out.add(String.format(Locale.ROOT, "%-15s %-15s %-15s %-6s%5s %-5s %6s %s", row.destination, row.via, row.mask,
          row.flags, row.refuses ? "-" : mtu(route), none, none, row.device));
    }
    return out;
  }

  /** What both show of a row (net-tools lib/inet_gr.c rprint_fib); the kernel marks refusals alone (fib_flag_trans). */
  private record Shown(boolean refuses, String destination, String via, String mask, String flags, String device) {
    static Shown of(Prompt prompt, Route route, boolean numeric) {
      boolean refuses = route.type() == RouteType.UNREACHABLE || route.type() == RouteType.PROHIBIT;
      boolean all = route.destination().length() == 0;
      return new Shown(refuses, all && !numeric ? "default" : route.destination().address().toString(),
          refuses ? "-" : route.via().map(Object::toString).orElse("0.0.0.0"),
          Ipv4Address.mask(route.destination().length()).toString(),
          (refuses ? "!" : "U") + (route.via().isPresent() ? "G" : "") + (route.destination().isHost() ? "H" : ""),
          refuses ? "-" : route.device().map(d -> prompt.lab().device(d).name()).orElse("*"));
    }
  }

  private Command change(boolean add) throws Stop {
    host = args.take("-host");
    net = !host && args.take("-net");
    if (args.isEmpty()) {
      throw Stop.exit(4, USAGE);
    }
    String target = args.next();
    while (!args.isEmpty()) {
      word(args.next());
    }
    InterfaceAddress to = target(target);
    if (device.filter(d -> prompt.lab().find(prompt.ref(d)).isEmpty()).isPresent()
        || add && device.isEmpty() && gateway.isEmpty() && !reject) {
      throw Stop.exit(7, (add ? "SIOCADDRT" : "SIOCDELRT") + ": No such device");
    }
    List<String> words = new ArrayList<>(List.of("route", add ? "prepend" : "del"));
    if (reject) {
      words.add("unreachable");
    }
    words.add(to.toString());
    gateway.ifPresent(g -> words.addAll(List.of("via", g.toString())));
    device.ifPresent(d -> words.addAll(List.of("dev", d)));
    metric.ifPresent(m -> words.addAll(List.of("metric", m.toString())));
    Edit edit = OlderTools.edit(prompt, words.toArray(String[]::new));
    return new Command.Change(edit, 7, Command.Said.NOTHING, Optional.of(add ? "SIOCADDRT" : "SIOCDELRT"));
  }

  private void word(String word) throws Stop {
    switch (word) {
      case "gw" -> gateway = Optional.of(address(next()));
      case "netmask" -> length = Optional.of(OlderTools.maskLength(next())
          .orElseThrow(() -> Stop.exit(3, "route: bogus netmask")));
      case "metric" -> metric = Optional.of(Numbers.whole(next(), 0, 65535).orElseThrow(() -> Stop.exit(3, USAGE)));
      case "dev", "device" -> device = Optional.of(next());
      case "reject" -> reject = true;
      case "mss", "window", "irtt", "mod", "dyn", "reinstate" -> throw Stop.unsupported("route " + word);
      default -> {
        if (device.isPresent()) {
          throw Stop.exit(3, USAGE);
        }
        device = Optional.of(word);
      }
    }
  }

  private String next() throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(3, USAGE);
    }
    return args.next();
  }

  private static Ipv4Address address(String text) throws Stop {
    return OlderTools.address(text).orElseThrow(() -> Stop.exit(6, text + ": Host name lookup failure"));
  }

  private InterfaceAddress target(String text) throws Stop {
    if (text.equals("default")) {
      return InterfaceAddress.of("0.0.0.0/0");
    }
    int slash = text.indexOf('/');
    Ipv4Address address = address(slash < 0 ? text : text.substring(0, slash));
    Optional<Integer> said = slash < 0 ? length : Numbers.whole(text.substring(slash + 1), 0, 32);
    if (slash >= 0 && said.isEmpty()) {
      throw Stop.exit(6, text + ": Host name lookup failure");
    }
    if (host && said.filter(n -> n != 32).isPresent()) {
      throw Stop.exit(3, "route: netmask " + Ipv4Address.mask(said.get()) + " doesn't make sense with host route",
          USAGE);
    }
    int bits = said.isPresent() ? said.get()
        : address.isUnspecified() ? 0
        : net ? guessed(address)
        : 32;
    if (!address.network(bits).equals(address)) {
      throw Stop.exit(3, "route: netmask doesn't match route address", USAGE);
    }
    return new InterfaceAddress(address, bits);
  }

  /** Without a length the kernel takes the class of the address, and refuses bits behind it. */
  private static int guessed(Ipv4Address address) throws Stop {
    int bits = OlderTools.classLength(address);
    if (!address.network(bits).equals(address)) {
      throw Stop.exit(7, "SIOCADDRT: Invalid argument");
    }
    return bits;
  }
}
