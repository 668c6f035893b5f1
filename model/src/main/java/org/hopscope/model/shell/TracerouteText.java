package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;

/** What {@code traceroute} prints (traceroute 2.1.2 traceroute.c print_probe). */
public final class TracerouteText {
  private TracerouteText() {
  }

  static String header(String name, IpAddress to, int hops, int size) {
    return "traceroute to " + name + " (" + to + "), " + hops + " hops max, " + size + " byte packets";
  }

  /** What it prints; without {@code -n} names stand before addresses, and here the name is the address again. */
  static Command.Said of(Probe probe, Probe.Traceroute traceroute, ProbeResult.Traced result, Command.Send said) {
    Answer answer = new Answer.Probed(probe, result, Answer.Probed.Detail.ALL);
    List<String> out = new ArrayList<>();
    out.add(header(said.target(), probe.to(), traceroute.maxHops(), traceroute.size()));
    if (result.refused().isPresent()) {
      boolean early =
          traceroute.method() == Probe.TraceMethod.ICMP && result.refused().get() != ProbeResult.FailureKind.FILTERED;
      return new Command.Said(1, early ? List.of() : out, List.of(why(result.refused().get())), answer);
    }
    boolean named = said.as() == Command.Send.As.NAMED;
    result.hops().forEach(hop -> out.add(line(hop, named)));
    return new Command.Said(0, out, List.of(), answer);
  }

  private static String line(ProbeResult.Hop hop, boolean named) {
    StringBuilder out = new StringBuilder(String.format(Locale.ROOT, "%2d ", hop.ttl()));
    Optional<IpAddress> last = Optional.empty();
    for (Optional<ProbeResult.HopAnswer> answer : hop.answers()) {
      if (answer.isEmpty()) {
        out.append(" *");
        continue;
      }
      IpAddress from = answer.get().from();
      if (!last.equals(Optional.of(from))) {
        out.append(' ').append(named ? from + " (" + from + ")" : from);
        last = Optional.of(from);
      }
      out.append(String.format(Locale.ROOT, "  %.3f ms", answer.get().nanos() / 1_000_000.0));
      answer.get().kind().flatMap(TracerouteText::mark).ifPresent(m -> out.append(' ').append(m));
    }
    return out.toString();
  }

  /** The sign behind a time: why nothing goes further from there. */
  public static Optional<String> mark(ProbeResult.FailureKind kind) {
    return switch (kind) {
      case HOST_UNREACHABLE -> Optional.of("!H");
      case NET_UNREACHABLE -> Optional.of("!N");
      case PROTO_UNREACHABLE -> Optional.of("!P");
      case PROHIBITED, NET_PROHIBITED, HOST_PROHIBITED -> Optional.of("!X");
      case FRAG_NEEDED -> Optional.of("!F");
      case POLICY_FAILED -> Optional.of("!<5>");
      case ROUTE_REJECTED -> Optional.of("!<6>");
      case PORT_UNREACHABLE, TTL_EXCEEDED, REDIRECT, INVALID, NO_SUCH_ADDRESS, NO_SUCH_DEVICE, BROADCAST, FILTERED,
          NO_KEY, NO_ENDPOINT, NO_BUFFER ->
          Optional.empty();
    };
  }

  private static String why(ProbeResult.FailureKind kind) {
    return switch (kind) {
      case NO_SUCH_ADDRESS -> "bind: " + Errno.EADDRNOTAVAIL.text();
      case NET_UNREACHABLE -> "connect: " + Errno.ENETUNREACH.text();
      case HOST_UNREACHABLE -> "connect: " + Errno.EHOSTUNREACH.text();
      case PROHIBITED, NET_PROHIBITED, HOST_PROHIBITED, POLICY_FAILED, ROUTE_REJECTED, BROADCAST ->
          "connect: " + Errno.EACCES.text();
      case FILTERED -> "send: " + Errno.EPERM.text();
      case NO_KEY -> "send: " + Errno.ENOKEY.text();
      case NO_ENDPOINT -> "send: " + Errno.EDESTADDRREQ.text();
      case NO_BUFFER -> "send probe: " + Errno.ENOBUFS.text();
      case NO_SUCH_DEVICE -> "setsockopt SO_BINDTODEVICE: " + Errno.ENODEV.text();
      case INVALID, PORT_UNREACHABLE, PROTO_UNREACHABLE, FRAG_NEEDED, TTL_EXCEEDED, REDIRECT ->
          "connect: " + Errno.EINVAL.text();
    };
  }
}
