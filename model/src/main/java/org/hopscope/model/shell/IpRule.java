package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
import org.hopscope.model.net.RouteType;

/** {@code ip rule} (iproute2 6.1 ip/iprule.c, ip-rule(8)). */
final class IpRule {
  private static final Keywords VERBS =
      Keywords.of("list* lst*=list show*=list save* restore* add* delete* flush* help*");
  private static final Keywords WORDS = Keywords.of("not from to preference*=priority order*=priority "
      + "priority* tos dsfield*=tos fwmark realms* protocol* tun_id table* lookup=table suppress_prefixlength "
      + "sup_pl=suppress_prefixlength suppress_ifgroup sup_group=suppress_ifgroup dev=iif iif oif l3mdev uidrange "
      + "ipproto sport dport nat map-to*=nat goto nop blackhole unreachable prohibit type help*");
  private static final int ALL_BITS = -1;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,10})(?:-(\\d{1,10}))?");

  private final Prompt prompt;
  private final IpFamily family;
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
  private Optional<PolicyRule.Action> action = Optional.empty();
  private RouteProtocol protocol = RouteProtocol.UNSPEC;

  private IpRule(Prompt prompt, IpFamily family, Args args) {
    this.prompt = prompt;
    this.family = family;
    this.args = args;
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    String typed = args.isEmpty() ? "list" : args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip rule help\"."));
    IpRule rule = new IpRule(prompt, options.inet6() ? IpFamily.INET6 : IpFamily.INET, args);
    return switch (verb) {
      case "list" -> rule.words().show(options);
      case "add" -> rule.needsWords(verb).words().add();
      case "delete" -> rule.needsWords("del").words().delete();
      case "flush" -> rule.words().flush();
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
          table = Optional.of(RouteWords.table(text).orElseThrow(() -> Stop.wrong(text, "invalid table ID")));
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
        case "goto" -> action = Optional.of(new PolicyRule.Goto(args.unsigned("invalid target")));
        case "iif" -> incoming = Optional.of(args.next());
        case "oif" -> outgoing = Optional.of(args.next());
        case "type" -> type(args.next());
        case "blackhole", "unreachable", "prohibit", "nop" -> type(word);
        case "help" -> throw usage();
        default -> throw Stop.unsupported("ip rule " + word);
      }
    }
    return this;
  }

  private void type(String word) throws Stop {
    action = Optional.of(switch (word) {
      case "blackhole" -> new PolicyRule.Refuse(RouteType.BLACKHOLE);
      case "unreachable" -> new PolicyRule.Refuse(RouteType.UNREACHABLE);
      case "prohibit" -> new PolicyRule.Refuse(RouteType.PROHIBIT);
      case "nop" -> new PolicyRule.Nothing();
      case "goto" -> new PolicyRule.Goto(args.unsigned("invalid target"));
      default -> odd(word);
    });
  }

  /** Any type of route, by name or number, is taken for an action (iprule.c, rtnl_rtntype_a2n). */
  private static PolicyRule.Action odd(String word) throws Stop {
    Optional<Integer> number = RouteType.numberOf(word)
        .or(() -> Numbers.unsigned(word).filter(n -> Integer.compareUnsigned(n, 255) <= 0));
    int type = number.orElseThrow(() -> Stop.wrong(word, "Failed to parse rule type"));
    return switch (type) {
      case 0, 1 -> throw Stop.unsupported("ip rule type " + word);
      case 2 -> throw Stop.exit(2, "Error: Missing goto target for action goto.");
      case 3 -> new PolicyRule.Nothing();
      case 6 -> new PolicyRule.Refuse(RouteType.BLACKHOLE);
      case 7 -> new PolicyRule.Refuse(RouteType.UNREACHABLE);
      case 8 -> new PolicyRule.Refuse(RouteType.PROHIBIT);
      default -> new PolicyRule.Odd(type, 0);
    };
  }

  /** A type of service in hexadecimal, with or without {@code 0x}. */
  static int tos(String text) throws Stop {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    if (!digits.matches("[0-9a-fA-F]{1,2}")) {
      throw Stop.wrong(text, "TOS value is invalid");
    }
    return Integer.parseInt(digits, 16);
  }

  private static FlowSelector.Range range(String text, boolean pair, String why) throws Stop {
    Matcher two = RANGE.matcher(text);
    if (!two.matches() || pair && two.group(2) == null) {
      throw Stop.wrong(text, why.strip() + "\n");
    }
    int first = (int) Long.parseLong(two.group(1));
    return new FlowSelector.Range(first, two.group(2) == null ? first : (int) Long.parseLong(two.group(2)));
  }

  /** The whole address space says as little as no word at all. */
  private static Optional<InterfaceAddress> network(String text) throws Stop {
    return Optional.of(Addresses.withLength(text)).filter(n -> n.length() > 0 || !n.address().isUnspecified());
  }

  private static PolicyRule.Mark mark(String text) throws Stop {
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

  private Optional<PolicyRule.Action> said() {
    if (action.isPresent() && action.get() instanceof PolicyRule.Odd(int type, int _)) {
      return Optional.of(new PolicyRule.Odd(type, table.orElse(0)));
    }
    return action.or(() -> table.map(t -> new PolicyRule.ToTable(t, suppressed)));
  }

  private Command add() {
    PolicyRule.Action does = said().orElseGet(() -> new PolicyRule.ToTable(Netns.MAIN, suppressed));
    return Command.Change.of(new Edit.AddRule(prompt.at(), family, priority, selector(), does, protocol));
  }

  private Command delete() {
    return Command.Change.of(new Edit.DeleteRule(prompt.at(), family, priority, selector(), said(), protocol));
  }

  private List<PolicyRule> rows() {
    return prompt.lab().find(prompt.at()).orElseThrow().tables(family).rules().rows().stream().filter(this::isMeant)
        .toList();
  }

  /** iproute2 compares what was said, and not at all what a rule is turned round by, or who made it. */
  private boolean isMeant(PolicyRule rule) {
    PolicyRule.Selector has = rule.selector();
    return priority.filter(p -> p != rule.priority()).isEmpty() && isInside(has.from(), from) && isInside(has.to(), to)
        && incoming.filter(d -> !has.incoming().equals(Optional.of(d))).isEmpty()
        && outgoing.filter(d -> !has.outgoing().equals(Optional.of(d))).isEmpty()
        && (flow.tos() == 0 || flow.tos() == has.flow().tos())
        && flow.users().filter(u -> !has.flow().users().equals(Optional.of(u))).isEmpty()
        && (mark.value() == 0 || mark.value() == has.mark().value())
        && (mark.mask() == 0 || mark.mask() == ALL_BITS || mark.mask() == has.mark().mask())
        && table.filter(t -> !(rule.action() instanceof PolicyRule.ToTable(int its, int _) && its == t)).isEmpty();
  }

  private static boolean isInside(Optional<InterfaceAddress> has, Optional<InterfaceAddress> said) {
    return said.map(s -> has.filter(h -> h.length() >= s.length() && s.network().contains(h.address())).isPresent())
        .orElse(true);
  }

  private Command show(IpProgram.Options options) {
    List<PolicyRule> rules = rows();
    Predicate<PolicyRule> resolved = r -> !(r.action() instanceof PolicyRule.Goto(int to))
        || prompt.lab().find(prompt.at()).orElseThrow().tables(family).rules().has(to);
    Predicate<String> isHere = name -> prompt.lab().find(prompt.ref(name)).isPresent();
    List<String> lines = options.json()
        ? List.of(RuleText.json(rules, isHere, resolved))
        : rules.stream()
            .map(r -> RuleText.line(r, options.details(), isHere) + (resolved.test(r) ? "" : " [unresolved]")).toList();
    return Command.Said.answered(lines, new Answer.Rules(rules));
  }

  /** All but the rules of priority 0, which iproute2 does not see as ones it could delete. */
  private Command flush() {
    List<Edit> edits = new ArrayList<>();
    for (PolicyRule rule : rows()) {
      boolean meant = protocol.equals(RouteProtocol.UNSPEC) || protocol.equals(rule.protocol());
      if (rule.priority() != 0 && meant) {
        edits.add(new Edit.DeleteRule(prompt.at(), family, Optional.of(rule.priority()), rule.selector(),
            Optional.of(rule.action()), rule.protocol()));
      }
    }
    return edits.isEmpty() ? Command.Said.NOTHING : Command.Change.of(new Edit.Together(edits));
  }
}
