package org.hopscope.model.ipvs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.ipvs.IpvsCommand.Shown;

/** What {@code ipvsadm -L} and {@code -S} print (ipvsadm.c print_service_entry and its like). */
public final class IpvsText {
  private static final long SECOND = 1_000_000_000L;

  private final IpvsEditor.State state;
  private final long now;
  private final Set<Shown> shown;
  private final IpvsNames names;

  /**
   * A listing.
   *
   * @param now the instant, in nanoseconds of the lab's clock
   */
  public IpvsText(IpvsEditor.State state, long now, Set<Shown> shown, IpvsNames names) {
    this.state = state;
    this.now = now;
    this.shown = Set.copyOf(shown);
    this.names = names;
  }

  /** All services. */
  public List<String> all() {
    List<String> lines = new ArrayList<>(List.of("IP Virtual Server version 1.2.1 (size=4096)"));
    lines.addAll(title());
    services().forEach(s -> lines.addAll(service(s)));
    return lines;
  }

  /** One service. */
  public List<String> one(ServiceKey key) throws IpvsComplaint {
    List<String> lines = new ArrayList<>(title());
    lines.addAll(service(state.rules().service(key).orElseThrow(() -> IpvsComplaint.nothing("No such service"))));
    return lines;
  }

  /** {@code -L --timeout}. */
  public String timeouts() {
    Ipvs.Timeouts timeouts = state.rules().timeouts();
    return "Timeout (tcp tcpfin udp): " + timeouts.tcp() + " " + timeouts.tcpFin() + " " + timeouts.udp();
  }

  /** {@code -L -c}: connections and templates. */
  public List<String> connections() {
    List<String> lines = new ArrayList<>(List.of("IPVS connection entries",
        format("pro expire %-11s %-18s %-18s %s", "state", "source", "virtual", "destination")));
    for (IpvsConnection c : state.memory().connections().values()) {
      if (state.memory().isAlive(c, now)) {
        long left = (state.memory().expiry(c) - now) / SECOND;
        int protocol = c.flow().protocol();
        lines.add(format("%-3s %-6s %-11s %-18s %-18s %s", ServiceKey.protocolName(protocol),
            format("%02d:%02d", left / 60, left % 60), c.state(),
            place(protocol, c.flow().client(), c.flow().clientPort()),
            place(protocol, c.flow().virtual(), c.flow().virtualPort()),
            place(protocol, c.server().address(),
                c.isTemplate() && c.flow().virtualPort() == 0 ? 0 : c.destination().port())));
      }
    }
    return lines;
  }

  /** {@code -S}: the commands that make it; the program leaves thresholds out. */
  public List<String> saved() {
    return services().stream().flatMap(s -> saved(s, servers(s), _ -> "").stream()).toList();
  }

  /** The commands that make it, each server in its place: the last of the list is added first. */
  public static List<String> commands(Ipvs ipvs) {
    IpvsText text = new IpvsText(new IpvsEditor.State(ipvs, IpvsMemory.EMPTY), 0, Set.of(Shown.NUMERIC),
        new IpvsNames() {
          @Override
          public Optional<Integer> port(String service) {
            return Optional.empty();
          }

          @Override
          public Optional<String> service(int protocol, int port) {
            return Optional.empty();
          }
        });
    List<String> lines = new ArrayList<>();
    Ipvs.Timeouts timeouts = ipvs.timeouts();
    if (!timeouts.equals(Ipvs.Timeouts.USUAL)) {
      lines.add("--set " + timeouts.tcp() + " " + timeouts.tcpFin() + " " + timeouts.udp());
    }
    ipvs.services().values().forEach(s -> lines.addAll(text.saved(s, s.servers().reversed(), IpvsText::thresholds)));
    return lines;
  }

  private static String thresholds(RealServer server) {
    RealServer.Thresholds at = server.thresholds();
    return (at.upper() == 0 ? "" : " -x " + at.upper()) + (at.lower() == 0 ? "" : " -y " + at.lower());
  }

