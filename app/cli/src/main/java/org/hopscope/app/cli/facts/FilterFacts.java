package org.hopscope.app.cli.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.TcpState;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.shell.Answer;

/** Rules and tracked connections as facts. */
final class FilterFacts {
  private static final int EPHEMERAL = 32_768;

  private FilterFacts() {
  }

  static Map<String, Object> tables(Answer.FilterRules rules, boolean exact) {
    Map<String, Object> tables = new TreeMap<>();
    for (RuleTable table : rules.tables()) {
      Map<String, Object> chains = new TreeMap<>();
      table.listed().stream().filter(c -> rules.chain().map(c.name()::equals).orElse(true))
          .forEach(c -> chains.put(c.name(), chain(rules, c, exact)));
      tables.put(table.name().word(), chains);
    }
    return tables;
  }

  private static Map<String, Object> chain(Answer.FilterRules rules, Chain chain, boolean exact) {
    Map<String, Object> one = new TreeMap<>();
    one.put("rules", chain.rules().stream().map(SaveText::of).toList());
    chain.policy().ifPresent(p -> one.put("policy", p.name()));
    if (rules.counters()) {
      List<Object> counters = new ArrayList<>();
      chain.rules().stream().map(r -> rules.state().tally(r.handle()))
          .forEach(t -> counters.add(exact ? List.of(t.packets(), t.bytes()) : (Object) (t.packets() > 0)));
      one.put(exact ? "counters" : "hit", counters);
    }
    return one;
  }

  static List<Object> connections(List<Connection> connections) {
    Map<Map<String, Object>, Integer> counted = new LinkedHashMap<>();
    connections.stream().filter(c -> !c.original().destination().isMulticast())
        .forEach(c -> counted.merge(connection(c), 1, Integer::sum));
    List<Object> out = new ArrayList<>();
    counted.forEach((one, count) -> {
      if (count > 1) {
        one.put("count", count);
      }
      out.add(one);
    });
    return out;
  }

  private static Map<String, Object> connection(Connection connection) {
    Map<String, Object> one = new TreeMap<>();
    int protocol = connection.original().protocol();
    one.put("proto", switch (protocol) {
      case Protocols.TCP -> "tcp";
      case Protocols.UDP -> "udp";
      case Protocols.ICMP -> "icmp";
      case Protocols.ICMPV6 -> "icmpv6";
      default -> "unknown";
    });
    if (connection.tcp() != TcpState.NONE) {
      one.put("state", connection.tcp().name());
    }
    one.put("orig", tuple(connection.original()));
    one.put("reply", tuple(connection.reply()));
    List<String> flags = new ArrayList<>();
    if (connection.flags().assured()) {
      flags.add("ASSURED");
    }
    if (!connection.flags().seenReply()) {
      flags.add("UNREPLIED");
    }
    if (!flags.isEmpty()) {
      one.put("flags", flags);
    }
    if (connection.mark() != 0) {
      one.put("mark", Integer.toUnsignedLong(connection.mark()));
    }
    return one;
  }

  private static Map<String, Object> tuple(Tuple tuple) {
    Map<String, Object> ends =
        new TreeMap<>(Map.of("src", tuple.source().toString(), "dst", tuple.destination().toString()));
    if (tuple.protocol() == Protocols.ICMP || tuple.protocol() == Protocols.ICMPV6) {
      ends.put("type", tuple.destinationPort() >> 8);
      ends.put("code", tuple.destinationPort() & 255);
    } else if (Protocols.hasPorts(tuple.protocol())) {
      ends.put("sport", port(tuple.sourcePort()));
      ends.put("dport", port(tuple.destinationPort()));
    }
    return ends;
  }

  private static Object port(int port) {
    return port >= EPHEMERAL ? "eph" : port;
  }
}
