package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Inet6Address;
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
      Stream.of(told(true), result.replies().stream().map(r -> new Line(r.sequence(), reply(r))), told(false))
          .flatMap(lines -> lines).sorted().forEach(l -> out.add(l.text()));
    }
    result.errors().stream().filter(e -> e.from().isEmpty()).forEach(e -> err.add("ping: " + sending(e)));
    out.add("");
    out.add("--- " + target + " ping statistics ---");
    out.add(statistics());
    out.add(times());
    return new Command.Said(result.replies().isEmpty() ? 1 : 0, out, err, answer);
  }

  /** Of a better gateway one is told before the answer comes, of anything else instead of it. */
  private Stream<Line> told(boolean redirects) {
    return result.errors().stream()
        .filter(e -> e.from().isPresent() && (e.kind() == FailureKind.REDIRECT) == redirects)
        .map(e -> new Line(e.sequence(), error(e)));
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
    boolean unknown = isInet6() && (probe.to().isLinkLocal() || probe.to().isMulticast());
    return probe.device().filter(_ -> target.indexOf('%') < 0)
        .filter(device -> unknown || lab.find(new DeviceRef(probe.from(), device)).stream()
            .flatMap(d -> Stream.<IpAddress>concat(d.addresses().stream().map(AssignedAddress::address),
                d.inet6().addresses().stream().map(Inet6Address::address)))
            .noneMatch(a -> result.source().filter(a::equals).isPresent()));
  }

  private boolean isBroadcast() {
    return lab.find(probe.from()).orElseThrow().tables(probe.to().family()).local().lookup(probe.to(), _ -> true)
        .filter(r -> r.type() == RouteType.BROADCAST).isPresent() || probe.to().equals(Ipv4Address.LIMITED_BROADCAST);
  }

  private IpAddress address() {
    return probe.to().isUnspecified() ? result.source().orElse(probe.to()) : probe.to();
  }

  private boolean isInet6() {
    return probe.to().family() == IpFamily.INET6;
  }

  /** An address that counts on one link only is shown with the device it came by. */
  private String shown(IpAddress address) {
    boolean scoped = address.family() == IpFamily.INET6 && address.isLinkLocal();
    return address + (scoped ? result.device().map(d -> "%" + d).orElse("") : "");
  }

  /** Towards one link only, ping does not find out from which address it speaks. */
  private String header6() {
    boolean near = probe.to().isLinkLocal() || probe.to().isMulticast();
    boolean zoned = target.indexOf('%') >= 0;
    String bound = probe.source().map(s -> " from " + s + " ")
        .or(() -> probe.device().filter(_ -> !zoned).map(
            d -> " from " + (near ? "::" : result.source().map(this::shown).orElse("::")) + " " + d))
        .map(s -> s + ":").orElse("");
    String zone = zoned ? target.substring(target.indexOf('%')) : "";
    return "PING " + target + "(" + probe.to() + zone + ")" + bound + " " + ping.size() + " data bytes";
  }

  private String header() {
    if (isInet6()) {
      return header6();
    }
    String bound = probe.source().map(s -> " from " + s + " ")
        .or(() -> probe.device().map(d -> " from " + result.source().map(Object::toString).orElse("0.0.0.0") + " " + d))
        .map(s -> s + ":").orElse("");
    return "PING " + target + " (" + address() + ")" + bound + " " + ping.size() + "(" + (ping.size() + 28)
        + ") bytes of data.";
  }

  private String reply(Reply r) {
    return r.bytes() + " bytes from " + shown(r.from()) + ": icmp_seq=" + r.sequence() + " ttl=" + r.ttl()
        + (ping.size() >= 16 ? " time=" + milliseconds(r.nanos()) + " ms" : "")
        + (duplicates().contains(r) ? " (DUP!)" : "");
  }

  /** Four digits at most, as ping shows them. */
  private static String milliseconds(long nanos) {
    long micros = nanos / 1000;
    int digits = micros >= 99_950 ? 0 : micros >= 9_995 ? 1 : micros >= 1_000 ? 2 : 3;
    return fixed(micros / 1000.0, digits);
  }

  private static String fixed(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private String error(PingError e) {
    if (isInet6()) {
      return "From " + shown(e.from().orElseThrow()) + " icmp_seq=" + e.sequence() + " " + what6(e);
    }
    String what = switch (e.kind()) {
      case HOST_UNREACHABLE -> "Destination Host Unreachable";
      case NET_UNREACHABLE -> "Destination Net Unreachable";
      case PORT_UNREACHABLE -> "Destination Port Unreachable";
      case PROTO_UNREACHABLE -> "Destination Protocol Unreachable";
      case FRAG_NEEDED -> "Frag needed and DF set (mtu = " + e.mtu() + ")";
      case TTL_EXCEEDED -> "Time to live exceeded";
      case PROHIBITED, FILTERED -> "Packet filtered";
      case NET_PROHIBITED -> "Destination Net Prohibited";
      case HOST_PROHIBITED -> "Destination Host Prohibited";
      case REDIRECT -> "Redirect Host(New nexthop: " + e.gateway().map(Object::toString).orElse("") + ")";
      case INVALID, NO_SUCH_ADDRESS, NO_SUCH_DEVICE, BROADCAST, NO_KEY, NO_ENDPOINT, NO_BUFFER, POLICY_FAILED,
          ROUTE_REJECTED ->
          "Bad ICMP type";
    };
    // A redirect is read as a packet, all others from the queue of errors.
    String colon = e.kind() == FailureKind.REDIRECT ? ":" : "";
    return "From " + e.from().orElseThrow() + colon + " icmp_seq=" + e.sequence() + " " + what;
  }

  private static String what6(PingError e) {
    return switch (e.kind()) {
      case HOST_UNREACHABLE -> "Destination unreachable: Address unreachable";
      case NET_UNREACHABLE -> "Destination unreachable: No route";
      case PORT_UNREACHABLE -> "Destination unreachable: Port unreachable";
      case PROHIBITED, NET_PROHIBITED, HOST_PROHIBITED, FILTERED ->
          "Destination unreachable: Administratively prohibited";
      case POLICY_FAILED -> "Destination unreachable: Unknown code 5";
      case ROUTE_REJECTED -> "Destination unreachable: Unknown code 6";
      case FRAG_NEEDED -> "Packet too big: mtu=" + e.mtu();
      case TTL_EXCEEDED -> "Time exceeded: Hop limit";
      case PROTO_UNREACHABLE, REDIRECT, INVALID, NO_SUCH_ADDRESS, NO_SUCH_DEVICE, BROADCAST, NO_KEY, NO_ENDPOINT,
          NO_BUFFER ->
          "unknown icmp type";
    };
  }

  private String gaveUpBecause(FailureKind kind) {
    if (isInet6() && kind == FailureKind.PROHIBITED) {
      return "connect: " + Errno.EACCES.text();
    }
    if (isInet6() && probe.source().isPresent() && (kind == FailureKind.NO_SUCH_ADDRESS
        || kind == FailureKind.INVALID && probe.source().get().isLinkLocal())) {
      return "bind icmp socket: " + (kind == FailureKind.INVALID ? Errno.EINVAL : Errno.EADDRNOTAVAIL).text();
    }
    return switch (kind) {
      case NO_SUCH_ADDRESS -> (isInet6() ? "connect: " : "bind: ") + Errno.EADDRNOTAVAIL.text();
      case NO_SUCH_DEVICE -> "SO_BINDTODEVICE " + probe.device().orElse("") + ": " + Errno.ENODEV.text();
      case BROADCAST, PROHIBITED, NET_PROHIBITED, HOST_PROHIBITED, POLICY_FAILED, ROUTE_REJECTED, FILTERED ->
          "Do you want to ping broadcast? Then -b. If not, check your local firewall rules";
      case NET_UNREACHABLE -> "connect: " + Errno.ENETUNREACH.text();
      case HOST_UNREACHABLE -> "connect: " + Errno.EHOSTUNREACH.text();
      case INVALID -> "connect: " + Errno.EINVAL.text();
      case PORT_UNREACHABLE, PROTO_UNREACHABLE, FRAG_NEEDED, TTL_EXCEEDED, REDIRECT, NO_KEY, NO_ENDPOINT, NO_BUFFER ->
          "connect: " + kind;
    };
  }

  private String sending(PingError e) {
    return switch (e.kind()) {
      case FRAG_NEEDED -> "local error: message too long, mtu" + (isInet6() ? ": " : "=") + e.mtu();
      case NET_UNREACHABLE -> "sendmsg: " + Errno.ENETUNREACH.text();
      case HOST_UNREACHABLE -> "sendmsg: " + Errno.EHOSTUNREACH.text();
      case PROHIBITED, NET_PROHIBITED, HOST_PROHIBITED, POLICY_FAILED, ROUTE_REJECTED, FILTERED ->
          "sendmsg: " + Errno.EPERM.text();
      case NO_KEY -> "sendmsg: " + Errno.ENOKEY.text();
      case NO_ENDPOINT -> "sendmsg: " + Errno.EDESTADDRREQ.text();
      case NO_BUFFER -> "sendmsg: " + Errno.ENOBUFS.text();
      case INVALID -> "sendmsg: " + Errno.EINVAL.text();
      case NO_SUCH_ADDRESS -> "sendmsg: " + Errno.EADDRNOTAVAIL.text();
      case NO_SUCH_DEVICE -> "sendmsg: " + Errno.ENODEV.text();
      case BROADCAST -> "sendmsg: " + Errno.EACCES.text();
      case PORT_UNREACHABLE, PROTO_UNREACHABLE, TTL_EXCEEDED, REDIRECT -> "sendmsg: " + e.kind();
    };
  }

  /** Further answers to a request that was answered already. */
  private Set<Reply> duplicates() {
    Set<Integer> seen = new HashSet<>();
    Set<Reply> twice = Collections.newSetFromMap(new IdentityHashMap<>());
    result.replies().stream().filter(r -> !seen.add(r.sequence())).forEach(twice::add);
    return twice;
  }

  private String statistics() {
    int sent = result.transmitted();
    int got = result.received();
    int twice = result.replies().size() - got;
    int errors = (int) result.errors().stream().filter(e -> e.kind() != FailureKind.REDIRECT)
        .filter(e -> e.from().isPresent() || e.kind() != FailureKind.PROHIBITED
            && e.kind() != FailureKind.NO_KEY && e.kind() != FailureKind.NO_ENDPOINT
            && e.kind() != FailureKind.NO_BUFFER)
        .count();
    String loss = sent == 0 ? "" : ", " + percent((float) ((sent - got) * 100.0 / sent)) + "% packet loss";
    return sent + " packets transmitted, " + got + " received" + (twice > 0 ? ", +" + twice + " duplicates" : "")
        + (errors > 0 ? ", +" + errors + " errors" : "") + loss
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
    double average = Arrays.stream(ms).average().orElse(0);
    double squares = Arrays.stream(ms).map(m -> m * m).average().orElse(0);
    return "rtt min/avg/max/mdev = " + fixed(Arrays.stream(ms).min().orElse(0), 3) + "/" + fixed(average, 3)
        + "/" + fixed(Arrays.stream(ms).max().orElse(0), 3) + "/"
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