  private List<String> saved(VirtualService service, List<RealServer> servers, Function<RealServer, String> more) {
    List<String> lines = new ArrayList<>();
    ServiceKey key = service.key();
    String name = key.isMark()
        ? "-f " + Integer.toUnsignedString(key.mark()) + (key.family() == IpFamily.INET6 ? " -6" : "")
        : option(key.protocol()) + " " + place(key.protocol(), key.address(), key.port());
    lines.add("-A " + name + " -s " + service.scheduler().word()
        + service.persistence().map(p -> " -p " + p.seconds() + mask(key, p, " -M ")).orElse("")
        + (flags(service).isEmpty() ? "" : " -b " + flags(service)));
    for (RealServer server : servers) {
      lines.add("-a " + name + " -r " + place(key.protocol(), server.key().address(), server.key().port()) + " "
          + server.forwarding().option() + " -w " + server.weight()
          + (server.forwarding() == Forwarding.TUNNEL ? " --tun-type ipip" : "") + more.apply(server));
    }
    return lines;
  }

  private static String option(int protocol) {
    return switch (protocol) {
      case ServiceKey.TCP -> "-t";
      case ServiceKey.UDP -> "-u";
      default -> "--sctp-service";
    };
  }

  private static String mask(ServiceKey key, Persistence how, String word) {
    return switch (key.family()) {
      case INET -> how.mask() == Persistence.EACH4 ? "" : word + new Ipv4Address(how.mask());
      case INET6 -> how.mask() == Persistence.EACH6 ? "" : word + how.mask();
    };
  }

  private static String flags(VirtualService service) {
    return service.fallsBack() ? service.byPort() ? "sh-fallback,sh-port" : "sh-fallback"
        : service.byPort() ? "sh-port" : "";
  }

  private List<String> title() {
    String server = "  -> RemoteAddress:Port";
    String local = format("%-33s", "Prot LocalAddress:Port");
    if (shown.contains(Shown.STATS)) {
      return List.of(local + format(" %8s %8s %8s %8s %8s", "Conns", "InPkts", "OutPkts", "InBytes", "OutBytes"),
          server);
    }
    if (shown.contains(Shown.RATE)) {
      return List.of(local + format(" %8s %8s %8s %8s %8s", "CPS", "InPPS", "OutPPS", "InBPS", "OutBPS"), server);
    }
    if (shown.contains(Shown.THRESHOLDS)) {
      return List.of(local + format(" %-10s %-10s %-10s %-10s", "Uthreshold", "Lthreshold", "ActiveConn",
          "InActConn"), server);
    }
    if (shown.contains(Shown.PERSISTENT)) {
      return List.of(local + format(" %-9s %-11s %-10s %-10s", "Weight", "PersistConn", "ActiveConn", "InActConn"),
          server);
    }
    return List.of("Prot LocalAddress:Port Scheduler Flags",
        server + "           Forward " + (shown.contains(Shown.TUNNELS) ? "TunnelInfo    " : "")
            + "Weight ActiveConn InActConn");
  }

  private List<String> service(VirtualService service) {
    ServiceKey key = service.key();
    String name = key.isMark()
        ? "FWM  " + Integer.toUnsignedString(key.mark()) + (key.family() == IpFamily.INET6 ? " IPv6" : "")
        : format("%-4s %s", ServiceKey.protocolName(key.protocol()),
            place(key.protocol(), key.address(), key.port()));
    String fitting = key.family() == IpFamily.INET && name.length() > 33 ? name.substring(0, 33) : name;
    List<String> lines = new ArrayList<>();
    IpvsMeter meter = state.memory().of(key).meter();
    lines.add(isCounting()
        ? format("%-33s", fitting) + stats(shown.contains(Shown.STATS) ? meter.stats() : meter.perSecond(now))
        : fitting + " " + service.scheduler().word() + (flags(service).isEmpty() ? "" : " (" + flags(service) + ")")
            + service.persistence().map(p -> " persistent " + p.seconds() + mask(key, p, " mask ")).orElse(""));
    servers(service).forEach(s -> lines.add(server(key, s)));
    return lines;
  }

