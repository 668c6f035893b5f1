package org.hopscope.model.ipvs;

import java.util.Optional;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * A service that others serve (kernel struct ip_vs_service).
 *
 * @param key what it is found by
 * @param scheduler who chooses among its servers
 * @param byPort {@code sh-port}: the client's port counts for SH too
 * @param fallsBack {@code sh-fallback}: with SH, another server takes the place of one that is not to be had
 * @param persistence whether clients come back to the server they had
 * @param servers its real servers in the kernel's order: the one that was added last comes first
 */
public record VirtualService(ServiceKey key, Scheduler scheduler, boolean byPort, boolean fallsBack,
    Optional<Persistence> persistence, PVector<RealServer> servers) {
  /** A service that nobody serves yet. */
  public static VirtualService of(ServiceKey key, Scheduler scheduler) {
    return new VirtualService(key, scheduler, false, false, Optional.empty(), TreePVector.empty());
  }

  public VirtualService withServers(PVector<RealServer> value) {
    return new VirtualService(key, scheduler, byPort, fallsBack, persistence, value);
  }

  /** The server at an address and port. */
  public Optional<RealServer> server(RealServer.Key at) {
    return servers.stream().filter(s -> s.key().equals(at)).findFirst();
  }
}
