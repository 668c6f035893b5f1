package org.hopscope.model.ipvs;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What packets have left in the IPVS of a namespace: connections, whose turn it is, and counters.
 *
 * @param connections by who talks to whom, templates among them; those that ran out are passed over
 * @param answers from client and server to the connection that answers belong to: follows from {@code connections}
 * @param services by what the services are found by
 */
public record IpvsMemory(PSortedMap<IpvsFlow, IpvsConnection> connections, PSortedMap<IpvsFlow, IpvsFlow> answers,
    PSortedMap<ServiceKey, ServiceMemory> services) {
  public static final IpvsMemory EMPTY = new IpvsMemory(TreePMap.empty(), TreePMap.empty(), TreePMap.empty());
  private static final long SECOND = 1_000_000_000L;
  /** A template that still has connections when its time is over stays so much longer (ip_vs_conn_expire). */
  private static final long LONGER = 60 * SECOND;

  /**
   * How many connections a server has at an instant.
   *
   * @param active established ones
   * @param inactive others
   * @param persistent templates
   */
  public record Load(int active, int inactive, int persistent) {
    /** Connections without templates (ip_vs_dest_totalconns). */
    public int total() {
      return active + inactive;
    }
  }

  /** The connection of a packet from a client at an instant. */
  public Optional<IpvsConnection> find(IpvsFlow flow, long now) {
    return Optional.ofNullable(connections.get(flow)).filter(c -> isAlive(c, now));
  }

  /** The connection of an answer at an instant: the packet goes from the server to the client. */
  public Optional<IpvsConnection> answered(IpvsFlow answer, long now) {
    return Optional.ofNullable(answers.get(answer.reversed())).flatMap(f -> find(f, now));
  }

  /** Whether a connection or template is still there at an instant. */
  public boolean isAlive(IpvsConnection connection, long now) {
    return now < expiry(connection);
  }

  /** When it goes if nothing more comes: a template not before its connections. */
  public long expiry(IpvsConnection connection) {
    if (!connection.isTemplate()) {
      return connection.expires();
    }
    long last = connections.values().stream()
        .filter(c -> c.flags().template().filter(connection.flow()::equals).isPresent())
        .mapToLong(IpvsConnection::expires).max().orElse(0);
    long over = last - connection.expires();
    return over <= 0 ? connection.expires() : connection.expires() + (over + LONGER - 1) / LONGER * LONGER;
  }

  /** What a server of a service has to do at an instant. */
  public Load load(ServiceKey service, RealServer.Key server, long now) {
    int active = 0;
    int inactive = 0;
    int persistent = 0;
    for (IpvsConnection c : connections.values()) {
      if (c.server().equals(server) && c.service().equals(service) && isAlive(c, now)) {
        if (c.isTemplate()) {
          persistent++;
        } else if (c.isActive()) {
          active++;
        } else {
          inactive++;
        }
      }
    }
    return new Load(active, inactive, persistent);
  }

  /**
   * Whether a server gets no new connections at an instant, as it has too many. Connections only go between two that come, so
   * that it is enough to look how many there are now.
   */
  public boolean isFull(ServiceKey service, RealServer server, long now) {
    return of(service).full().contains(server.key())
        && !server.thresholds().isEased(load(service, server.key(), now).total());
  }

  /** With a connection that came to a server, which may have too many by that (ip_vs_bind_dest). */
  public IpvsMemory with(IpvsConnection value, RealServer server, long now) {
    boolean was = isFull(value.service(), server, now);
    IpvsMemory after = with(value);
    boolean is = was || server.thresholds().isReached(after.load(value.service(), server.key(), now).total());
    return after.with(value.service(), of(value.service()).withFull(server.key(), is));
  }

  public IpvsMemory with(IpvsConnection value) {
    IpvsMemory clean = without(value.flow());
    RealServer.Key to = value.destination();
    PSortedMap<IpvsFlow, IpvsFlow> back = value.isTemplate() ? clean.answers
        : clean.answers.plus(value.flow().to(to), value.flow());
    return new IpvsMemory(clean.connections.plus(value.flow(), value), back, services);
  }

  public IpvsMemory without(IpvsFlow flow) {
    IpvsConnection old = connections.get(flow);
    if (old == null) {
      return this;
    }
    IpvsFlow back = flow.to(old.destination());
    return new IpvsMemory(connections.minus(flow), flow.equals(answers.get(back)) ? answers.minus(back) : answers,
        services);
  }

  /** What a service remembers. */
  public ServiceMemory of(ServiceKey service) {
    return Optional.ofNullable(services.get(service)).orElse(ServiceMemory.EMPTY);
  }

  public IpvsMemory with(ServiceKey service, ServiceMemory value) {
    return new IpvsMemory(connections, answers,
        value.equals(ServiceMemory.EMPTY) ? services.minus(service) : services.plus(service, value));
  }

  public IpvsMemory without(ServiceKey service) {
    return new IpvsMemory(connections, answers, services.minus(service));
  }

  /** The template that a client's server is remembered in (kernel ip_vs_sched_persist). */
  public static IpvsFlow template(VirtualService service, Persistence how, IpvsFlow flow) {
    IpAddress client = how.network(flow.client());
    ServiceKey key = service.key();
    if (flow.virtualPort() == key.port() && !key.isMark()) {
      return new IpvsFlow(flow.protocol(), client, 0, flow.virtual(), key.port() == 21 ? 0 : key.port());
    }
    return key.isMark()
        ? new IpvsFlow(0, client, 0, new Ipv4Address(key.mark()), 0)
        : new IpvsFlow(flow.protocol(), client, 0, flow.virtual(), 0);
  }
}
