package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.PortRange;

/**
 * What is left of a rule's TCP and UDP matches once iptables-nft has written them as comparisons, which it reads back as
 * one match (iptables/nft.c add_nft_tcp, add_nft_udp; iptables/nft-shared.c nft_tcp_match): a match that asks for nothing,
 * and one for a TCP option, stay as they are.
 */
final class MergedMatches {
  private MergedMatches() {
  }

  static List<Match> of(List<Match> matches) {
    if (matches.stream().noneMatch(MergedMatches::isWritten)) {
      return matches;
    }
    List<Match> merged = new ArrayList<>();
    for (Match match : matches) {
      if (!isWritten(match)) {
        merged.add(match);
        continue;
      }
      Match written = written(match);
      int before = index(merged, written);
      if (isNothing(written)) {
        continue;
      }
      if (before < 0) {
        merged.add(written);
      } else {
        merged.set(before, both(merged.get(before), written));
      }
    }
    return merged;
  }

  private static boolean isNothing(Match match) {
    return match instanceof Match.Tcp tcp && tcp.flagsSet() == 0 && tcp.flagsShown() == 0 && !tcp.flagsInverted()
        && tcp.option().isEmpty() && isNothing(tcp.ports())
        || match instanceof Match.Udp(Match.Ports ports) && isNothing(ports);
  }

  private static boolean isNothing(Match.Ports ports) {
    return !ports.sourceInverted() && !ports.destinationInverted()
        && ports.source().orElse(PortRange.ALL).equals(PortRange.ALL)
        && ports.destination().orElse(PortRange.ALL).equals(PortRange.ALL);
  }

  /** Whether a match is written as comparisons. */
  private static boolean isWritten(Match match) {
    return !isNothing(match)
        && (match instanceof Match.Udp || match instanceof Match.Tcp tcp && tcp.option().isEmpty());
  }

  /** A match without what there is no comparison for: flags of which none is looked at, and "no port at all". */
  private static Match written(Match match) {
    if (match instanceof Match.Udp(Match.Ports ports)) {
      return new Match.Udp(written(ports));
    }
    if (match instanceof Match.Tcp tcp) {
      boolean flags = tcp.flagsShown() != 0;
      return new Match.Tcp(written(tcp.ports()), tcp.flagsShown(), flags ? tcp.flagsSet() : 0,
          flags && tcp.flagsInverted(), Optional.empty(), false);
    }
    return match;
  }

  private static Match.Ports written(Match.Ports ports) {
    return new Match.Ports(ports.source().flatMap(r -> left(r, ports.sourceInverted())),
        ports.source().filter(r -> staysInverted(r, ports.sourceInverted())).isPresent(),
        ports.destination().flatMap(r -> left(r, ports.destinationInverted())),
        ports.destination().filter(r -> staysInverted(r, ports.destinationInverted())).isPresent());
  }

  /** What is not up to a port is written as what is above it (iptables/nft.c expr_gen_range_cmp16). */
  private static Optional<PortRange> left(PortRange range, boolean inverted) {
    if (range.equals(PortRange.ALL)) {
      return Optional.empty();
    }
    return Optional
        .of(inverted && begins(range) ? new PortRange(range.last() + 1, PortRange.ALL.last()) : range);
  }

  private static boolean staysInverted(PortRange range, boolean inverted) {
    return inverted && !range.equals(PortRange.ALL) && !begins(range);
  }

  private static boolean begins(PortRange range) {
    return range.first() == 0 && range.last() > 0 && range.last() < PortRange.ALL.last();
  }

  private static int index(List<Match> merged, Match match) {
    for (int i = 0; i < merged.size(); i++) {
      if (isWritten(merged.get(i)) && merged.get(i).getClass() == match.getClass()) {
        return i;
      }
    }
    return -1;
  }

  private static Match both(Match one, Match other) {
    if (one instanceof Match.Tcp first && other instanceof Match.Tcp second) {
      Match.Tcp flagged = second.flagsShown() != 0 ? second : first;
      return new Match.Tcp(ports(first.ports(), second.ports()), flagged.flagsShown(), flagged.flagsSet(),
          flagged.flagsInverted(), Optional.empty(), false);
    }
    return one instanceof Match.Udp(Match.Ports first) && other instanceof Match.Udp(Match.Ports second)
        ? new Match.Udp(ports(first, second))
        : other;
  }

  /** Once inverted, ports stay so (iptables/nft-shared.c nft_parse_transport). */
  private static Match.Ports ports(Match.Ports one, Match.Ports other) {
    Match.Ports source = other.source().isPresent() ? other : one;
    Match.Ports destination = other.destination().isPresent() ? other : one;
    return new Match.Ports(source.source(), one.sourceInverted() || other.sourceInverted(),
        destination.destination(), one.destinationInverted() || other.destinationInverted());
  }
}
