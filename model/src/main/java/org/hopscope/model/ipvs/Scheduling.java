package org.hopscope.model.ipvs;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.ipvs.IpvsMemory.Load;

/**
 * Chooses a real server for a new connection, as the kernel's schedulers do (net/netfilter/ipvs/ip_vs_rr.c,
 * ip_vs_wrr.c, ip_vs_lc.c, ip_vs_wlc.c, ip_vs_sh.c, ip_vs_dh.c, ip_vs_sed.c, ip_vs_nq.c, ip_vs_fo.c, ip_vs_ovf.c). A
 * server of weight 0, or that has too many connections, is never chosen.
 */
public final class Scheduling {
  /** How many places the tables of SH and DH have. */
  private static final int TABLE = 256;
  private static final int GOLDEN_RATIO = 0x61C88647;

  private final VirtualService service;
  private final IpvsMemory memory;
  private final long now;

  /**
   * A choice for a service.
   *
   * @param memory what packets have left
   * @param now the instant, in nanoseconds of the lab's clock
   */
  public Scheduling(VirtualService service, IpvsMemory memory, long now) {
    this.service = service;
    this.memory = memory;
    this.now = now;
  }

  /**
   * What came out.
   *
   * @param server who gets it; nobody where no server can be had
   * @param after the service's memory after the choice
   */
  public record Choice(Optional<RealServer> server, ServiceMemory after) {
  }

  private ServiceMemory before() {
    return memory.of(service.key());
  }

  /** Chooses. */
  public Choice choose(IpvsFlow flow) {
    return switch (service.scheduler()) {
      case RR -> inTurn();
      case WRR -> inWeightedTurn();
      case LC, WLC, SED, NQ -> new Choice(least(), before());
      case FO, OVF -> new Choice(heaviest(), before());
      case SH -> new Choice(bySource(flow), before());
      case DH -> new Choice(at(place(flow.virtual(), 0), false).filter(this::isToBeHad), before());
    };
  }

  /** What a server has to do. */
  public Load load(RealServer server) {
    return memory.load(service.key(), server.key(), now);
  }

  /** Whether a server has too many connections. */
  public boolean isFull(RealServer server) {
    return memory.isFull(service.key(), server, now);
  }

  private boolean isToBeHad(RealServer server) {
    return server.weight() > 0 && !isFull(server);
  }

  /** The number that LC, WLC, SED and NQ compare, still to be divided by the weight (ip_vs_dest_conn_overhead). */
  public long overhead(RealServer server) {
    Load load = load(server);
    return switch (service.scheduler()) {
      case SED, NQ -> load.active() + 1L;
      case LC, WLC, RR, WRR, SH, DH, FO, OVF -> ((long) load.active() << 8) + load.inactive();
    };
  }

  /** The servers from the one behind the last turn on, once round. */
  private List<RealServer> round() {
    List<RealServer> servers = service.servers();
    int last = before().turn().flatMap(service::server).map(servers::indexOf).orElse(-1);
    return java.util.stream.IntStream.range(0, servers.size())
        .mapToObj(i -> servers.get((last + 1 + i) % servers.size())).toList();
  }

  private Choice inTurn() {
    Optional<RealServer> next = round().stream().filter(this::isToBeHad).findFirst();
    return new Choice(next, next.map(s -> before().withTurn(Optional.of(s.key()), 0)).orElse(before()));
  }

  /** ip_vs_wrr_schedule: who weighs what the level asks for; the level sinks with each round. */
  private Choice inWeightedTurn() {
    int most = mostWeight(service);
    if (most == 0) {
      return new Choice(Optional.empty(), before());
    }
    List<RealServer> servers = service.servers();
    int at = before().turn().flatMap(service::server).map(servers::indexOf).orElse(-1);
    int level = before().level();
    for (int rounds = 0; rounds <= 2 * (most / step(service) + 1); rounds++) {
      for (int i = at + 1; i < servers.size(); i++) {
        if (servers.get(i).weight() >= level && !isFull(servers.get(i))) {
          return new Choice(Optional.of(servers.get(i)),
              before().withTurn(Optional.of(servers.get(i).key()), level));
        }
      }
      at = -1;
      level -= step(service);
      level = level <= 0 ? most : level;
    }
    return new Choice(Optional.empty(), before().withTurn(before().turn(), level));
  }

  /** The greatest common divisor of all weights (ip_vs_wrr_gcd_weight). */
  static int step(VirtualService service) {
    int divisor = service.servers().stream().mapToInt(RealServer::weight).reduce(0, Scheduling::divisor);
    return divisor == 0 ? 1 : divisor;
  }

