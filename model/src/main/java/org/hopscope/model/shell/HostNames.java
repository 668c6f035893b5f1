package org.hopscope.model.shell;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.docker.linux.Sandbox;

/**
 * Whom a name means. There is no resolver but the hosts file, which knows {@code localhost}, and Docker's for its
 * containers; a namespace is no host.
 */
final class HostNames {
  private HostNames() {
  }

  static Optional<IpAddress> find(Prompt prompt, String name) {
    return name.equals("localhost") ? Optional.of(Ipv4Address.of("127.0.0.1"))
        : IpAddress.parse(name).or(() -> Sandbox.resolve(prompt.lab(), prompt.at(), name));
  }
}
