package org.hopscope.model.ipvs;

import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The virtual services of a namespace (kernel struct netns_ipvs). Its hooks are there for a family while it has a
 * service (ip_vs_register_hooks).
 *
 * @param services by what they are found by
 * @param timeouts how long connections are kept
 */
public record Ipvs(PSortedMap<ServiceKey, VirtualService> services, Timeouts timeouts) {
  private static final int FTP = 21;
  private static final int FTP_DATA = 20;
  private static final int FIRST_USER_PORT = 1024;
  public static final Ipvs NONE = new Ipvs(TreePMap.empty(), Timeouts.USUAL);

  /**
   * Seconds that {@code ipvsadm --set} sets.
   *
   * @param tcp established connections
   * @param tcpFin those that are being closed
   * @param udp UDP
   */
  public record Timeouts(int tcp, int tcpFin, int udp) {
    public static final Timeouts USUAL = new Timeouts(900, 120, 300);
  }

  /** Whether packets of a family are shown to it. */
  public boolean sees(IpFamily family) {
    return services.keySet().stream().anyMatch(k -> k.family() == family);
  }

  public Optional<VirtualService> service(ServiceKey key) {
    return Optional.ofNullable(services.get(key));
  }

  /**
   * The service that a packet is for: by its mark first, then by address and port, then FTP's for FTP data, then one for
   * all ports (kernel ip_vs_service_find).
   */
  public Optional<VirtualService> find(IpvsFlow flow, int mark) {
    int protocol = flow.protocol();
    Optional<VirtualService> exact = Optional.of(mark).filter(m -> m != 0)
        .flatMap(m -> service(ServiceKey.marked(m, flow.virtual().family())))
        .or(() -> service(ServiceKey.at(protocol, flow.virtual(), flow.virtualPort())));
    boolean mayBeFtp = protocol == ServiceKey.TCP
        && (flow.virtualPort() == FTP_DATA || flow.virtualPort() >= FIRST_USER_PORT);
    return exact
        .or(() -> mayBeFtp ? service(ServiceKey.at(protocol, flow.virtual(), FTP)) : Optional.empty())
        .or(() -> service(ServiceKey.at(protocol, flow.virtual(), 0)));
  }

  public Ipvs with(VirtualService service) {
    return new Ipvs(services.plus(service.key(), service), timeouts);
  }

  public Ipvs without(ServiceKey key) {
    return new Ipvs(services.minus(key), timeouts);
  }

  public Ipvs withTimeouts(Timeouts value) {
    return new Ipvs(services, value);
  }
}
