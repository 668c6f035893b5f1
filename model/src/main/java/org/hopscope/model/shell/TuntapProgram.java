package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.TunFlag;
import org.hopscope.model.net.TunMode;
import org.hopscope.model.net.TunSettings;

/**
 * {@code ip tuntap} (iproute2 ip/iptuntap.c), and {@code attach} and {@code detach}, which play the program at the far
 * end.
 */
final class TuntapProgram {
  private static final Keywords VERBS = Keywords.of("add* delete* show* lst*=show list*=show help*");
  private static final String ATTACH = "attach NS DEV [relay ADDR:PORT]";
  private static final String RELAY = "relay NS DEV NET ADDR:PORT|none";
  private static final String NUMBER = "%d";
  private static final String DETACH = "detach NS DEV";

  private TuntapProgram() {
  }

  /** What the words behind a verb say. */
  private record Said(Optional<String> device, Optional<TunMode> mode, Set<TunFlag> flags, Optional<Integer> user,
      Optional<Integer> group) {
  }

  /** Any beginning of a word does (ip/iptuntap.c parse_args). */
  private static final Keywords WORDS =
      Keywords.of("mode* user* group* pi* one_queue* vnet_hdr* multi_queue* dev* name* help*");

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    if (args.isEmpty()) {
      return show(prompt, options, args);
    }
    String typed = args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip tuntap help\"."));
    return switch (verb) {
      case "add" -> add(prompt, said(args));
      case "delete" -> delete(prompt, said(args));
      case "show" -> show(prompt, options, args);
      default -> throw Stop.exit(255, "Usage: ip tuntap { add | del | show | list | lst | help } [ dev PHYS_DEV ]",
          "       [ mode { tun | tap } ] [ user USER ] [ group GROUP ]");
    };
  }

  private static Said said(Args args) throws Stop {
    Optional<String> device = Optional.empty();
    Optional<TunMode> mode = Optional.empty();
    Set<TunFlag> flags = EnumSet.noneOf(TunFlag.class);
    Optional<Integer> user = Optional.empty();
    Optional<Integer> group = Optional.empty();
    while (!args.isEmpty()) {
      String word = args.next();
      String found = WORDS.find(word).orElse("");
      switch (found) {
        case "mode" -> mode = Optional.of(mode(args.next()));
        case "user" -> user = Optional.of(account(args.next(), "user"));
        case "group" -> group = Optional.of(account(args.next(), "group"));
        case "pi", "one_queue", "vnet_hdr", "multi_queue" -> flags.add(TunFlag.valueOf(found.toUpperCase(Locale.ROOT)));
        case "help" -> throw Stop.unsupported("tuntap " + word);
        case "dev", "name" -> device = Optional.of(LinkParts.valid(args.next(), word));
        default -> {
          if (device.isPresent()) {
            throw Stop.garbage("name", word);
          }
          device = Optional.of(LinkParts.valid(word, "name"));
        }
      }
    }
    return new Said(device, mode, flags, user, group);
  }

  private static TunMode mode(String text) throws Stop {
    return switch (text) {
      case "tun" -> TunMode.TUN;
      case "tap" -> TunMode.TAP;
      default -> throw Stop.exit(255, "Unknown tunnel mode \"" + text + "\"");
    };
  }

  private static int account(String text, String word) throws Stop {
    if (text.equals("root")) {
      return 0;
    }
    return Numbers.whole(text, 0, Integer.MAX_VALUE)
        .orElseThrow(() -> Stop.exit(255, "invalid " + word + " \"" + text + "\""));
  }

  private static TunMode required(Said said) throws Stop {
    return said.mode().orElseThrow(() -> Stop.exit(1, "You failed to specify a tunnel mode"));
  }

  private static Command add(Prompt prompt, Said said) throws Stop {
    TunMode mode = required(said);
    DeviceRef ref = prompt.ref(free(prompt, said.device().orElse(mode.word() + NUMBER)));
    TunSettings settings = new TunSettings(mode, said.flags(), said.user(), said.group());
    return new Command.Change(new Edit.AddTun(ref, settings), 1, Command.Said.NOTHING);
  }

  /** With the first number that nobody has in the place of {@code %d} (kernel dev_alloc_name). */
  private static String free(Prompt prompt, String name) {
    int number = 0;
    while (name.contains(NUMBER) && prompt.lab().find(prompt.ref(name.replace(NUMBER, "" + number))).isPresent()) {
      number++;
    }
    return name.replace(NUMBER, Integer.toString(number));
  }

  /** The tool opens the device to make it forgettable, which makes one that is not there; so it comes and goes. */
  private static Command delete(Prompt prompt, Said said) throws Stop {
    TunMode mode = required(said);
    DeviceRef ref = prompt.ref(free(prompt, said.device().orElse(mode.word() + NUMBER)));
    Edit delete = new Edit.DeleteTun(ref, mode, said.flags().contains(TunFlag.MULTI_QUEUE));
    boolean there = prompt.lab().find(ref).isPresent();
    Edit made = new Edit.AddTun(ref, new TunSettings(mode, said.flags(), Optional.empty(), Optional.empty()));
    return new Command.Change(there ? delete : new Edit.Together(List.of(made, delete)), 1, Command.Said.NOTHING);
  }

  private static Command show(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    // The words behind it are read, and all devices are shown.
    said(args);
    List<String> lines = new ArrayList<>();
    Json.Rows rows = new Json.Rows();
    for (Device device : prompt.lab().devicesOf(prompt.at())) {
      if (device.kind() instanceof DeviceKind.Tun tun) {
        TunSettings settings = tun.settings();
        List<String> flags = settings.listed();
        lines.add(device.name() + ": " + String.join(" ", flags) + settings.owner().map(u -> " user " + u).orElse("")
            + settings.group().map(g -> " group " + g).orElse(""));
        rows.add(new Json.Row().put("ifname", device.name()).put("flags", flags)
            .put("user", settings.owner()).put("group", settings.group()));
      }
    }
    List<String> shown = options.json() ? List.of(rows.toString()) : lines;
    return Command.Said.answered(shown, new Answer.Tuntap(prompt.lab().devicesOf(prompt.at()).stream()
        .filter(d -> d.kind() instanceof DeviceKind.Tun).toList()));
  }

  /** {@code attach PLACE DEV [relay ADDR:PORT]}. */
  static Command attach(Prompt prompt, Args args) throws Stop {
    NetnsId netns = ServeProgram.place(prompt, args, ATTACH);
    List<String> words = args.rest();
    boolean relays = words.size() == 3 && words.get(1).equals("relay");
    if (words.size() != 1 && !relays) {
      throw Stop.exit(2, "Usage: " + ATTACH);
    }
    Optional<Endpoint> socket = relays ? Optional.of(endpoint(words.get(2), ATTACH)) : Optional.empty();
    return new Command.Change(new Edit.Attach(new DeviceRef(netns, words.getFirst()), socket), 1,
        Command.Said.NOTHING);
  }

  /** {@code relay PLACE DEV NET ADDR:PORT|none}. */
  static Command relay(Prompt prompt, Args args) throws Stop {
    NetnsId netns = ServeProgram.place(prompt, args, RELAY);
    List<String> words = args.rest();
    Optional<IpPrefix> to = words.size() == 3 ? IpPrefix.parse(words.get(1)) : Optional.empty();
    if (to.isEmpty() || to.get().address().family() != IpFamily.INET) {
      throw Stop.exit(2, "Usage: " + RELAY);
    }
    Optional<Endpoint> hop =
        words.get(2).equals("none") ? Optional.empty() : Optional.of(endpoint(words.get(2), RELAY));
    return new Command.Change(new Edit.SetRelay(new DeviceRef(netns, words.getFirst()), to.get(), hop), 1,
        Command.Said.NOTHING);
  }

  private static Endpoint endpoint(String text, String usage) throws Stop {
    return Endpoint.parse(text).filter(e -> e.address().family() == IpFamily.INET)
        .orElseThrow(() -> Stop.exit(2, "Usage: " + usage));
  }

  /** {@code detach PLACE DEV}, by the words that the program was attached with. */
  static Command detach(Prompt prompt, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(2, "Usage: " + DETACH);
    }
    String text = args.next();
    NetnsId netns = Places.read(prompt.lab(), prompt.at().host(), text)
        .orElseThrow(() -> Stop.exit(1, "not attached"));
    return new Command.Change(new Edit.Detach(netns, device(args, DETACH)), 1, Command.Said.NOTHING);
  }

  private static String device(Args args, String usage) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(2, "Usage: " + usage);
    }
    String name = args.next();
    if (!args.isEmpty()) {
      throw Stop.exit(2, "Usage: " + usage);
    }
    return name;
  }
}
