package org.hopscope.app.cli.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.NetnsId;

/** Output with everything that is random or timed replaced by a stable name, as the oracle does it for its truths. */
final class NormalText {
  private static final Pattern MAC = Pattern.compile("\\b[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}\\b");
  private static final Pattern OF_LINK = Pattern.compile("\\bfe80::[0-9a-f:]+");
  private static final Pattern FDB = Pattern.compile("([0-9a-f:]{17})( dev (\\S+))?(.*)");
  private static final List<Change> CHANGES = List.of(
      change("\\b(bridge_id|designated_bridge|root_id|designated_root) \\S+", "$1 X"),
      change("^(\\S+\\s+)\\d{4}\\.[0-9a-f]{12}", "$1bridge-id"), change("^\\d+: ", "N: "), change("@if\\d+", "@ifN"),
      change("link-netnsid \\d+", "link-netnsid N"), change(" \\(id: \\d+\\)", ""),
      change("\\btime[= ][\\d.]+ ?ms", "time=T"), change("\\b\\d+\\.\\d+ ms\\b", "T ms"),
      change("\\b\\d+\\.\\d+ms\\b", "Tms"), change("icmp_seq=\\d+", "icmp_seq=N"), change("^rtt min.*|^ipg/ewma.*", ""),
      change("\\bexpires \\d+sec", "expires T"), change("_lft \\d+sec", "_lft T"), change(", pipe \\d+$", ""));

  private final Owners owners;

  NormalText(Owners owners) {
    this.owners = owners;
  }

  private record Change(Pattern pattern, String by) {
  }

  private static Change change(String pattern, String by) {
    return new Change(Pattern.compile(pattern), by);
  }

  /**
   * How lines are to be read.
   *
   * @param sorted whether they come from a table without order
   * @param fdb whether they are forwarding entries
   * @param netns the namespace they are about
   * @param device the device that was asked for
   */
  record Kind(boolean sorted, boolean fdb, NetnsId netns, Optional<String> device) {
  }

  List<String> of(List<String> lines, Kind kind) {
    List<String> out = new ArrayList<>();
    for (String line : String.join("\n", lines).split("\n")) {
      String text = kind.fdb() ? fdbLine(line, kind) : named(line);
      text = text.stripTrailing();
      for (Change change : CHANGES) {
        text = change.pattern().matcher(text).replaceAll(change.by());
      }
      if (kind.sorted()) {
        text = text.replaceAll("\\b(REACHABLE|STALE|DELAY|PROBE)\\b", "VALID");
      }
      if (!text.isEmpty()) {
        out.add(text);
      }
    }
    return kind.sorted() ? out.stream().sorted().toList() : out;
  }

  private String named(String original) {
    String line = OF_LINK.matcher(original).replaceAll((MatchResult m) -> Matcher.quoteReplacement(
        IpAddress.parse(m.group()).map(owners::text).orElse(m.group())));
    String text = line.replaceAll("link/ether [0-9a-f:]{17}", "link/ether <own>");
    return MAC.matcher(text).replaceAll((MatchResult m) -> "<" + owners.name(mac(m.group())) + ">");
  }

  private static MacAddress mac(String text) {
    return MacAddress.of(text.toLowerCase(Locale.ROOT));
  }

  private String fdbLine(String line, Kind kind) {
    Matcher m = FDB.matcher(line);
    if (!m.matches()) {
      return line;
    }
    String device = Optional.ofNullable(m.group(3)).or(kind::device).orElse("");
    MacAddress mac = mac(m.group(1));
    String name = m.group(4).contains("permanent") ? owners.ownName(mac, kind.netns(), device) : owners.name(mac);
    return "<" + name + ">" + Optional.ofNullable(m.group(2)).orElse("") + m.group(4);
  }
}
