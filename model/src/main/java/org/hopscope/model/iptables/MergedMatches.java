package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.netfilter.Match;

/**
 * Two matches of one protocol come back as one: the program turns them into what the kernel compares, and back
 * (iptables/nft-shared.c nft_parse_tcp_range and its kin).
 */
final class MergedMatches {
  private MergedMatches() {
  }

  static List<Match> of(List<Match> matches) {
    List<Match> merged = new ArrayList<>();
    for (Match match : matches) {
      int before = index(merged, match);
      if (before < 0) {
        merged.add(match);
      } else {
        merged.set(before, both(merged.get(before), match));
      }
    }
    return merged;
  }

  private static int index(List<Match> merged, Match match) {
    for (int i = 0; i < merged.size(); i++) {
      boolean ports = match instanceof Match.Tcp || match instanceof Match.Udp;
      if (ports && merged.get(i).getClass() == match.getClass()) {
        return i;
      }
    }
    return -1;
  }

  private static Match both(Match one, Match other) {
    if (one instanceof Match.Tcp first && other instanceof Match.Tcp second) {
      boolean flags = second.flagsShown() != 0 || second.flagsInverted();
      Match.Tcp flagged = flags ? second : first;
      Match.Tcp optioned = second.option().isPresent() ? second : first;
      return new Match.Tcp(ports(first.ports(), second.ports()), flagged.flagsShown(), flagged.flagsSet(),
          flagged.flagsInverted(), optioned.option(), optioned.optionInverted());
    }
    return one instanceof Match.Udp(Match.Ports first) && other instanceof Match.Udp(Match.Ports second)
        ? new Match.Udp(ports(first, second))
        : other;
  }

  private static Match.Ports ports(Match.Ports one, Match.Ports other) {
    Match.Ports source = other.source().isPresent() ? other : one;
    Match.Ports destination = other.destination().isPresent() ? other : one;
    return new Match.Ports(source.source(), source.sourceInverted(),
        destination.destination(), destination.destinationInverted());
  }
}
