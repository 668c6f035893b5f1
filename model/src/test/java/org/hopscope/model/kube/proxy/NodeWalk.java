package org.hopscope.model.kube.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.netfilter.TableName;

/**
 * Where a first packet can come to by the rules that kube-proxy writes on a node, and whether it is masqueraded; walked as
 * upstream's tracers walk them (pkg/proxy/iptables/proxier_test.go, nftables/helpers_test.go): where chance decides, all ways
 * are taken, and what tells connections apart is passed over.
 */
abstract class NodeWalk {
  final Packet packet;
  final TreeSet<String> ends = new TreeSet<>();
  boolean marked;

  private NodeWalk(Packet packet) {
    this.packet = packet;
  }

  /**
   * A packet.
   *
   * @param mine the addresses of the node
   */
  record Packet(String from, String protocol, String to, int port, Set<String> mine) {
    private boolean isMine(String address) {
      return mine.contains(address) || address.startsWith("127.");
    }

    private static boolean within(String block, String address) {
      IpPrefix prefix = block.contains("/") ? IpPrefix.of(block) : IpPrefix.host(IpAddress.of(block));
      return prefix.address().family() == IpAddress.of(address).family() && prefix.contains(IpAddress.of(address));
    }
  }

  /** {@code ENDS masq}: addresses and ports of endpoints, or how it was stopped; nothing when no rule is for it. */
  String told() {
    return String.join(", ", ends) + (marked && ends.stream().anyMatch(e -> e.contains(":")) ? " masq" : "");
  }

  /** In iptables mode. */
  static final class Iptables extends NodeWalk {
    private final Map<TableName, Map<String, List<ProxyRule>>> tables = new HashMap<>();

    Iptables(ProxyConfig config, List<ServicePort> ports, Packet packet) {
      super(packet);
      List<ProxyRule> rules = new ArrayList<>();
      BaseRules.chains(config).values().forEach(rules::addAll);
      for (ServicePort port : ports) {
        PortRules.Written written = PortRules.of(config, port);
        rules.addAll(written.shared());
        written.own().values().forEach(rules::addAll);
      }
      rules.addAll(BaseRules.last(config));
      rules.forEach(r -> tables.computeIfAbsent(r.table(), _ -> new HashMap<>()).computeIfAbsent(r.chain(),
          _ -> new ArrayList<>()).add(r));
      boolean stopped = walk(TableName.FILTER, "KUBE-PROXY-FIREWALL");
      TreeSet<String> refusal = new TreeSet<>(ends);
      ends.clear();
      walk(TableName.NAT, "KUBE-SERVICES");
      if (ends.isEmpty()) {
        ends.addAll(refusal);
        boolean _ = stopped || walk(TableName.FILTER, "KUBE-SERVICES") || walk(TableName.FILTER,
            "KUBE-EXTERNAL-SERVICES");
      }
    }

    private boolean matches(List<String> words) {
      boolean not = false;
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        if (word.equals("!")) {
          not = true;
          continue;
        }
        Optional<Boolean> holds = switch (word) {
          case "-s" -> Optional.of(Packet.within(words.get(i + 1), packet.from()));
          case "-d" -> Optional.of(Packet.within(words.get(i + 1), packet.to()));
          case "--dport" -> Optional.of(words.get(i + 1).equals("" + packet.port()));
          case "--src-type" -> Optional.of(packet.isMine(packet.from()));
          case "--dst-type" -> Optional.of(packet.isMine(packet.to()));
          case "-p" -> Optional.of(words.get(i + 1).equals(packet.protocol()));
          default -> Optional.empty();
        };
        if (holds.isPresent()) {
          if (holds.get() == not) {
            return false;
          }
          not = false;
        }
      }
      return true;
    }

