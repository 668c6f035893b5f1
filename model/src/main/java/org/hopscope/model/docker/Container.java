package org.hopscope.model.docker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.VirtualTime;

/**
 * A container.
 *
 * @param name unique on its machine
 * @param id 64 hexadecimal digits
 * @param program what runs in it
 * @param wiring whose network namespace it has, and what leads out of it
 * @param state whether it runs
 */
public record Container(String name, String id, Program program, Wiring wiring, State state) {
  /**
   * What runs in a container.
   *
   * @param image the image's name as it was given
   * @param command what was given behind the image's name
   * @param created when it was made
   */
  public record Program(String image, List<String> command, VirtualTime created) {
    public Program {
      command = List.copyOf(command);
    }
  }

  /** Whether a container runs, and since when. */
  public sealed interface State {
    /** It was made and never started. */
    record Created() implements State {
    }

    /** It runs. */
    record Running(VirtualTime since) implements State {
    }

    /** It ended: by {@code docker stop}. */
    record Exited(VirtualTime at) implements State {
    }
  }

  /** Whose network namespace a container has. */
  public sealed interface Wiring {
    /**
     * One of its own.
     *
     * @param attachments what leads out of it; for {@code --network none} the one to that network
     * @param published ports of the host that lead into it
     */
    record Own(List<Attachment> attachments, List<Published> published) implements Wiring {
      public Own {
        attachments = List.copyOf(attachments);
        published = List.copyOf(published);
      }
    }

    /** The host's. */
    record OfHost() implements Wiring {
    }

    /** That of another container, by its identifier ({@code --network container:NAME}). */
    record OfContainer(String id) implements Wiring {
    }
  }

  /**
   * A container's place in a network.
   *
   * @param network the network's name
   * @param device the device in the container
   * @param asked the addresses that were asked for
   * @param address the address it has; none while it does not run
   * @param address6 its address of IPv6, in a network that has them; none while it does not run
   */
  public record Attachment(String network, String device, Asked asked, Optional<Ipv4Address> address,
      Optional<Ipv6Address> address6) {
    /** One that has no addresses yet. */
    public Attachment(String network, String device, Asked asked) {
      this(network, device, asked, Optional.empty(), Optional.empty());
    }
  }

  /** The addresses that a container asks for in a network: {@code --ip} and {@code --ip6}. */
  public record Asked(Optional<Ipv4Address> ip, Optional<Ipv6Address> ip6) {
    /** Any that are free. */
    public static final Asked NONE = new Asked(Optional.empty(), Optional.empty());
  }

  /**
   * A port of the host that leads into a container ({@code -p}).
   *
   * @param on the host's address it is bound to; all of them when empty
   * @param hostPort the port on the host
   * @param port the port in the container
   * @param transport over what
   */
  public record Published(Optional<IpAddress> on, PortNumber hostPort, PortNumber port, Transport transport) {
    /** Whether both want the same port of the host. */
    public boolean collides(Published other) {
      return transport == other.transport && hostPort.equals(other.hostPort)
          && (on.isEmpty() || other.on.isEmpty() || on.equals(other.on));
    }

    /** As Docker writes the host's side. */
    public String bound() {
      return on.map(a -> a.family() == IpFamily.INET6 ? "[" + a + "]" : a.toString()).orElse("0.0.0.0") + ":"
          + hostPort;
    }

    /** As Docker writes the host's side, by family; {@code [::]} only in networks that have IPv6. */
    public List<String> bound(boolean ipv6) {
      return ipv6 && on.isEmpty() ? List.of(bound(), "[::]:" + hostPort) : List.of(bound());
    }

    /** Whether it is bound to addresses of a family. */
    public boolean isOf(IpFamily family) {
      return on.map(a -> a.family() == family).orElse(true);
    }
  }

  public boolean isRunning() {
    return state instanceof State.Running;
  }

  /** What leads out of it, in the order in which networks were joined. */
  public List<Attachment> attachments() {
    return wiring instanceof Wiring.Own own ? own.attachments() : List.of();
  }

  /** Its published ports. */
  public List<Published> published() {
    return wiring instanceof Wiring.Own own ? own.published() : List.of();
  }

  /** Its place in a network. */
  public Optional<Attachment> attachment(String network) {
    return attachments().stream().filter(a -> a.network().equals(network)).findFirst();
  }

  /**
   * Its place in the network that it sends by to what is elsewhere, and by which its ports are published: the first by
   * name of those that lead elsewhere (moby daemon/libnetwork/endpoint.go, Endpoint.Less).
   */
  public Optional<Attachment> gateway(Engine engine) {
    return attachments().stream()
        .filter(a -> engine.network(a.network()).filter(DockerNetwork::leadsOut).isPresent())
        .min(Comparator.comparing(Attachment::network));
  }

  public Container with(State value) {
    return new Container(name, id, program, wiring, value);
  }

  public Container with(Wiring value) {
    return new Container(name, id, program, value, state);
  }

  /** With a place in one more network. */
  public Container with(Attachment more) {
    List<Attachment> all = new ArrayList<>(attachments());
    all.add(more);
    return with(new Wiring.Own(all, published()));
  }

  /** Without its place in a network. */
  public Container without(Attachment gone) {
    return with(new Wiring.Own(attachments().stream().filter(a -> !a.equals(gone)).toList(), published()));
  }
}
