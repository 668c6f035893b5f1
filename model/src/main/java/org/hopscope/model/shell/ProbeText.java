package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;

/**
 * What {@code probe} prints about TCP and UDP clients: one line for each try. A client that cannot bind(2) to its source
 * address has not tried anything.
 */
final class ProbeText {
  private ProbeText() {
  }

  /** An address with a port: of IPv6 in brackets (RFC 3986 3.2.2). */
  static String socket(IpAddress address, int port) {
    return switch (address.family()) {
      case INET -> address + ":" + port;
      case INET6 -> "[" + address + "]:" + port;
    };
  }

  static Command.Said of(Probe probe, ProbeResult.Exchanged result, boolean inOrder) {
    if (probe.source().isPresent()
        && result.tries().stream().allMatch(t -> t.outcome() == ProbeResult.ExchangeOutcome.NO_SUCH_ADDRESS)) {
      return new Command.Said(1, List.of(), List.of(Errno.EADDRNOTAVAIL.text()), new Answer.Nothing());
    }
    List<String> lines = new ArrayList<>();
    for (ProbeResult.Exchange one : result.tries()) {
      String outcome = one.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
      String answer = one.answer().map(a -> " by " + a.label() + " at " + socket(a.server(), a.serverPort())
          + ", which saw " + socket(a.client(), a.clientPort())).orElse("");
      lines.add(outcome + answer + one.icmpFrom().map(f -> " (says " + f + ")").orElse(""));
    }
    return new Command.Said(result.succeeded() ? 0 : 1, lines, List.of(), new Answer.Probed(probe, result,
        inOrder ? Answer.Probed.Detail.IN_ORDER : Answer.Probed.Detail.ALL));
  }
}
