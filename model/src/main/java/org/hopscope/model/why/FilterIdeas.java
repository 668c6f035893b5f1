package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandText;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Ruleset;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.netfilter.Verdict;
import org.hopscope.model.netfilter.Walk;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.Lookup;

/** What may be wrong in packet filters: a rule in the way, one that is missing, a translation that leads astray or is not made. */
final class FilterIdeas {
  private static final int LONGEST = 200;
  /** So much less likely is what would not last. */
  private static final double KEPT = 0.4;

  private final Scene scene;
  private final Ideas ideas;
  private final Probe probe;
  private final IpFamily family;
  private final Optional<Wanted> wanted;

  private FilterIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
    probe = scene.trace.probe();
    family = probe.to().family();
    wanted = Wanted.by(probe);
  }

  static void have(Scene scene, Ideas ideas) {
    FilterIdeas filters = new FilterIdeas(scene, ideas);
    for (Lookup lookup : scene.lookups) {
      if (lookup instanceof Lookup.RuleWalk walk) {
        filters.walk(walk);
      }
    }
    for (NetnsId netns : scene.path) {
      filters.destinations(netns);
      filters.sources(netns);
      filters.remembered(netns);
    }
  }

  private void type(double cost, String reason, NetnsId at, String... commands) {
    String program = family == IpFamily.INET6 ? "ip6tables" : "iptables";
    ideas.add(cost + scene.distance(at), reason, at,
        Stream.of(commands).map(c -> program + c).toArray(String[]::new));
  }

  private static String table(TableName table) {
    return table == TableName.FILTER ? "" : " -t " + table.word();
  }

  private String place(Lookup.RuleWalk walk, String chain, int number) {
    return scene.name(walk.netns()) + ": " + walk.table().name().word() + " " + chain
        + (number > 0 ? " " + number : "");
  }

  private void walk(Lookup.RuleWalk walk) {
    boolean ends = walk.walk().verdict() instanceof Verdict.Drop || walk.walk().verdict() instanceof Verdict.Reject;
    List<Walk.Hit> hits = walk.walk().hits();
    for (int i = 0; i < hits.size(); i++) {
      Walk.Hit hit = hits.get(i);
      boolean decided = ends && !walk.walk().byPolicy() && i == hits.size() - 1;
      boolean idle =
          hit.rule().target() instanceof Target.Accept && !ends || hit.rule().target() instanceof Target.Nothing
              || hit.rule().target() instanceof Target.Log;
      if (!idle) {
        hit(walk, hit, (decided ? 0 : ends ? 0.6 : 0.8) + (isKept(hit.chain()) ? KEPT : 0));
      }
      if (decided) {
        type(0.5, Sentences.say("rule.drops", place(walk, hit.chain(), hit.number()), text(hit.rule())), walk.netns(),
            table(walk.table().name()) + " -I " + hit.chain() + " " + hit.number() + flow(walk) + " -j ACCEPT");
      }
    }
    if (ends && walk.walk().byPolicy()) {
      policy(walk);
    }
  }

  /** Whether a chain is written by a controller, which would put back what is taken out of it by hand. */
  private static boolean isKept(String chain) {
    return Stream.of("cali-", "KUBE-", "DOCKER", "WEAVE-").anyMatch(chain::startsWith);
  }

  private static String text(Rule rule) {
    return SaveText.of(rule);
  }

  /** Away with a rule that a packet passed; or, if it translates, to somebody else. */
  private void hit(Lookup.RuleWalk walk, Walk.Hit hit, double cost) {
    String table = table(walk.table().name());
    String words = text(hit.rule());
    boolean plain = !words.contains("\"") && walk.table().chain(hit.chain()).orElseThrow().rules().stream()
        .filter(r -> r.saysSame(hit.rule())).count() == 1;
    String reason =
        Sentences.say(cost == 0 || cost == KEPT ? "rule.drops" : "rule.passed", place(walk, hit.chain(), hit.number()),
            words);
    type(
        hit.rule().target() instanceof Target.Snat && !words.contains("\"") && isStrange(walk.netns(), words) ? 0.05
            : cost,
        reason, walk.netns(), table + " -D " + hit.chain() + " " + (plain ? CommandText.typed(words)
            : Integer.toString(hit.number())));
    if (hit.rule().target() instanceof Target.Dnat && !words.contains("\"")) {
      for (String to : targets()) {
        type(0.2, Sentences.say("rule.dnat", place(walk, hit.chain(), hit.number()), words, to), walk.netns(),
            table + " -R " + hit.chain() + " " + hit.number() + " "
                + words.replaceAll("--to-destination \\S+", "--to-destination " + to));
      }
    }
    if (hit.rule().target() instanceof Target.Snat && !words.contains("\"")) {
      Set<String> own = new LinkedHashSet<>();
      scene.lab.devicesOf(walk.netns()).stream().filter(d -> !d.isLoopback())
          .flatMap(d -> d.globalAddresses(family).stream()).forEach(a -> own.add(a.address().toString()));
      own.forEach(to -> type(0.2, Sentences.say("rule.snat", place(walk, hit.chain(), hit.number()), words, to),
          walk.netns(), table + " -R " + hit.chain() + " " + hit.number() + " "
              + words.replaceAll("--to-source \\S+", "--to-source " + to)));
    }
  }

  /** Whether a rule gives packets a source that is none of the namespace's own addresses. */
  private boolean isStrange(NetnsId netns, String rule) {
    return scene.lab.devicesOf(netns).stream().flatMap(d -> d.globalAddresses(family).stream())
        .noneMatch(a -> rule.contains("--to-source " + a.address()));
  }

  /** The end of a chain threw it away: because a rule that lets it pass is missing, or is about something else. */
  private void policy(Lookup.RuleWalk walk) {
    String name = walk.view().path().hook().name();
    String table = table(walk.table().name());
    Chain chain = walk.table().chain(name).orElseThrow();
    boolean bare = chain.rules().isEmpty();
    String reason = Sentences.say("rule.policy", place(walk, name, 0));
    type(bare ? 0 : 0.35, reason, walk.netns(), table + " -P " + name + " ACCEPT");
    type(bare ? 0.4 : 0.3, reason, walk.netns(), table + " -A " + name + flow(walk) + " -j ACCEPT");
    boolean reply = walk.view().tracking().toString().contains("REPLY");
    type(reply ? 0.25 : 0.6, reason, walk.netns(),
        table + " -A " + name + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
    type(0.45, reason, walk.netns(), table + " -A " + name + flow(walk) + " -j ACCEPT",
        table + " -A " + name + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
    for (int i = 0; i < chain.rules().size(); i++) {
      String words = text(chain.rules().get(i));
      if (chain.rules().get(i).target() instanceof Target.Accept && !words.contains("\"")) {
        int number = i + 1;
        for (String other : meant(words, walk)) {
          type(0.3, Sentences.say("rule.other", place(walk, name, number), words), walk.netns(),
              table + " -R " + name + " " + number + " " + other);
        }
      }
    }
  }

  /** A rule with one of the things that it asks for changed to what the packet has. */
  private static List<String> meant(String rule, Lookup.RuleWalk walk) {
    List<String> all = new ArrayList<>();
    all.add(rule.replaceAll("--dport \\S+", "--dport " + walk.view().destinationPort()));
    all.add(rule.replaceAll("(?<!! )-s \\S+", "-s " + walk.view().source()));
    all.add(rule.replaceAll("(?<!! )-d \\S+", "-d " + walk.view().destination()));
    all.add(rule.replaceAll("(?<!! )-i \\S+", "-i " + walk.view().path().in()));
    all.add(rule.replaceAll("(?<!! )-o \\S+", "-o " + walk.view().path().out()));
    all.removeIf(r -> r.equals(rule) || r.endsWith("-i ") || r.contains("-1"));
    return all;
  }

  /** What describes the packets of a flow. */
  private static String flow(Lookup.RuleWalk walk) {
    int port = walk.view().destinationPort();
    String protocol = switch (walk.view().protocol()) {
      case 1 -> " -p icmp";
      case 6 -> " -p tcp";
      case 17 -> " -p udp";
      case 58 -> " -p ipv6-icmp";
      default -> "";
    };
    boolean ports = port >= 0 && port < 32_768;
    return " -s " + walk.view().source() + " -d " + walk.view().destination() + protocol
        + (ports ? " --dport " + port : "");
  }

  /** Who could have been meant by a translation of the destination: those that listen. */
  private List<String> targets() {
    return wanted.map(w -> w.listeners(scene.lab)).orElse(List.of());
  }

  /** A translation of the destination that is missing, or is about another port or address. */
  private void destinations(NetnsId netns) {
    boolean here = wanted.isPresent() && scene.owners(probe.to()).stream().anyMatch(d -> d.netns().equals(netns))
        || wanted.isPresent() && scene.owners(probe.to()).isEmpty() && scene.distance(netns) == 0;
    if (!here) {
      return;
    }
    Optional<RuleTable> nat = ruleset(netns).table(TableName.NAT);
    String word = wanted.orElseThrow().transport().word();
    int port = wanted.orElseThrow().port();
    for (String chain : List.of("PREROUTING", "OUTPUT")) {
      List<Rule> rules = nat.flatMap(t -> t.chain(chain)).map(Chain::rules).orElse(List.of());
      for (int i = 0; i < Math.min(LONGEST, rules.size()); i++) {
        String words = text(rules.get(i));
        String meant =
            words.replaceAll("(?<!! )-d \\S+", "-d " + probe.to()).replaceAll("--dport \\S+", "--dport " + port);
        if (rules.get(i).target() instanceof Target.Dnat && !words.contains("\"")) {
          Set<String> others = new LinkedHashSet<>(List.of(meant, meant.replaceAll("(?<!! )-[io] \\S+ ?", "")));
          int number = i + 1;
          others.stream().filter(o -> !o.equals(words)).forEach(o -> type(0.3, Sentences.say("rule.other",
              scene.name(netns) + ": nat " + chain + " " + number, words), netns,
              " -t nat -R " + chain + " " + number + " " + o));
        }
      }
      boolean local = probe.from().equals(netns);
      if (local == chain.equals("OUTPUT")) {
        for (String to : targets()) {
          type(nat.isPresent() ? 0.4 : 2, Sentences.say("rule.no-dnat", scene.name(netns), probe.to(), port), netns,
              " -t nat -A " + chain + " -d " + probe.to() + " -p " + word + " --dport " + port
                  + " -j DNAT --to-destination " + to);
        }
      }
    }
  }

  /** A translation of the source that is missing, or is about another network or device. */
  private void sources(NetnsId netns) {
    List<Lookup.RouteLookup> through = scene.lookups.stream().flatMap(l -> l instanceof Lookup.RouteLookup r
        && r.netns().equals(netns) && r.incoming().isPresent() && r.hop().isPresent() ? Stream.of(r)
            : Stream.empty())
        .toList();
    Optional<RuleTable> nat = ruleset(netns).table(TableName.NAT);
    List<Rule> rules = nat.flatMap(t -> t.chain("POSTROUTING")).map(Chain::rules).orElse(List.of());
    for (Lookup.RouteLookup way : through) {
      Device out = scene.lab.device(way.hop().orElseThrow().device());
      Device in = scene.lab.device(way.incoming().orElseThrow());
      Optional<InterfaceAddress> inside = in.globalAddresses(family).stream()
          .filter(a -> way.source().filter(a.network()::contains).isPresent()).findFirst();
      if (inside.isEmpty() || out.id().equals(in.id())) {
        continue;
      }
      String wanted = "-s " + inside.get().network() + " -o " + out.name() + " -j MASQUERADE";
      for (int i = 0; i < Math.min(LONGEST, rules.size()); i++) {
        if (rules.get(i).target() instanceof Target.Masquerade || rules.get(i).target() instanceof Target.Snat) {
          boolean stray = rules.get(i).ip().source().filter(s -> nobody(s)).isPresent();
          type(stray ? -0.15 : 0.2,
              Sentences.say("rule.other", scene.name(netns) + ": nat POSTROUTING " + (i + 1), text(rules.get(i))),
              netns, " -t nat -R POSTROUTING " + (i + 1) + " " + wanted);
        }
      }
      boolean container =
          in.isBridge() && !out.isBridge() && scene.lab.find(netns).orElseThrow().nft().tables().isEmpty();
      double cost = nat.isPresent() && rules.isEmpty() || container && rules.isEmpty() ? -0.3
          : nat.isPresent() ? 0.35 : 1.6;
      type(cost, Sentences.say("rule.no-masquerade", scene.name(netns), inside.get().network(), out.name()), netns,
          " -t nat -A POSTROUTING " + wanted);
    }
  }

  private boolean nobody(AddressMatch match) {
    return scene.lab.devices().values().stream().flatMap(d -> d.globalAddresses(family).stream())
        .noneMatch(a -> match.holds(a.address()));
  }

  private Ruleset ruleset(NetnsId netns) {
    return scene.lab.find(netns).orElseThrow().rulesets().of(family);
  }

  /** Connections that are remembered from before decide for packets that rules would treat otherwise. */
  private void remembered(NetnsId netns) {
    List<Tuple> known = scene.lab.learned().netfilter(netns).conntrack().connections().values().stream()
        .map(Connection::original).distinct().toList();
    if (!known.isEmpty() && known.size() < LONGEST) {
      ideas.add(0.9 + scene.distance(netns), Sentences.say("conntrack", scene.name(netns)),
          List.of(new Idea.Done(new Edit.ForgetConnections(netns, known))));
    }
  }
}
