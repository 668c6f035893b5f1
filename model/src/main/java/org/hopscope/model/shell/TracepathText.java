package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.probe.ProbeResult.PathLine;

/**
 * What {@code tracepath} prints (iputils 20221126 tracepath.c recverr).
 *
 * @param both {@code -b}: whether a name stands beside each address; here it is the address again
 * @param numeric {@code -n}: whether nobody is asked for names
 */
public record TracepathText(boolean both, boolean numeric) {
  private static final int HOST_COLUMN = 52;

  Command.Said of(Probe probe, ProbeResult.Paced result) {
    List<String> out = new ArrayList<>();
    List<String> err = new ArrayList<>();
    IpFamily family = probe.to().family();
    for (PathLine line : result.lines()) {
      out.add(switch (line) {
        case PathLine.Told told -> told(told) + says(told, family);
        case PathLine.Silent(int ttl) -> number(ttl) + ":  no reply";
        case PathLine.Answered(int ttl) -> number(ttl) + "?: reply received 8)";
        case PathLine.Unsent(int ttl) -> number(ttl) + ":  send failed";
      });
      if (line instanceof PathLine.Told(var _, var _, var _, FailureKind kind, var _, var _)
          && kind == FailureKind.PROTO_UNREACHABLE) {
        err.add("tracepath: NET ERROR: Protocol not available");
      }
    }
    if (result.tooFar()) {
      out.add("     Too many hops: pmtu " + result.mtu());
    }
    out.add("     Resume: pmtu " + result.mtu() + " "
        + result.hops().map(h -> "hops " + h.there() + " back " + h.back() + " ").orElse(""));
    return new Command.Said(0, out, err, new Answer.Probed(probe, result, Answer.Probed.Detail.ALL));
  }

  private static String number(int ttl) {
    return String.format(Locale.ROOT, "%2d", ttl);
  }

  private String told(PathLine.Told told) {
    String who = told.from().map(from -> number(told.ttl()) + ":  " + host(from))
        .orElseGet(() -> number(told.ttl()) + "?: " + String.format(Locale.ROOT, "%-32s ", "[LOCALHOST]"));
    return who + told.nanos()
        .map(n -> String.format(Locale.ROOT, "%3d.%03dms ", n / 1_000_000, n / 1_000 % 1_000)).orElse("");
  }

  private String host(IpAddress address) {
    String text = address.toString() + (both ? " (" + (numeric ? "" : address) + ")" : "");
    return text + " ".repeat(HOST_COLUMN - Math.min(text.length(), HOST_COLUMN - 1));
  }

  /** What stands at the end of a line, blank included (kernel net/ipv4/icmp.c icmp_err_convert, net/ipv6/icmp.c). */
  public static String says(PathLine.Told told, IpFamily family) {
    return switch (told.kind()) {
      case TTL_EXCEEDED -> told.back().map(b -> "asymm " + number(b) + " ").orElse("");
      case FRAG_NEEDED -> "pmtu " + told.mtu();
      case PORT_UNREACHABLE -> "reached";
      case HOST_UNREACHABLE, HOST_PROHIBITED -> "!H";
      case NET_UNREACHABLE, NET_PROHIBITED -> "!N";
      case PROHIBITED -> family == IpFamily.INET ? "!H" : "!A";
      case POLICY_FAILED, ROUTE_REJECTED -> "!A";
      case PROTO_UNREACHABLE, INVALID, NO_SUCH_ADDRESS, NO_SUCH_DEVICE, BROADCAST, FILTERED, NO_KEY, NO_ENDPOINT,
          NO_BUFFER, REDIRECT ->
          "";
    };
  }
}
