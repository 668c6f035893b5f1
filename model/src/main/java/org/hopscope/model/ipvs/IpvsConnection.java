package org.hopscope.model.ipvs;

import java.util.Optional;

/**
 * A connection that a real server was chosen for, or a template: what is remembered of a client's server (kernel struct
 * ip_vs_conn).
 *
 * @param flow who talks to whom
 * @param service whose it is
 * @param server the real server
 * @param forwarding how its packets get there
 * @param state how far it has come; of a template NONE or ASSURED
 * @param flags what else holds
 * @param expires when it is forgotten if nothing more comes, in nanoseconds of the lab's clock
 */
public record IpvsConnection(IpvsFlow flow, ServiceKey service, RealServer.Key server, Forwarding forwarding,
    IpvsState state, Flags flags, long expires) {
  /**
   * What else holds of a connection.
   *
   * @param noOutput answers have not been seen, as they go another way (IP_VS_CONN_F_NOOUTPUT)
   * @param tracked conntrack follows it (IP_VS_CONN_F_NFCT)
   * @param template the template that chose its server
   */
  public record Flags(boolean noOutput, boolean tracked, Optional<IpvsFlow> template) {
    /** Answers are seen from now on. */
    public Flags seen() {
      return new Flags(false, tracked, template);
    }
  }

  /** Whether it is a template rather than a connection. */
  public boolean isTemplate() {
    return flow.clientPort() == 0;
  }

  /** Whether it counts as active: the others are inactive (IP_VS_CONN_F_INACTIVE). */
  public boolean isActive() {
    return state == IpvsState.ESTABLISHED;
  }

  /**
   * Where its packets go: the server, with the port that was asked for where the server has none of its own, or where a
   * client's server serves other ports than the service's (ip_vs_schedule, ip_vs_sched_persist).
   */
  public RealServer.Key destination() {
    boolean own = server.port() != 0 && (flags.template().isEmpty() || service.port() == flow.virtualPort());
    return own ? server : new RealServer.Key(server.address(), flow.virtualPort());
  }

  public IpvsConnection with(IpvsState next, Flags changed, long instant) {
    return new IpvsConnection(flow, service, server, forwarding, next, changed, instant);
  }
}
