package org.hopscope.app.cli.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.shell.Answer;
import org.hopscope.model.shell.Reply;

/**
 * What it means that a program which should have sent packets refused to: a class and facts read from its words.
 *
 * @param className the class
 * @param facts the facts
 */
record ProbeRefusal(String className, Map<String, Object> facts) {
  /** Empty when the program did send, or is not one of those that send. */
  static Optional<ProbeRefusal> of(List<String> words, Reply reply) {
    String program = words.getFirst();
    boolean spoilt = !(reply.answer() instanceof Answer.Probed) && (reply.exit() != 0 || program.equals("arping"))
        && reply.exit() != Reply.UNSUPPORTED;
    return !spoilt ? Optional.empty() : switch (program) {
      case "ping", "ping6" ->
          Optional.of(new ProbeRefusal(PingRefusal.className(reply.err()), PingRefusal.facts(reply.err())));
      case "arping" -> Optional.of(new ProbeRefusal(arping(words, reply), Map.of("answered_by", List.of())));
      case "traceroute" -> Optional.of(new ProbeRefusal("error:" + ErrorCodes.of(reply.err(), reply.out()),
          Map.of("reached", false, "hops", List.of())));
      default -> Optional.empty();
    };
  }

  private static String arping(List<String> words, Reply reply) {
    if (reply.out().stream().anyMatch(l -> l.matches("Interface .* (is down|is not ARPable)"))) {
      return "interface-unusable";
    }
    if (reply.exit() < 2) {
      return words.contains("-U") || words.contains("-A") ? "sent" : words.contains("-D") ? "free" : "loss";
    }
    return PingRefusal.kind(reply.err()).orElseGet(() -> "error:" + ErrorCodes.of(reply.err(), reply.out()));
  }
}
