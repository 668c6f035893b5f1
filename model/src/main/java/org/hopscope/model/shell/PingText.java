package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.probe.ProbeResult.PingError;
import org.hopscope.model.probe.ProbeResult.Pinged;
import org.hopscope.model.probe.ProbeResult.Reply;

/** What ping prints (iputils 20221126 ping/ping.c, ping_common.c). */
final class PingText {
  private final LabState lab;
  private final Probe probe;
  private final Probe.Ping ping;
  private final Pinged result;
  private final String target;
  private final boolean quiet;

  private PingText(LabState lab, Probe probe, Pinged result, String target, boolean quiet) {
    this.lab = lab;
    this.probe = probe;
    this.ping = (Probe.Ping) probe.action();
    this.result = result;
    this.target = target;
    this.quiet = quiet;
  }

  /** The report on a ping: exit status, lines, and the result itself; {@code lab} is what it was sent in. */
  static Command.Said of(LabState lab, Probe probe, Pinged result, String target, boolean quiet) {
    return new PingText(lab, probe, result, target, quiet).report();
  }

  private Command.Said report() {
    Answer answer = new Answer.Probed(probe, result, quiet ? Answer.Probed.Detail.SUM : Answer.Probed.Detail.ALL);
    Optional<PingError> gaveUp = result.errors().stream().filter(e -> e.sequence() == 0).findFirst();
    List<String> err = new ArrayList<>();
    if (gaveUp.isPresent()) {
      err.add("ping: " + gaveUpBecause(gaveUp.get().kind()));
      return new Command.Said(2, List.of(), err, answer);
    }
    if (ping.broadcast() && isBroadcast()) {
      err.add("WARNING: pinging broadcast address");
    }
    boundElsewhere().ifPresent(
        device -> err.add("ping: Warning: source address might be selected on device other than: " + device));
    List<String> out = new ArrayList<>();
    out.add(header());
    if (!quiet) {
      Stream.concat(result.replies().stream().map(r -> new Line(r.sequence(), reply(r))),
          result.errors().stream().filter(e -> e.from().isPresent()).map(e -> new Line(e.sequence(), error(e))))
          .sorted().forEach(l -> out.add(l.text()));
    }
    result.errors().stream().filter(e -> e.from().isEmpty()).forEach(e -> err.add("ping: " + sending(e)));
    out.add("");
    out.add("--- " + target + " ping statistics ---");
    out.add(statistics());
    out.add(times());
    return new Command.Said(result.replies().isEmpty() ? 1 : 0, out, err, answer);
  }

