package org.hopscope.model.ipvs;

import java.util.Optional;

/** Ports by name, as {@code /etc/services} has them. */
public interface IpvsNames {
  /** The port of a service's name. */
  Optional<Integer> port(String service);

  /** The name of a port. */
  Optional<String> service(int protocol, int port);
}
