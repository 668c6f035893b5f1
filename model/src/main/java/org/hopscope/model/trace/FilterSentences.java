package org.hopscope.model.trace;

import java.util.Optional;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.netfilter.Verdict;
import org.hopscope.model.netfilter.Walk;
import org.hopscope.model.nft.Devices;
import org.hopscope.model.nft.NftText;
import org.hopscope.model.nft.NftWalk;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/** Sentences about the packet filter: which rule decided, which connection it is, what is translated. */
final class FilterSentences {
  private FilterSentences() {
  }

  /** What a walk came to: the rule or policy that decided, the rule's text (empty for a policy), and the verdict. */
  private record Told(String decider, String rule, Verdict verdict) {
    String sentence(String netns) {
      String key = switch (verdict) {
        case Verdict.Accept _ -> "looked.rules.accept";
        case Verdict.Drop _ -> "looked.rules.drop";
        case Verdict.Reject _ -> "looked.rules.reject";
        case Verdict.Translate _ -> "looked.rules.translate";
      };
      return Sentences.say(key, netns, decider, rule);
    }
  }

  /** "rule 3 of filter FORWARD": the rule that decided, or the policy. */
  private static Told told(Lookup.RuleWalk walk) {
    String table = walk.table().name().word();
    Optional<Walk.Hit> last = walk.walk().hits().reversed().stream().findFirst().filter(_ -> !walk.walk().byPolicy());
    return new Told(last.map(h -> Sentences.say("filter.rule", h.number(), table, h.chain()))
        .orElseGet(() -> Sentences.say("filter.policy", table, walk.view().path().hook())),
        last.map(h -> SaveText.of(h.rule())).orElse(""), walk.walk().verdict());
  }

  /** "rule 3 of ip filter input": the same of nftables. */
  private static Told told(Lookup.ChainWalk walk) {
    Optional<NftWalk.Hit> last =
        walk.walk().hits().reversed().stream().findFirst().filter(_ -> !walk.walk().byPolicy());
    return new Told(last.map(h -> Sentences.say("filter.rule", ChainRows.number(walk.table(), h), walk.table().key(),
        h.chain())).orElseGet(() -> Sentences.say("filter.policy", walk.table().key(), walk.chain().name())),
        last.map(h -> NftText.rule(h.rule(), Devices.NONE)).orElse(""), walk.walk().verdict());
  }

  static String walked(Lookup.RuleWalk walk, String netns) {
    return told(walk).sentence(netns);
  }

  static String walked(Lookup.ChainWalk walk, String netns) {
    return told(walk).sentence(netns);
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
    Optional<Told> walk = trace.steps().subList(0, step.index()).reversed().stream()
        .filter(s -> s.copy() == step.copy()).findFirst().flatMap(s -> switch (s.event()) {
          case Event.Looked(Lookup.RuleWalk found) -> Optional.of(told(found));
          case Event.Looked(Lookup.ChainWalk found) -> Optional.of(told(found));
          default -> Optional.empty();
        });
    return walk.map(w -> Sentences.say(w.rule().isEmpty() ? "died.NETFILTER_DROP.policy" : "died.NETFILTER_DROP.rule",
        netns, w.decider(), w.rule())).orElseGet(() -> Sentences.say("died.NETFILTER_DROP", netns));
  }
}