  /** A line about one request. */
  private record Line(int sequence, String text) implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      return Integer.compare(sequence, other.sequence);
    }
  }

  /** The device it is bound to, when that is not one that holds the source address. */
  private Optional<String> boundElsewhere() {
    return probe.device().filter(device -> lab.find(new DeviceRef(probe.from(), device)).stream()
        .flatMap(d -> d.addresses().stream()).map(AssignedAddress::address)
        .noneMatch(a -> result.source().filter(a::equals).isPresent()));
  }

  private boolean isBroadcast() {
    return lab.find(probe.from()).orElseThrow().tables(probe.to().family()).local().lookup(probe.to(), _ -> true)
        .filter(r -> r.type() == RouteType.BROADCAST).isPresent() || probe.to().equals(Ipv4Address.LIMITED_BROADCAST);
  }

  private IpAddress address() {
    return probe.to().isUnspecified() ? result.source().orElse(probe.to()) : probe.to();
  }

  private String header() {
    String bound = probe.source().map(s -> " from " + s + " ")
        .or(() -> probe.device().map(d -> " from " + result.source().map(Object::toString).orElse("0.0.0.0") + " " + d))
        .map(s -> s + ":").orElse("");
    return "PING " + target + " (" + address() + ")" + bound + " " + ping.size() + "(" + (ping.size() + 28)
        + ") bytes of data.";
  }

  private String reply(Reply r) {
    return r.bytes() + " bytes from " + r.from() + ": icmp_seq=" + r.sequence() + " ttl=" + r.ttl()
        + (ping.size() >= 16 ? " time=" + milliseconds(r.nanos()) + " ms" : "");
  }

  /** Four digits at most, as ping shows them. */
  private static String milliseconds(long nanos) {
    long micros = nanos / 1000;
    int digits = micros >= 99_950 ? 0 : micros >= 9_995 ? 1 : micros >= 1_000 ? 2 : 3;
    return fixed(micros / 1000.0, digits);
  }

  private static String fixed(double value, int digits) {
    return String.format(java.util.Locale.ROOT, "%." + digits + "f", value);
  }

  private static String error(PingError e) {
    String what = switch (e.kind()) {
      case HOST_UNREACHABLE -> "Destination Host Unreachable";
      case NET_UNREACHABLE -> "Destination Net Unreachable";
      case PORT_UNREACHABLE -> "Destination Port Unreachable";
      case PROTO_UNREACHABLE -> "Destination Protocol Unreachable";
      case FRAG_NEEDED -> "Frag needed and DF set (mtu = " + e.mtu() + ")";
      case TTL_EXCEEDED -> "Time to live exceeded";
      case PROHIBITED -> "Packet filtered";
      case REDIRECT -> "Redirect Host(New nexthop: " + e.gateway().map(Object::toString).orElse("") + ")";
      case INVALID, NO_SUCH_ADDRESS, NO_SUCH_DEVICE, BROADCAST -> "Bad ICMP type";
    };
    return "From " + e.from().orElseThrow() + " icmp_seq=" + e.sequence() + " " + what;
  }

  private String gaveUpBecause(FailureKind kind) {
    return switch (kind) {
      case NO_SUCH_ADDRESS -> "bind: " + Errno.EADDRNOTAVAIL.text();
      case NO_SUCH_DEVICE -> "SO_BINDTODEVICE " + probe.device().orElse("") + ": " + Errno.ENODEV.text();
      case BROADCAST, PROHIBITED -> "Do you want to ping broadcast? Then -b. If not, check your local firewall rules";
      case NET_UNREACHABLE -> "connect: " + Errno.ENETUNREACH.text();
      case HOST_UNREACHABLE -> "connect: " + Errno.EHOSTUNREACH.text();
      case INVALID -> "connect: " + Errno.EINVAL.text();
      case PORT_UNREACHABLE, PROTO_UNREACHABLE, FRAG_NEEDED, TTL_EXCEEDED, REDIRECT -> "connect: " + kind;
    };
  }

  private static String sending(PingError e) {
    return switch (e.kind()) {
      case FRAG_NEEDED -> "local error: message too long, mtu=" + e.mtu();
      case NET_UNREACHABLE -> "sendmsg: " + Errno.ENETUNREACH.text();
      case HOST_UNREACHABLE -> "sendmsg: " + Errno.EHOSTUNREACH.text();
      case PROHIBITED -> "sendmsg: " + Errno.EPERM.text();
      case INVALID -> "sendmsg: " + Errno.EINVAL.text();
      case NO_SUCH_ADDRESS -> "sendmsg: " + Errno.EADDRNOTAVAIL.text();
      case NO_SUCH_DEVICE -> "sendmsg: " + Errno.ENODEV.text();
      case BROADCAST -> "sendmsg: " + Errno.EACCES.text();
      case PORT_UNREACHABLE, PROTO_UNREACHABLE, TTL_EXCEEDED, REDIRECT -> "sendmsg: " + e.kind();
    };
  }

  private String statistics() {
    int sent = result.transmitted();
    int got = result.replies().size();
    int errors = result.errors().size();
    String loss = sent == 0 ? "" : ", " + percent((float) ((sent - got) * 100.0 / sent)) + "% packet loss";
    return sent + " packets transmitted, " + got + " received" + (errors > 0 ? ", +" + errors + " errors" : "") + loss
        + ", time " + (long) Math.max(0, sent - 1) * ping.intervalMillis() + "ms";
  }

  /** C's {@code %g}: six significant digits without zeros at the end. */
  private static String percent(float value) {
    return new java.math.BigDecimal(value).round(new java.math.MathContext(6)).stripTrailingZeros().toPlainString();
  }

  private String times() {
    int pipe = pipe();
    String behind = pipe > 1 ? "pipe " + pipe : "";
    if (result.replies().isEmpty() || ping.size() < 16) {
      return behind;
    }
    double[] ms = result.replies().stream().mapToDouble(r -> r.nanos() / 1000 / 1000.0).toArray();
    double average = java.util.Arrays.stream(ms).average().orElse(0);
    double squares = java.util.Arrays.stream(ms).map(m -> m * m).average().orElse(0);
    return "rtt min/avg/max/mdev = " + fixed(java.util.Arrays.stream(ms).min().orElse(0), 3) + "/" + fixed(average, 3)
        + "/" + fixed(java.util.Arrays.stream(ms).max().orElse(0), 3) + "/"
        + fixed(Math.sqrt(Math.max(0, squares - average * average)), 3) + " ms"
        + (behind.isEmpty() ? "" : ", " + behind);
  }

  /** How many requests were under way at once when the first error came. */
  private int pipe() {
    boolean waited = result.errors().stream().anyMatch(e -> e.kind() == FailureKind.HOST_UNREACHABLE
        && e.from().equals(result.source()));
    return waited ? (int) Math.min(result.errors().size(), 3000L / Math.max(1, ping.intervalMillis()) + 1) : 1;
  }
}
