package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;

/** {@code ip}: its options and its objects (iproute2 6.1 ip/ip.c). */
final class IpProgram {
  private static final Keywords OPTIONS = Keywords.of("-loops* -family* -4 -6 -0 -M -B -human* -human-readable* -iec* "
      + "-stats* -statistics*=-stats -details* -resolve* -oneline* -timestamp* -tshort* -Version* -force* -batch* "
      + "-brief* -json* -pretty* -rcvbuf* -color* -help* -netns* -Numeric* -all* -echo*");
  private static final Keywords OBJECTS = Keywords.of("address* addrlabel* maddress* route* rule* neighbor* "
      + "neighbour*=neighbor ntable* ntbl*=ntable link* l2tp* fou* ila* macsec* tunnel* tunl*=tunnel tuntap* "
      + "tap*=tuntap token* tcpmetrics* tcp_metrics*=tcpmetrics monitor* xfrm* mroute* mrule* netns* netconf* vrf* "
      + "sr* nexthop* mptcp* ioam* help* stats*");

  private IpProgram() {
  }

  /**
   * The options in front of the object.
   *
   * @param json {@code -j}
   * @param brief {@code -br}
   * @param details {@code -d}
   * @param stats {@code -s}
   * @param oneLine {@code -o}
   * @param inet {@code -4}: only IPv4
   * @param inet6 {@code -6}: only IPv6
   */
  record Options(boolean json, boolean brief, boolean details, boolean stats, boolean oneLine, boolean inet,
      boolean inet6) {
    static final Options NONE = new Options(false, false, false, false, false, false, false);

    /** The family that was asked for. */
    Optional<IpFamily> family() {
      return inet6 ? Optional.of(IpFamily.INET6) : inet ? Optional.of(IpFamily.INET) : Optional.empty();
    }

    /** With a family in place of the one asked for. */
    Options of(Optional<IpFamily> family) {
      return new Options(json, brief, details, stats, oneLine, family.equals(Optional.of(IpFamily.INET)),
          family.equals(Optional.of(IpFamily.INET6)));
    }

    /** Whether a family's addresses are shown. */
    boolean shows(IpFamily family) {
      return family().map(family::equals).orElse(true);
    }

    /** With one more option, by its full name. */
    Options with(String option) throws Stop {
      return switch (option) {
        case "-json" -> new Options(true, brief, details, stats, oneLine, inet, inet6);
        case "-brief" -> new Options(json, true, details, stats, oneLine, inet, inet6);
        case "-details" -> new Options(json, brief, true, stats, oneLine, inet, inet6);
        case "-stats" -> {
          if (stats) {
            throw Stop.unsupported("-s -s");
          }
          yield new Options(json, brief, details, true, oneLine, inet, inet6);
        }
        case "-oneline" -> new Options(json, brief, details, stats, true, inet, inet6);
        case "-4" -> new Options(json, brief, details, stats, oneLine, true, false);
        case "-6" -> new Options(json, brief, details, stats, oneLine, false, true);
        // What changes only the output of "monitor", which refuses it, or sizes that nobody asked for with -s.
        case "-timestamp", "-tshort" -> this;
        case "-human", "-human-readable", "-iec" -> {
          if (stats) {
            throw Stop.unsupported(option + " with -s");
          }
          yield this;
        }
        default -> throw Stop.unsupported(option);
      };
    }
  }