  private String server(ServiceKey key, RealServer server) {
    String place = place(key.protocol(), server.key().address(), server.key().port());
    String name = key.family() == IpFamily.INET && place.length() > 28 ? place.substring(0, 28) : place;
    String front = format("  -> %-28s", name);
    IpvsMemory.Load load = state.memory().load(key, server.key(), now);
    IpvsMeter meter = state.memory().of(key).of(server.key());
    if (shown.contains(Shown.STATS)) {
      return front + stats(meter.stats());
    }
    if (shown.contains(Shown.RATE)) {
      IpvsStats rate = meter.perSecond(now);
      return front + format(" %8d %8d %8d", rate.connections(), rate.inPackets(), rate.outPackets())
          + large(rate.inBytes()) + large(rate.outBytes());
    }
    String connections = format(" %-10d %-10d", load.active(), load.inactive());
    if (shown.contains(Shown.THRESHOLDS)) {
      return front + format(" %-10d %-10d", server.thresholds().upper(), server.thresholds().lower()) + connections;
    }
    if (shown.contains(Shown.PERSISTENT)) {
      return front + format(" %-9d %-11d", server.weight(), load.persistent()) + connections;
    }
    String tunnel = shown.contains(Shown.TUNNELS)
        ? format(" %-13s", server.forwarding() == Forwarding.TUNNEL ? "ipip" : "n/a") : "";
    return front + format(" %-7s", server.forwarding().shown()) + tunnel + format(" %-6d", server.weight())
        + connections;
  }

  private boolean isCounting() {
    return shown.contains(Shown.STATS) || shown.contains(Shown.RATE);
  }

  private String stats(IpvsStats stats) {
    return large(stats.connections()) + large(stats.inPackets()) + large(stats.outPackets()) + large(stats.inBytes())
        + large(stats.outBytes());
  }

  /** print_largenum. */
  private String large(long number) {
    if (shown.contains(Shown.EXACT)) {
      String digits = Long.toString(number);
      return " ".repeat(digits.length() <= 8 ? 9 - digits.length() : 1) + digits;
    }
    return number < 100_000_000L ? format("%9d", number)
        : number < 1_000_000_000L ? format("%8dK", number / 1000)
        : number < 100_000_000_000L ? format("%8dM", number / 1_000_000) : format("%8dG", number / 1_000_000_000L);
  }

  private String place(int protocol, IpAddress address, int port) {
    String text = address.family() == IpFamily.INET ? address.toString() : "[" + address + "]";
    return text + ":" + (shown.contains(Shown.NUMERIC) ? Integer.toString(port)
        : names.service(protocol, port).orElse(Integer.toString(port)));
  }

  private List<VirtualService> services() {
    return sorted(List.copyOf(state.rules().services().values()), (one, other) -> {
      ServiceKey left = one.key();
      ServiceKey right = other.key();
      int by = left.mark() - right.mark();
      by = by != 0 ? by : left.family().compareTo(right.family());
      by = by != 0 ? by : left.protocol() - right.protocol();
      by = by != 0 ? by : difference(left.address(), right.address());
      return by != 0 ? by : left.port() - right.port();
    });
  }

  private List<RealServer> servers(VirtualService service) {
    return sorted(service.servers(), (one, other) -> {
      int by = difference(one.key().address(), other.key().address());
      return by != 0 ? by : one.key().port() - other.key().port();
    });
  }

  /** As the program subtracts: 192.168.0.1 comes before 10.0.0.1, as the difference does not fit into its number. */
  private static int difference(IpAddress one, IpAddress other) {
    return switch (one) {
      case Ipv4Address(int bits) -> bits - ((Ipv4Address) other).bits();
      case Ipv6Address six -> {
        Ipv6Address others = (Ipv6Address) other;
        int by = (int) (six.high() >>> 32) - (int) (others.high() >>> 32);
        by = by != 0 ? by : (int) six.high() - (int) others.high();
        by = by != 0 ? by : (int) (six.low() >>> 32) - (int) (others.low() >>> 32);
        yield by != 0 ? by : (int) six.low() - (int) others.low();
      }
    };
  }

  /** Such differences are no order, so rows are put in place one after the other. */
  private <T> List<T> sorted(List<T> rows, ToIntBiFunction<T, T> difference) {
    if (shown.contains(Shown.UNSORTED)) {
      return rows;
    }
    List<T> sorted = new ArrayList<>();
    for (T row : rows) {
      int at = sorted.size();
      while (at > 0 && difference.applyAsInt(sorted.get(at - 1), row) > 0) {
        at--;
      }
      sorted.add(at, row);
    }
    return sorted;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
