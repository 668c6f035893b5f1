package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.FlowSelector;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.Protocol;
import org.hopscope.model.net.RouteProtocol;

/**
 * Which rules {@code ip rule list} and {@code flush} mean (iproute2 6.1 ip/iprule.c iprule_list_flush_or_save,
 * filter_nlmsg). A word that is none of theirs is a network of destinations. Who made a rule counts for {@code flush} alone.
 */
final class RuleQuery {
  private static final Keywords WORDS =
      Keywords.of("preference*=priority order*=priority priority* not tos dsfield=tos "
          + "fwmark dev=iif iif oif l3mdev uidrange tun_id* lookup*=table table* from* src*=from protocol* ipproto sport "
          + "dport dst*=to to*");

  private final Prompt prompt;
  private final IpFamily family;
  private Optional<RouteProtocol> protocol = Optional.empty();
  private Predicate<PolicyRule> meant = rule -> true;

  private RuleQuery(Prompt prompt, IpFamily family) {
    this.prompt = prompt;
    this.family = family;
  }

  static RuleQuery read(Prompt prompt, IpFamily family, Args args) throws Stop {
    RuleQuery query = new RuleQuery(prompt, family);
    while (!args.isEmpty()) {
      query.word(args.next(), args);
    }
    return query;
  }

  private void word(String typed, Args args) throws Stop {
    switch (WORDS.find(typed).orElse("")) {
      case "priority" -> {
        int priority = args.unsigned("preference value is invalid");
        and(r -> r.priority() == priority);
      }
      case "not" -> and(r -> r.selector().inverted());
      case "tos" -> {
        int tos = IpRule.tos(args.next());
        and(r -> r.selector().flow().tos() == tos);
      }
      case "fwmark" -> {
        PolicyRule.Mark mark = IpRule.mark(args.next());
        and(r -> mark.value() == 0 || mark.value() == r.selector().mark().value());
        and(r -> mark.maskText().isEmpty() || mark.mask() == r.selector().mark().mask());
      }
      case "iif" -> {
        Optional<String> device = Optional.of(args.next());
        and(r -> r.selector().incoming().equals(device));
      }
      case "oif" -> {
        Optional<String> device = Optional.of(args.next());
        and(r -> r.selector().outgoing().equals(device));
      }
      case "uidrange" -> {
        FlowSelector.Range users = IpRule.range(args.next(), true, "invalid UID range\n");
        and(r -> r.selector().flow().users().equals(Optional.of(users)));
      }
      case "table" -> {
        String text = args.next();
        int table = RouteWords.table(text).orElseThrow(() -> Stop.wrong(text, "table id value is invalid\n"));
        and(r -> table == 0 || tableOf(r.action()) == table);
      }
      case "from" -> {
        InterfaceAddress network = Addresses.withLength(args.next(), Optional.of(family));
        and(r -> isInside(r.selector().from(), network));
      }
      case "protocol" -> {
        String text = args.next();
        protocol = text.equals("all") ? Optional.empty() : Optional.of(IpRoute.protocol(text));
      }
      case "ipproto" -> {
        String text = args.next();
        int carried = Protocol.parse(text).orElseThrow(() -> Stop.wrong(text, "Invalid \"ipproto\" value\n"));
        and(r -> r.selector().flow().protocol() == carried);
      }
      case "sport" -> {
        FlowSelector.Range ports = IpRule.range(args.next(), false, "invalid port range\n");
        and(r -> r.selector().flow().sourcePorts().equals(Optional.of(ports)));
      }
      case "dport" -> {
        FlowSelector.Range ports = IpRule.range(args.next(), false, "invalid dport range\n");
        and(r -> r.selector().flow().ports().equals(Optional.of(ports)));
      }
      case "to" -> to(args.next());
      case "" -> to(typed);
      default -> throw Stop.unsupported("ip rule list " + typed);
    }
  }

  private void to(String text) throws Stop {
    InterfaceAddress network = Addresses.withLength(text, Optional.of(family));
    and(r -> isInside(r.selector().to(), network));
  }

  private void and(Predicate<PolicyRule> more) {
    meant = meant.and(more);
  }

  private static int tableOf(PolicyRule.Action action) {
    return switch (action) {
      case PolicyRule.ToTable(int table, int _) -> table;
      case PolicyRule.Refuse(int _, int table) -> table;
      case PolicyRule.Goto _,PolicyRule.Nothing _ -> 0;
    };
  }

  private static boolean isInside(Optional<InterfaceAddress> has, InterfaceAddress said) {
    int longest = said.length();
    return has.map(h -> h.length() >= longest && said.network().contains(h.address())).orElse(longest == 0);
  }

  private List<PolicyRule> rows() {
    return prompt.lab().find(prompt.at()).orElseThrow().tables(family).rules().rows().stream().filter(meant).toList();
  }

  Command show(IpProgram.Options options) {
    List<PolicyRule> rules = rows();
    Predicate<PolicyRule> resolved = r -> !(r.action() instanceof PolicyRule.Goto(int to))
        || prompt.lab().find(prompt.at()).orElseThrow().tables(family).rules().has(to);
    Predicate<String> isHere = name -> prompt.lab().find(prompt.ref(name)).isPresent();
    List<String> lines = options.json()
        ? List.of(RuleText.json(rules, options.details(), isHere, resolved))
        : rules.stream()
            .map(r -> RuleText.line(r, options.details(), isHere) + (resolved.test(r) ? "" : " [unresolved]")).toList();
    return Command.Said.answered(lines, new Answer.Rules(rules));
  }

  /** All but the rules of priority 0, which iproute2 does not see as ones it could delete. */
  Command flush() {
    List<Edit> edits = new ArrayList<>();
    for (PolicyRule rule : rows()) {
      if (rule.priority() != 0 && protocol.filter(p -> !p.equals(rule.protocol())).isEmpty()) {
        edits.add(new Edit.DeleteRule(prompt.at(), family, Optional.of(rule.priority()), rule.selector(),
            Optional.of(rule.action()), rule.protocol()));
      }
    }
    return edits.isEmpty() ? Command.Said.NOTHING : Command.Change.of(new Edit.Together(edits));
  }
}
