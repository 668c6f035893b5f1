package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Neighbour;

/** {@code ip neigh} (iproute2 6.1 ip/ipneigh.c, ip-neighbour(8)). */
final class IpNeigh {
  private static final Keywords VERBS = Keywords.of("add* change*=change chg*=change replace* delete* get* show* "
      + "lst*=show list*=show flush* help*");
  private static final Keywords CHANGE =
      Keywords.of("lladdr* nud proxy* router extern_learn* use managed dev protocol* "
          + "to help*");
  private static final Keywords SHOW = Keywords.of("dev master vrf nomaster unused* nud proxy* protocol* to help*");

  private final Prompt prompt;
  private final Args args;
  private final Optional<IpFamily> family;
  private Optional<String> device = Optional.empty();
  private Optional<IpPrefix> to = Optional.empty();
  private Optional<MacAddress> mac = Optional.empty();
  private Optional<Neighbour.State> state = Optional.empty();
  private final Set<Neighbour.State> states = EnumSet.noneOf(Neighbour.State.class);
  private final Set<Neighbour.Flag> flags = EnumSet.noneOf(Neighbour.Flag.class);
  private boolean odd;
  private Optional<DeviceId> master = Optional.empty();
  private boolean alone;
  private boolean proxy;

  private IpNeigh(Prompt prompt, Optional<IpFamily> family, Args args) {
    this.prompt = prompt;
    this.family = family;
    this.args = args;
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    String typed = args.isEmpty() ? "show" : args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip neigh help\"."));
    // Who used a row last, how often and how often it was asked about is not kept.
    if (options.stats() && !options.brief() && List.of("show", "get").contains(verb)) {
      throw Stop.unsupported("ip -s neigh");
    }
    IpNeigh neigh = new IpNeigh(prompt, options.family(), args);
    return switch (verb) {
      case "show" -> neigh.selection().show(options);
      case "flush" -> neigh.flush(options);
      case "get" -> neigh.words().get(options);
      case "add" -> neigh.words().change(RouteMode.ADD);
      case "replace" -> neigh.words().change(RouteMode.REPLACE);
      case "change" -> neigh.words().change(RouteMode.CHANGE);
      case "delete" -> neigh.words().delete();
      case "help" -> throw Stop.exit(255, "Usage: ip neigh { add | del | change | replace | show | flush }");
      default -> throw Stop.unsupported("ip neigh " + verb);
    };
  }

  private IpNeigh words() throws Stop {
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = CHANGE.find(typed).orElse("");
      switch (word) {
        case "lladdr" -> {
          String text = args.next();
          if (mac.isPresent()) {
            throw Stop.twice("lladdr", text);
          }
          HardwareBytes bytes = HardwareBytes.read(text);
          // Of an address that is too long, the kernel reads what it needs (net/core/neighbour.c neigh_add).
          odd = bytes.values().size() < MacAddress.BYTES;
          mac = Optional.of(bytes.mac());
        }
        case "nud" -> state = Optional.of(state(args.next()));
        case "dev" -> device = Optional.of(args.next());
        case "router", "extern_learn" -> flags.add(Neighbour.Flag.valueOf(word.toUpperCase(Locale.ROOT)));
        case "proxy", "to", "" -> {
          proxy |= word.equals("proxy");
          String text = word.isEmpty() ? typed : args.next();
          if (to.isPresent()) {
            throw Stop.garbage("to", text);
          }
          to = Optional.of(IpPrefix.host(Addresses.address(text, family)));
        }
        default -> throw Stop.unsupported(word);
      }
    }
    return this;
  }

  private static Neighbour.State state(String text) throws Stop {
    return NeighbourWords.state(text).orElseThrow(() -> text.equals("none")
        ? Stop.unsupported("nud none")
        : Stop.wrong(text, "nud state is bad"));
  }

  private DeviceRef link() throws Stop {
    if (proxy && device.isEmpty() && to.isPresent()) {
      throw Stop.unsupported("proxy without dev");
    }
    if (device.isEmpty() || to.isEmpty()) {
      throw Stop.exit(255, "Device and destination are required arguments.");
    }
    return prompt.device(device.get()).ref();
  }

  private IpAddress address() {
    return to.orElseThrow().address();
  }

  private Command change(RouteMode mode) throws Stop {
    DeviceRef link = link();
    if (proxy) {
      return Command.Change.of(new Edit.SetProxy(link, address(), true));
    }
    if (odd) {
      throw Stop.exit(2, "Error: Invalid link address.");
    }
    return Command.Change.of(
        new Edit.SetNeighbour(link, address(), mac, state.orElse(Neighbour.State.PERMANENT), mode, flags));
  }

  private Command delete() throws Stop {
    return Command.Change.of(proxy
        ? new Edit.SetProxy(link(), address(), false)
        : new Edit.DeleteNeighbour(link(), address()));
  }

  /** The one row about an address on a device (kernel neigh_get), which {@code ip} never tells in JSON. */
  private Command get(IpProgram.Options options) throws Stop {
    if (device.isEmpty() || to.isEmpty()) {
      throw Stop.exit(255, "Device and address are required arguments.");
    }
    DeviceRef link = link();
    if (proxy) {
      List<Neighbour.Key> keys = proxies().stream().filter(k -> k.address().equals(address())
          && prompt.lab().device(k.device()).name().equals(link.name())).toList();
      if (keys.isEmpty()) {
        throw Stop.exit(2, "Error: Proxy neighbour entry not found.");
      }
      return Command.Said.answered(NeighbourText.proxies(prompt.lab(), keys, false, options.json()),
          new Answer.Nothing());
    }
    List<Neighbour> rows = NeighbourText.now(prompt.lab(), prompt.at()).stream()
        .filter(r -> r.key().address().equals(address())
            && prompt.lab().device(r.key().device()).name().equals(link.name()))
        .toList();
    if (rows.isEmpty()) {
      throw Stop.exit(2, "Error: Neighbour entry not found.");
    }
    List<String> lines = options.brief() ? NeighbourText.brief(prompt.lab(), rows, false)
        : NeighbourText.of(prompt.lab(), rows, false);
    return Command.Said.answered(lines, new Answer.Nothing());
  }

  private IpNeigh selection() throws Stop {
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = SHOW.find(typed).orElse("");
      switch (word) {
        case "dev" -> {
          String text = args.next();
          if (device.isPresent()) {
            throw Stop.twice("dev", text);
          }
          device = Optional.of(text);
        }
        case "nud" -> {
          String text = args.next();
          states.addAll(text.equals("all") ? EnumSet.allOf(Neighbour.State.class) : Set.of(state(text)));
        }
        case "master" -> {
          String text = args.next();
          DeviceRef named = prompt.ref(text);
          master = Optional.of(prompt.lab().find(named).map(Device::id)
              .orElseThrow(() -> Stop.wrong(text, "Device does not exist")));
        }
        case "nomaster" -> alone = true;
        case "proxy" -> proxy = true;
        case "to", "" -> to = Optional.of(Addresses.prefix(word.isEmpty() ? typed : args.next(), family));
        default -> throw Stop.unsupported(word);
      }
    }
    if (device.isPresent()) {
      prompt.device(device.get());
    }
    return this;
  }

  /** Whom the namespace answers for; the newest first. */
  private List<Neighbour.Key> proxies() {
    return prompt.lab().learned().neighbours(prompt.at()).proxies().reversed();
  }

  private Command shown(IpProgram.Options options) {
    List<Neighbour.Key> keys = proxies().stream()
        .filter(k -> device.map(prompt.lab().device(k.device()).name()::equals).orElse(true)
            && family.map(k.address().family()::equals).orElse(true)
            && to.map(p -> p.contains(k.address())).orElse(true))
        .toList();
    return Command.Said.answered(NeighbourText.proxies(prompt.lab(), keys, device.isPresent(), options.json()),
        new Answer.Proxies(prompt.lab(), keys));
  }

  private Command show(IpProgram.Options options) {
    if (proxy) {
      return shown(options);
    }
    List<Neighbour> rows = new ArrayList<>();
    for (Neighbour row : NeighbourText.now(prompt.lab(), prompt.at())) {
      Predicate<Neighbour> shown = r -> states.isEmpty()
          ? r.state() != Neighbour.State.NOARP
          : states.contains(r.state()) || r.flags().contains(Neighbour.Flag.EXTERN_LEARN);
      Device on = prompt.lab().device(row.key().device());
      Optional<DeviceId> above = LinkView.of(prompt.lab(), on).master().map(Device::id);
      if (shown.test(row) && (master.isEmpty() || above.equals(master)) && !(alone && above.isPresent())
          && device.map(on.name()::equals).orElse(true)
          && family.map(row.key().address().family()::equals).orElse(true)
          && to.map(p -> p.contains(row.key().address())).orElse(true)) {
        rows.add(row);
      }
    }
    List<String> lines = options.json()
        ? List.of(NeighbourText.json(prompt.lab(), rows, device.isPresent(), options.brief()))
        : options.brief() ? NeighbourText.brief(prompt.lab(), rows, device.isPresent())
        : NeighbourText.of(prompt.lab(), rows, device.isPresent());
    return Command.Said.answered(lines, new Answer.Neighbours(prompt.lab(), prompt.at(), rows));
  }

  private Command flush(IpProgram.Options options) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "Flush requires arguments.");
    }
    args.take("all");
    selection();
    if (master.isPresent() || alone || proxy) {
      throw Stop.unsupported("ip neigh flush by " + (proxy ? "proxy" : "master"));
    }
    if (states.size() == Neighbour.State.values().length) {
      states.remove(Neighbour.State.NOARP);
    }
    return FlushText.of(prompt, options, new Edit.FlushNeighbours(prompt.at(), family, device, to, states), "entries",
        lab -> lab.learned().neighbours(prompt.at()).rows().size());
  }
}
