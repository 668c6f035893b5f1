package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;

/**
 * A small program that listens. Unless it is {@code nc}, a name server, a proxy, {@code kubectl} or a health check, it answers each client with its label, the client's address as it
 * sees it, and its own address as the client reached it.
 *
 * @param port where it listens, 1 to 65535
 * @param transport over what
 * @param on the one address it listens on; on all of them when empty
 * @param label what it calls itself
 * @param program which program it is
 */
public record Server(PortNumber port, Transport transport, Optional<IpAddress> on, String label, Program program) {
  /** A server of {@code serve}. */
  public Server(PortNumber port, Transport transport, Optional<IpAddress> on, String label) {
    this(port, transport, on, label, Program.SERVE);
  }

  /** Programs that listen. */
  public enum Program {
    /** {@code serve}: answers whatever it is told with its name and its client's address. */
    SERVE("serve", 128),
    /** {@code python3 -m http.server}: answers HTTP requests so (its listen backlog is 5). */
    HTTP("python3", 5),
    /** {@code nc -l}: takes what it is told and says nothing (its listen backlog is 1). */
    NC("nc", 1),
    /** CoreDNS, or another name server: answers questions of the Domain Name System. */
    DNS("coredns", 128),
    /** An ingress controller, or what proxies for a Gateway: leads HTTP requests on, as the objects of its cluster say. */
    PROXY("proxy", 511),
    /** {@code kubectl port-forward}: says again in a pod what it hears; its label tells in which. */
    FORWARD("kubectl", 4096),
    /** kube-proxy at the health check's port of a Service: says whether its node has endpoints. */
    HEALTH("kube-proxy", 4096);

    private final String command;
    private final int backlog;

    Program(String command, int backlog) {
      this.command = command;
      this.backlog = backlog;
    }

    /** Its name in the list of processes. */
    public String command() {
      return command;
    }

    /** How many connections may wait to be accepted (listen(2)). */
    public int backlog() {
      return backlog;
    }
  }

  /** Whether it would take what arrives for this address and port. */
  public boolean accepts(IpAddress address, PortNumber asked, Transport over) {
    return port.value() == asked.value() && transport == over && (on.isEmpty() || on.get().equals(address));
  }
}