  /**
   * Whether an option is about colours, which the lab's terminal does not have: {@code -c}, {@code -color=never}
   * (iproute2 lib/color.c matches_color).
   */
  static boolean isColour(String typed) {
    String[] parts = typed.replaceFirst("^--", "-").split("=", 2);
    return parts[0].length() > 1 && "-color".startsWith(parts[0])
        && (parts.length == 1 || Set.of("always", "auto", "never").contains(parts[1]));
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    Options options = Options.NONE;
    Prompt where = prompt;
    Optional<String> batch = Optional.empty();
    boolean force = false;
    boolean all = false;
    boolean pretty = false;
    Optional<String> stamped = Optional.empty();
    StringBuilder typedBefore = new StringBuilder("ip");
    while (args.peek().filter(w -> w.startsWith("-")).isPresent()) {
      String typed = args.next();
      if (typed.equals("--")) {
        break;
      }
      if (isColour(typed)) {
        continue;
      }
      String option = option(typed);
      if (option.equals("-batch")) {
        batch = Optional.of(args.next());
        continue;
      }
      if (option.equals("-force")) {
        force = true;
        continue;
      }
      if (option.equals("-all")) {
        all = true;
        typedBefore.append(" -all");
        continue;
      }
      if (option.equals("-timestamp") || option.equals("-tshort")) {
        stamped = Optional.of(option);
      }
      if (option.equals("-pretty")) {
        pretty = true;
        typedBefore.append(" -pretty");
        continue;
      }
      typedBefore.append(' ').append(Words.quote(typed))
          .append(List.of("-netns", "-family").contains(option)
              ? args.peek().map(w -> " " + Words.quote(w)).orElse("")
              : "");
      if (option.equals("-netns")) {
        where = where.in(where.named(args.next()));
      } else if (option.equals("-family")) {
        String family = args.next();
        options = switch (family) {
          case "inet" -> options.with("-4");
          case "inet6" -> options.with("-6");
          default -> throw Stop.unsupported("-family " + family);
        };
      } else if (option.equals("-Version")) {
        return Command.Said.answered(List.of("ip utility, iproute2-6.1.0, libbpf 1.1.2"),
            new Answer.Nothing());
      } else {
        options = options.with(option);
      }
    }
    if (batch.isPresent()) {
      return Batch.read(prompt, typedBefore.toString(), batch.get(), force);
    }
    if (stamped.isPresent() && args.peek().flatMap(OBJECTS::find).filter("monitor"::equals).isPresent()) {
      throw Stop.unsupported(stamped.get() + " with monitor");
    }
    boolean netns = args.peek().filter(o -> o.startsWith("netn") && "netns".startsWith(o)).isPresent();
    Command command = all && netns ? all(where, args) : object(where, options, args);
    return pretty && options.json() ? PrettyJson.of(command) : command;
  }

  /** {@code -all} is for namespaces; the other objects have no use for it. */
  private static Command all(Prompt prompt, Args args) throws Stop {
    args.next();
    return IpNetns.all(prompt, args);
  }

  private static String option(String typed) throws Stop {
    String single = typed.startsWith("--") ? typed.substring(1) : typed;
    return OPTIONS.find(single)
        .orElseThrow(() -> Stop.exit(255, "Option \"" + single + "\" is unknown, try \"ip -help\"."));
  }

  private static Command object(Prompt prompt, Options options, Args args) throws Stop {
    Optional<String> typed = args.peek();
    if (typed.isEmpty()) {
      throw Stop.exit(255, "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }");
    }
    String word = args.next();
    String object = OBJECTS.find(word)
        .orElseThrow(() -> Stop.exit(1, "Object \"" + word + "\" is unknown, try \"ip help\"."));
    return switch (object) {
      case "link" -> IpLink.read(prompt, options, args);
      case "address" -> IpAddr.read(prompt, options, args);
      case "route" -> IpRoute.read(prompt, options, args);
      case "rule" -> IpRule.read(prompt, options, args);
      case "neighbor" -> IpNeigh.read(prompt, options, args);
      case "tunnel" -> TunnelProgram.read(prompt, options, args);
      case "tuntap" -> TuntapProgram.read(prompt, options, args);
      case "maddress" -> IpMaddress.read(prompt, options, args);
      case "netconf" -> IpNetconf.read(prompt, options, args);
      case "monitor" -> IpMonitor.read(prompt, options, args);
      case "netns" -> IpNetns.read(prompt, options, args);
      case "help" -> throw Stop.exit(255, "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }");
      default -> throw Stop.unsupported("ip " + object);
    };
  }
}
