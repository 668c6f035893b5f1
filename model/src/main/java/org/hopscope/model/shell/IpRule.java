package org.hopscope.model.shell;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.FlowSelector;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.Protocol;
import org.hopscope.model.net.RouteProtocol;

/** {@code ip rule} (iproute2 6.1 ip/iprule.c, ip-rule(8)). */
final class IpRule {
  private static final Keywords VERBS =
      Keywords.of("list* lst*=list show*=list save* restore* add* delete* flush* help*");
  private static final Keywords WORDS = Keywords.of("not from to preference*=priority order*=priority "
      + "priority* tos dsfield*=tos fwmark realms* protocol* tun_id table* lookup=table suppress_prefixlength "
      + "sup_pl=suppress_prefixlength suppress_ifgroup sup_group=suppress_ifgroup dev=iif iif oif l3mdev uidrange "
      + "ipproto sport dport nat map-to*=nat type help* goto* nop*");
  private static final Keywords TYPES = Keywords.of("help* goto* nop*");
  private static final int ALL_BITS = -1;
  private static final int TO_TABLE = 1;
  private static final int GOTO = 2;
  private static final int NOP = 3;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,10})(?:-(\\d{1,10}))?");

  private final Prompt prompt;
  private final IpFamily family;
  /** The family that was asked for: without one, networks of any are read (iproute2 iprule_modify). */
  private final Optional<IpFamily> asked;
  private final Args args;
  private boolean inverted;
  private Optional<InterfaceAddress> from = Optional.empty();
  private Optional<InterfaceAddress> to = Optional.empty();
  private Optional<String> incoming = Optional.empty();
  private Optional<String> outgoing = Optional.empty();
  private PolicyRule.Mark mark = PolicyRule.Mark.ANY;
  private FlowSelector flow = FlowSelector.ALL;
  private Optional<Integer> priority = Optional.empty();
  private Optional<Integer> table = Optional.empty();
  private int suppressed = -1;
  /** What it does, by number (fib_rules.h FR_ACT_*); the last one said counts. */
  private Optional<Integer> type = Optional.empty();
  private Optional<Integer> target = Optional.empty();
  private RouteProtocol protocol = RouteProtocol.UNSPEC;

  private IpRule(Prompt prompt, Optional<IpFamily> asked, Args args) {
    this.prompt = prompt;
    this.asked = asked;
    this.family = asked.orElse(IpFamily.INET);
    this.args = args;
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    String typed = args.isEmpty() ? "list" : args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip rule help\"."));
    IpRule rule = new IpRule(prompt, options.family(), args);
    return switch (verb) {
      case "list" -> RuleQuery.read(prompt, rule.family, args).show(options);
      case "add" -> rule.needsWords(verb).words().add();
      case "delete" -> rule.needsWords("del").words().delete();
      case "flush" -> RuleQuery.read(prompt, rule.family, args).flush();
      case "help" -> throw usage();
      default -> throw Stop.unsupported("ip rule " + verb);
    };
  }

  private static Stop usage() {
    return Stop.exit(255, "Usage: ip rule { add | del } SELECTOR ACTION",
        "       ip rule { flush | list } [ SELECTOR ]");
  }

  private IpRule needsWords(String verb) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "\"ip rule " + verb + "\" requires arguments.");
    }
    return this;
  }

  private IpRule words() throws Stop {
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed).orElse("");
      switch (word) {
        case "" -> type(typed);
        case "not" -> inverted = true;
        case "from" -> from = network(args.next());
        case "to" -> to = network(args.next());
        case "priority" -> priority = Optional.of(args.unsigned("preference value is invalid"));
        case "fwmark" -> mark = mark(args.next());
        case "protocol" -> protocol = IpRoute.protocol(args.next());
        case "table" -> {
          String text = args.next();
          table = Optional.of(text.equals("0") ? PolicyRule.ANY_TABLE
              : RouteWords.table(text).orElseThrow(() -> Stop.wrong(text, "invalid table ID")));
        }
        case "suppress_prefixlength" -> suppressed =
            args.number(0, Integer.MAX_VALUE, "suppress_prefixlength value is invalid");
        case "tos" -> flow = new FlowSelector(tos(args.next()), flow.users(), flow.protocol(), flow.sourcePorts(),
            flow.ports());
        case "uidrange" -> {
          String text = args.next();
          flow = new FlowSelector(flow.tos(), Optional.of(range(text, true, "invalid UID range\n")), flow.protocol(),
              flow.sourcePorts(), flow.ports());
        }
        case "ipproto" -> {
          String text = args.next();
          int protocol = Protocol.parse(text).orElseThrow(() -> Stop.wrong(text, "Invalid \"ipproto\" value"));
          flow = new FlowSelector(flow.tos(), flow.users(), protocol, flow.sourcePorts(), flow.ports());
        }
        case "sport" -> flow = new FlowSelector(flow.tos(), flow.users(), flow.protocol(),
            Optional.of(range(args.next(), false, "invalid port range\n")), flow.ports());
        case "dport" -> flow = new FlowSelector(flow.tos(), flow.users(), flow.protocol(), flow.sourcePorts(),
            Optional.of(range(args.next(), false, "invalid dport range\n")));
        case "iif" -> incoming = Optional.of(args.next());
        case "oif" -> outgoing = Optional.of(args.next());
        case "type" -> type(args.next());
        case "goto", "nop" -> type(typed);
        case "help" -> throw usage();
        default -> {
          args.next();
          throw Stop.unsupported("ip rule " + word);
        }
      }
    }
    return this;
  }

  private void type(String typed) throws Stop {
    switch (TYPES.find(typed).orElse("")) {
      case "help" -> throw usage();
      case "goto" -> {
        target = Optional.of(args.unsigned("invalid target"));
        type = Optional.of(GOTO);
      }
      case "nop" -> type = Optional.of(NOP);
      default -> type = Optional.of(RouteWords.typeNumber(typed)
          .orElseThrow(() -> Stop.wrong(typed, "Failed to parse rule type")));
    }
  }

  /** A type of service in hexadecimal, with or without {@code 0x}. */
  static int tos(String text) throws Stop {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    if (!digits.matches("[0-9a-fA-F]{1,2}")) {
      throw Stop.wrong(text, "TOS value is invalid");
    }
    return Integer.parseInt(digits, 16);
  }

  static FlowSelector.Range range(String text, boolean pair, String why) throws Stop {
    Matcher two = RANGE.matcher(text);
    if (!two.matches() || pair && two.group(2) == null) {
      throw Stop.wrong(text, why.strip() + "\n");
    }
    int first = (int) Long.parseLong(two.group(1));
    return new FlowSelector.Range(first, two.group(2) == null ? first : (int) Long.parseLong(two.group(2)));
  }

  /** The whole address space says as little as no word at all. */
  private Optional<InterfaceAddress> network(String text) throws Stop {
    return Optional.of(Addresses.withLength(text, asked)).filter(n -> n.length() > 0 || !n.address().isUnspecified());
  }

  static PolicyRule.Mark mark(String text) throws Stop {
    int slash = text.indexOf('/');
    String bits = slash < 0 ? text : text.substring(0, slash);
    int value = Numbers.unsigned(bits).orElseThrow(() -> Stop.wrong(text, "fwmark value is invalid"));
    int mask = slash < 0 ? value == 0 ? 0 : ALL_BITS
        : Numbers.unsigned(text.substring(slash + 1)).orElseThrow(() -> Stop.wrong(text, "fwmask value is invalid"));
    return new PolicyRule.Mark(value, mask);
  }

  private PolicyRule.Selector selector() {
    return new PolicyRule.Selector(inverted, from, to, incoming, outgoing, mark, flow);
  }

  /** What it is said to do; empty when neither a type nor a table is (net/core/fib_rules.c fib_nl2rule). */
  private Optional<PolicyRule.Action> said() throws Stop {
    if (target.isPresent() && !type.equals(Optional.of(GOTO))) {
      throw Stop.exit(2, "Error: Unexpected goto.");
    }
    if (type.isEmpty()) {
      return table.map(t -> new PolicyRule.ToTable(t, suppressed));
    }
    int number = type.get();
    if ((number == GOTO || number == NOP) && table.isPresent()) {
      throw Stop.unsupported("ip rule " + (number == NOP ? "nop" : "goto") + " with a table");
    }
    return Optional.of(switch (number) {
      case TO_TABLE -> new PolicyRule.ToTable(table.orElse(PolicyRule.ANY_TABLE), suppressed);
      case GOTO -> new PolicyRule.Goto(
          target.orElseThrow(() -> Stop.exit(2, "Error: Missing goto target for action goto.")));
      case NOP -> new PolicyRule.Nothing();
      default -> new PolicyRule.Refuse(number, table.orElse(0));
    });
  }

  private Command add() throws Stop {
    PolicyRule.Action does = said().orElseGet(() -> new PolicyRule.ToTable(Netns.MAIN, suppressed));
    return Command.Change.of(new Edit.AddRule(prompt.at(), family, priority, selector(), does, protocol));
  }

  private Command delete() throws Stop {
    return Command.Change.of(new Edit.DeleteRule(prompt.at(), family, priority, selector(), said(), protocol));
  }
}