    /** Whether the packet is done with. */
    private boolean walk(TableName table, String chain) {
      for (ProxyRule rule : tables.get(table).getOrDefault(chain, List.of())) {
        List<String> words = rule.words();
        int jump = words.indexOf("-j");
        if (jump < 0 || !matches(words)) {
          continue;
        }
        String target = words.get(jump + 1);
        switch (target) {
          case "KUBE-MARK-MASQ" -> marked = true;
          case "DNAT" -> {
            ends.add(words.get(words.indexOf("--to-destination") + 1));
            return true;
          }
          case "DROP", "REJECT" -> {
            ends.add(target);
            return true;
          }
          default -> {
            boolean done = walk(table, target);
            if (done && !words.contains("statistic")) {
              return true;
            }
          }
        }
      }
      return false;
    }
  }

  /** In nftables mode. */
  static final class Nftables extends NodeWalk {
    private static final Pattern ENTRY = Pattern.compile("\\d+ : goto (\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("ip6? ([sd])addr (!= )?(\\{[^}]*\\}|\\S+) ?");
    private static final Pattern LOCAL = Pattern.compile("fib ([sd])addr type local ?");
    private static final Pattern LOOKUP = Pattern.compile("(ip6? daddr \\. )?meta l4proto \\. th dport vmap @(\\S+)");

    private final NftRules rules;
    private String to;

    Nftables(ProxyConfig config, IpPrefix services, List<ServicePort> ports, Packet packet) {
      super(packet);
      rules = NftPorts.of(config, services, ports);
      to = packet.to();
      boolean _ = run("filter-prerouting-pre-dnat");
      if (!ends.isEmpty()) {
        return;
      }
      boolean _ = run("nat-prerouting");
      to = ends.isEmpty() ? to : ends.first().replaceFirst(":\\d+$", "").replaceAll("[\\[\\]]", "");
      boolean _ = run("filter-forward") || run("filter-input");
    }

    private String address(String side) {
      return side.equals("s") ? packet.from() : to;
    }

    private boolean holds(String wanted, String address) {
      return wanted.startsWith("@") ? rules.elements().containsKey(NftRules.element(wanted.substring(1), address))
          : List.of(wanted.replaceAll("[{},]", " ").strip().split(" +")).stream().anyMatch(b -> Packet.within(b,
              address));
    }

    /** The verdict that a map has for the packet. */
    private Optional<String> verdict(MatchResult lookup) {
      String key = (lookup.group(1) == null ? "" : to + " . ") + packet.protocol() + " . " + packet.port();
      return Optional.ofNullable(rules.elements().get(NftRules.element(lookup.group(2), key)))
          .map(e -> e.substring(e.lastIndexOf(" : ") + 3));
    }

    private boolean run(String chain) {
      return rules.chains().getOrDefault(chain, List.of()).stream().anyMatch(l -> done(l.text().replaceFirst(
          " comment \"[^\"]*\"$", "").replaceFirst("^ct state new ", "")));
    }

    /** Whether a rule ends the walk. */
    private boolean done(String rule) {
      Matcher address = ADDRESS.matcher(rule);
      Matcher local = LOCAL.matcher(rule);
      Matcher lookup = LOOKUP.matcher(rule);
      if (lookup.matches()) {
        return verdict(lookup).filter(this::done).isPresent();
      }
      if (address.lookingAt()) {
        return holds(address.group(3), address(address.group(1))) == (address.group(2) == null) && done(rule.substring(
            address.end()));
      }
      if (local.lookingAt()) {
        return packet.isMine(address(local.group(1))) && done(rule.substring(local.end()));
      }
      String[] words = rule.split(" ");
      return switch (words[0]) {
        case "jump" -> {
          marked |= words[1].equals("mark-for-masquerade");
          yield run(words[1]);
        }
        case "goto" -> {
          run(words[1]);
          yield true;
        }
        case "numgen" -> {
          ENTRY.matcher(rule).results().forEach(e -> run(e.group(1)));
          yield true;
        }
        case "meta" -> {
          ends.add(words[words.length - 1]);
          yield true;
        }
        case "drop", "reject" -> {
          ends.clear();
          ends.add(words[0].toUpperCase(Locale.ROOT));
          yield true;
        }
        default -> false;
      };
    }
  }
}