  private static int divisor(int one, int other) {
    return other == 0 ? one : divisor(other, one % other);
  }

  /** The level of the first round (struct ip_vs_wrr_mark, mw). */
  static int mostWeight(VirtualService service) {
    return service.servers().stream().mapToInt(RealServer::weight).max().orElse(0) - (step(service) - 1);
  }

  /** ip_vs_wrr_dest_changed, ip_vs_rr_del_dest: what a changed list of servers makes of whose turn it is. */
  static ServiceMemory listChanged(VirtualService before, VirtualService after, ServiceMemory memory) {
    return switch (after.scheduler()) {
      case RR -> memory.turn().filter(t -> after.server(t).isEmpty()).isEmpty() ? memory
          : memory.withTurn(previous(before, memory.turn().orElseThrow()), 0);
      case WRR -> {
        int most = mostWeight(after);
        int level = memory.level() > most || memory.level() == 0 ? most
            : step(after) > 1 ? memory.level() / step(after) * step(after) + 1 : memory.level();
        yield memory.withTurn(Optional.empty(), level);
      }
      case LC, WLC, SH, DH, SED, NQ, FO, OVF -> memory;
    };
  }

  private static Optional<RealServer.Key> previous(VirtualService before, RealServer.Key gone) {
    int at = before.server(gone).map(before.servers()::indexOf).orElse(0);
    return at == 0 ? Optional.empty() : Optional.of(before.servers().get(at - 1).key());
  }

  /** The turn of a service that was given another scheduler (init_service). */
  static ServiceMemory begun(VirtualService service, ServiceMemory memory) {
    return memory.withTurn(Optional.empty(), service.scheduler() == Scheduler.WRR ? mostWeight(service) : 0);
  }

  private Optional<RealServer> least() {
    Scheduler how = service.scheduler();
    Optional<RealServer> best = Optional.empty();
    for (RealServer server : service.servers()) {
      if (isToBeHad(server)) {
        if (how == Scheduler.NQ && load(server).active() == 0) {
          return Optional.of(server);
        }
        best = best.isEmpty() || isLess(server, best.get()) ? Optional.of(server) : best;
      }
    }
    return best;
  }

  private boolean isLess(RealServer server, RealServer best) {
    return service.scheduler() == Scheduler.LC
        ? overhead(server) < overhead(best)
        : overhead(best) * server.weight() > overhead(server) * best.weight();
  }

  private Optional<RealServer> heaviest() {
    Optional<RealServer> best = Optional.empty();
    for (RealServer server : service.servers()) {
      boolean full = isFull(server)
          || service.scheduler() == Scheduler.OVF && load(server).active() > server.weight();
      if (!full && server.weight() > best.map(RealServer::weight).orElse(0)) {
        best = Optional.of(server);
      }
    }
    return best;
  }

  /** Which server holds a place of the table (ip_vs_dh_reassign, ip_vs_sh_reassign). */
  private Optional<RealServer> at(int place, boolean weighted) {
    List<RealServer> servers = service.servers();
    int length = servers.stream().mapToInt(s -> weighted ? Math.max(1, s.weight()) : 1).sum();
    int left = length == 0 ? 0 : place % length;
    for (RealServer server : servers) {
      left -= weighted ? Math.max(1, server.weight()) : 1;
      if (left < 0) {
        return Optional.of(server);
      }
    }
    return Optional.empty();
  }

  private Optional<RealServer> bySource(IpvsFlow flow) {
    int place = place(flow.client(), service.byPort() ? flow.clientPort() : 0);
    Optional<RealServer> meant = at(place, true);
    if (!service.fallsBack()) {
      return meant.filter(this::isToBeHad);
    }
    Optional<RealServer> found = meant.filter(this::isToBeHad);
    for (int i = 0; i < TABLE && found.isEmpty(); i++) {
      found = at(((i + place) % TABLE + place) % TABLE, true).filter(this::isToBeHad);
    }
    return found;
  }

  /** ip_vs_sh_hashkey, ip_vs_dh_hashkey with hash_32: the place of an address and port in the table. */
  private static int place(IpAddress address, int port) {
    int folded = switch (address) {
      case Ipv4Address(int bits) -> bits;
      case Ipv6Address(long high, long low) -> (int) (high >>> 32) ^ (int) high ^ (int) (low >>> 32) ^ (int) low;
    };
    return (port + folded) * GOLDEN_RATIO >>> 24;
  }
}
