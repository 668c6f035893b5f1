package org.hopscope.model.trace;

import java.util.Optional;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.netfilter.Verdict;
import org.hopscope.model.netfilter.Walk;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/** Sentences about the packet filter: which rule decided, which connection it is, what is translated. */
final class FilterSentences {
  private FilterSentences() {
  }

  /** "rule 3 of filter FORWARD": the rule that decided, or the policy. */
  private static String decider(Lookup.RuleWalk walk) {
    String table = walk.table().name().word();
    Optional<Walk.Hit> last = walk.walk().hits().reversed().stream().findFirst();
    return walk.walk().byPolicy() || last.isEmpty()
        ? Sentences.say("filter.policy", table, walk.view().path().hook())
        : Sentences.say("filter.rule", last.get().number(), table, last.get().chain());
  }

  /** The text of the rule that decided; empty for a policy. */
  private static String rule(Lookup.RuleWalk walk) {
    return walk.walk().byPolicy()
        ? ""
        : walk.walk().hits().reversed().stream().findFirst().map(h -> SaveText.of(h.rule())).orElse("");
  }

  static String walked(Lookup.RuleWalk walk, String netns) {
    String key = switch (walk.walk().verdict()) {
      case Verdict.Accept _ -> "looked.rules.accept";
      case Verdict.Drop _ -> "looked.rules.drop";
      case Verdict.Reject _ -> "looked.rules.reject";
      case Verdict.Translate _ -> "looked.rules.translate";
    };
    return Sentences.say(key, netns, decider(walk), rule(walk));
  }

  static String tracked(Lookup.ConntrackLookup lookup, String netns) {
    return Sentences.say("looked.conntrack." + lookup.state(), netns, text(lookup.tuple()));
  }

  static String confirmed(Connection connection, String netns) {
    return Sentences.say("confirmed", netns, text(connection.original()), text(connection.reply()));
  }

  /** {@code 10.0.0.1:4000 > 10.0.0.2:80}. */
  static String text(Tuple tuple) {
    boolean ports = tuple.sourcePort() > 0 && tuple.protocol() != 1 && tuple.protocol() != 58;
    return tuple.source() + (ports ? ":" + tuple.sourcePort() : "") + " > " + tuple.destination()
        + (ports ? ":" + tuple.destinationPort() : "");
  }

  static String source(Packet packet) {
    return packet.ip().map(ip -> ip.source().toString()).orElse("") + port(packet, true);
  }

  static String destination(Packet packet) {
    return packet.ip().map(ip -> ip.destination().toString()).orElse("") + port(packet, false);
  }

  private static String port(Packet packet, boolean source) {
    return switch (packet.upper()) {
      case Header.Tcp tcp -> ":" + (source ? tcp.sourcePort() : tcp.destinationPort());
      case Header.Udp udp -> ":" + (source ? udp.sourcePort() : udp.destinationPort());
      default -> "";
    };
  }

  /** "rule 3 of filter FORWARD dropped it: -s 10.0.0.1/32 -j DROP". */
  static String dropped(Trace trace, Step step, String netns) {
    Optional<Lookup.RuleWalk> walk = trace.steps().subList(0, step.index()).reversed().stream()
        .filter(s -> s.copy() == step.copy()).findFirst()
        .flatMap(s -> s.event() instanceof Event.Looked(Lookup.RuleWalk found) ? Optional.of(found) : Optional.empty());
    return walk.map(w -> Sentences.say(rule(w).isEmpty() ? "died.NETFILTER_DROP.policy" : "died.NETFILTER_DROP.rule",
        netns, decider(w), rule(w))).orElseGet(() -> Sentences.say("died.NETFILTER_DROP", netns));
  }
}
