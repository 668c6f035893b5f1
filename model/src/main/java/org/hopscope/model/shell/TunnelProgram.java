package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.IpTunnelFlag;
import org.hopscope.model.net.IpTunnelSettings;
import org.hopscope.model.net.Outer;

/**
 * {@code ip tunnel} (iproute2 6.1 ip/iptunnel.c, ip/tunnel.c): the older way to make and list tunnels over IPv4, by
 * ioctl. Its errors name the device it asked, which for a new tunnel is the driver's own.
 */
final class TunnelProgram {
  private static final Keywords VERBS = Keywords.of("add* change* delete* show* lst*=show list*=show prl* 6rd* help*");

  private TunnelProgram() {
  }

  /** What the words say. */
  private record Said(Optional<String> name, Optional<Driver> mode, IpTunnelWords.Reader more) {
    /** A mode that is not said is taken from the beginning of the name. */
    Optional<Driver> driver() {
      return mode.or(() -> name.flatMap(n -> n.startsWith("gre") ? Optional.of(Driver.GRE)
          : n.startsWith("ipip") ? Optional.of(Driver.IPIP)
          : n.startsWith("sit") ? Optional.of(Driver.SIT) : Optional.empty()));
    }
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    if (options.inet6()) {
      throw Stop.unsupported("ip -6 tunnel");
    }
    if (args.isEmpty()) {
      return show(prompt, options, said(prompt, args));
    }
    String typed = args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip tunnel help\"."));
    return switch (verb) {
      case "add" -> add(prompt, said(prompt, args));
      case "change" -> change(prompt, said(prompt, args));
      case "delete" -> delete(prompt, said(prompt, args));
      case "show" -> show(prompt, options, said(prompt, args));
      case "help" -> throw Stop.exit(255, "Usage: ip tunnel { add | change | del | show | prl | 6rd } [ NAME ]");
      default -> throw Stop.unsupported("ip tunnel " + verb);
    };
  }

  private static Said said(Prompt prompt, Args args) throws Stop {
    Optional<String> name = Optional.empty();
    Optional<Driver> mode = Optional.empty();
    IpTunnelWords.Reader more = new IpTunnelWords.Reader(OuterWords.ofIpv4(prompt));
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "mode" -> {
          Driver driver = mode(args.next());
          if (mode.filter(m -> m != driver).isPresent()) {
            throw Stop.exit(255, "You managed to ask for more than one tunnel mode.");
          }
          mode = Optional.of(driver);
        }
        case "seq", "iseq", "oseq", "csum", "icsum", "ocsum", "fwmark" -> throw Stop.unsupported("tunnel " + word);
        case "hoplimit", "hlim" -> more.common("ttl", args);
        case "tclass", "dsfield" -> more.common("tos", args);
        case "name" -> name = once(name, LinkParts.valid(args.next(), word));
        default -> {
          if (!more.common(word, args)) {
            name = once(name, LinkParts.valid(word, "name"));
          }
        }
      }
    }
    Said said = new Said(name, mode, more);
    if (more.hasKey() && !said.driver().equals(Optional.of(Driver.GRE))) {
      throw Stop.exit(1, "Keys are not allowed with ipip and sit tunnels");
    }
    return said;
  }

  private static Optional<String> once(Optional<String> before, String name) throws Stop {
    if (before.isPresent()) {
      throw Stop.garbage("name", name);
    }
    return Optional.of(name);
  }

  private static Driver mode(String text) throws Stop {
    return switch (text) {
      case "ipip", "ip/ip" -> Driver.IPIP;
      case "gre", "gre/ip" -> Driver.GRE;
      case "sit", "ipv6/ip" -> Driver.SIT;
      case "isatap", "vti" -> throw Stop.unsupported("tunnel mode " + text);
      default -> throw Stop.exit(255, "Unknown tunnel mode \"" + text + "\"");
    };
  }

  /** The tunnel that comes with a driver, to which questions about others are put (tnl_defname). */
  private static String fallback(Driver driver) {
    return driver == Driver.IPIP ? "tunl0" : driver == Driver.GRE ? "gre0" : "sit0";
  }

  private static Driver required(Said said) throws Stop {
    return said.driver()
        .orElseThrow(() -> Stop.exit(1, "cannot determine tunnel mode (ipip, gre, vti or sit)"));
  }

  /** A tunnel that is made so carries its own kind of packets only. */
  private static Command add(Prompt prompt, Said said) throws Stop {
    Driver driver = required(said);
    if (driver != Driver.GRE) {
      said.more().any(false);
    }
    LinkInfo info = said.more().info(driver);
    DeviceRef ref = prompt.ref(said.name().orElseGet(() -> free(prompt, driver)));
    return new Command.Change(new Edit.AddLink(NewLink.named(ref), Optional.empty(), info), 1,
        Command.Said.NOTHING, Optional.of("add tunnel \"" + fallback(driver) + "\" failed"));
  }

  /** The first of {@code gre1}, {@code gre2} … that nobody has; the driver's own tunnel has number 0. */
  private static String free(Prompt prompt, Driver driver) {
    String stem = driver == Driver.IPIP ? "tunl" : driver.word();
    int number = 1;
    while (prompt.lab().find(prompt.ref(stem + number)).isPresent()) {
      number++;
    }
    return stem + number;
  }

  private static Optional<Device> tunnel(Prompt prompt, String name) {
    return prompt.lab().find(prompt.ref(name)).filter(d -> d.kind() instanceof DeviceKind.IpTunnel t
        && t.driver() != Driver.GRETAP);
  }

  private static Command change(Prompt prompt, Said said) throws Stop {
    String name = said.name().orElseThrow(() -> Stop.unsupported("ip tunnel change without a name"));
    Device device = tunnel(prompt, name).orElseThrow(() -> missing(prompt, "get", name));
    DeviceKind.IpTunnel old = (DeviceKind.IpTunnel) device.kind();
    return new Command.Change(new Edit.SetLinkInfo(device.ref(), said.more().info(old.driver())), 1,
        Command.Said.NOTHING, Optional.of("add tunnel \"" + name + "\" failed"));
  }

  private static Stop missing(Prompt prompt, String verb, String name) {
    boolean other = prompt.lab().find(prompt.ref(name)).isPresent();
    return Stop.exit(1, verb + " tunnel \"" + name + "\" failed: "
        + (other ? "Operation not supported" : "No such device"));
  }

  /** Without a name the ends say which one is meant. The tunnel of the driver itself cannot be deleted. */
  private static Command delete(Prompt prompt, Said said) throws Stop {
    String name = said.name().orElseThrow(() -> Stop.unsupported("ip tunnel del without a name"));
    Device device = tunnel(prompt, name).orElseThrow(() -> missing(prompt, "delete", name));
    if (((DeviceKind.IpTunnel) device.kind()).isFallback()) {
      throw Stop.exit(1, "delete tunnel \"" + name + "\" failed: Operation not permitted");
    }
    return new Command.Change(new Edit.DeleteLink(device.ref()), 1, Command.Said.NOTHING);
  }

  private static Command show(Prompt prompt, IpProgram.Options options, Said said) throws Stop {
    List<Device> shown = new ArrayList<>();
    if (said.driver().isPresent()) {
      String name = said.name().orElse(fallback(said.driver().get()));
      shown.add(tunnel(prompt, name).orElseThrow(() -> missing(prompt, "get", name)));
    } else {
      for (Device device : prompt.lab().devicesOf(prompt.at())) {
        if (tunnel(prompt, device.name()).isPresent() && matches(said, device)) {
          shown.add(device);
        }
      }
    }
    Json.Rows rows = new Json.Rows();
    List<String> lines = new ArrayList<>();
    for (Device device : shown) {
      rows.add(row(prompt, device));
      lines.add(line(prompt, device));
    }
    return Command.Said.answered(options.json() ? List.of(rows.toString()) : lines, new Answer.Nothing());
  }

  private static boolean matches(Said said, Device device) {
    Outer outer = ((DeviceKind.IpTunnel) device.kind()).outer();
    var wish = said.more().outer.wish();
    return said.name().map(device.name()::equals).orElse(true)
        && wish.remote().map(r -> outer.remote().equals(Optional.of(r))).orElse(true)
        && wish.local().map(l -> outer.local().equals(Optional.of(l))).orElse(true);
  }

  private static String mode(DeviceKind.IpTunnel tunnel) {
    return switch (tunnel.driver()) {
      case GRE -> "gre";
      case SIT -> tunnel.settings().has(IpTunnelFlag.ANY) ? "any" : "ipv6";
      default -> tunnel.settings().has(IpTunnelFlag.ANY) ? "any" : "ip";
    } + "/ip";
  }

  private static String line(Prompt prompt, Device device) {
    DeviceKind.IpTunnel tunnel = (DeviceKind.IpTunnel) device.kind();
    IpTunnelSettings own = tunnel.settings();
    boolean same = own.inKey().isPresent() && own.inKey().equals(own.outKey());
    return device.name() + ": " + mode(tunnel) + " remote " + IpTunnelWords.end(tunnel.outer().remote()) + " local "
        + IpTunnelWords.end(tunnel.outer().local())
        + OuterWords.by(prompt.lab(), device, tunnel.outer()).map(d -> " " + d.text()).orElse("")
        + (tunnel.outer().ttl() instanceof Outer.Ttl.Fixed(int hops) ? " ttl " + hops : " ttl inherit")
        + (tunnel.outer().inheritTos() ? " tos inherit" : "")
        + (own.has(IpTunnelFlag.PMTUDISC) ? "" : " nopmtudisc")
        + (tunnel.driver() == Driver.SIT && !own.has(IpTunnelFlag.ANY) ? " 6rd-prefix 2002::/16" : "")
        + (same ? " key " + Integer.toUnsignedString(own.inKey().get())
            : own.inKey().map(k -> " ikey " + Integer.toUnsignedString(k)).orElse("")
                + own.outKey().map(k -> " okey " + Integer.toUnsignedString(k)).orElse(""));
  }

  private static Json.Row row(Prompt prompt, Device device) {
    DeviceKind.IpTunnel tunnel = (DeviceKind.IpTunnel) device.kind();
    IpTunnelSettings own = tunnel.settings();
    Json.Row row = new Json.Row().put("ifname", device.name()).put("mode", mode(tunnel))
        .put("remote", tunnel.outer().remote().map(Object::toString).orElse("0.0.0.0"))
        .put("local", tunnel.outer().local().map(Object::toString).orElse("0.0.0.0"));
    OuterWords.by(prompt.lab(), device, tunnel.outer()).ifPresent(d -> row.put("dev", d.value()));
    if (tunnel.outer().ttl() instanceof Outer.Ttl.Fixed(int hops)) {
      row.put("ttl", hops);
    }
    own.inKey().ifPresent(k -> row.put(own.inKey().equals(own.outKey()) ? "key" : "ikey", Integer.toUnsignedLong(k)));
    own.outKey().filter(_ -> !own.inKey().equals(own.outKey()))
        .ifPresent(k -> row.put("okey", Integer.toUnsignedLong(k)));
    return row;
  }
}
