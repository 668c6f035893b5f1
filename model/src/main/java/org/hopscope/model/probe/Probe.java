package org.hopscope.model.probe;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.net.NetnsId;

/**
 * What a learner sends: one run of a small program in one namespace.
 *
 * @param from where the program runs
 * @param to the address it talks to
 * @param source a source address it binds to, or none
 * @param device a device it binds to ({@code ping -I DEV}), or none
 * @param action what it does
 */
public record Probe(NetnsId from, IpAddress to, Optional<IpAddress> source, Optional<String> device, Action action) {
  /** What the program does. */
  public sealed interface Action {
  }

  /**
   * {@code ping}: ICMP echo requests (RFC 792).
   *
   * @param count how many, from 1
   * @param size payload bytes, 0 to 65507; 56 unless said
   * @param dontFragment {@code -M do}
   * @param intervalMillis the time between two requests
   * @param waitMillis how long to wait for an answer after the last request ({@code -W})
   * @param ttl the TTL to send with ({@code -t}), or the namespace's default
   * @param broadcast {@code -b}: whether an address that is a broadcast may be asked
   */
  public record Ping(int count, int size, boolean dontFragment, int intervalMillis, int waitMillis,
      Optional<Integer> ttl, boolean broadcast) implements Action {
    /** What {@code ping -c 1} does. */
    public static final Ping ONCE = new Ping(1, 56, false, 1000, 10_000, Optional.empty(), false);
  }

  /**
   * A TCP connection: a handshake, what the client says, an answer, and the close.
   *
   * @param port where to
   * @param options what client programs have in common
   */
  public record Connect(PortNumber port, ClientOptions options) implements Action {
  }

  /**
   * A UDP question and its answer.
   *
   * @param port where to
   * @param options what client programs have in common
   */
  public record Datagram(PortNumber port, ClientOptions options) implements Action {
  }

  /**
   * What client programs have in common.
   *
   * @param count how many times, each from a new port, from 1
   * @param sourcePort the port to send from, or one that the kernel chooses
   * @param size how many bytes the client sends before the server answers
   * @param waitMillis how long the client waits
   * @param dontFragment whether routers must not fragment
   * @param talk what the client says
   */
  public record ClientOptions(int count, Optional<PortNumber> sourcePort, int size, int waitMillis,
      boolean dontFragment, Talk talk) {
    /** A client that asks the lab's own question. */
    public ClientOptions(int count, Optional<PortNumber> sourcePort, int size, int waitMillis, boolean dontFragment) {
      this(count, sourcePort, size, waitMillis, dontFragment, Talk.QUESTION);
    }

    /** Once, from any port, nothing sent before the answer, 0.8 s of patience: the oracle's probe. */
    public static final ClientOptions ONCE = new ClientOptions(1, Optional.empty(), 0, 800, false);
  }

  /** A ping of one request. */
  public static Probe ping(NetnsId from, IpAddress to) {
    return new Probe(from, to, Optional.empty(), Optional.empty(), Ping.ONCE);
  }

  /** A TCP connection. */
  public static Probe tcp(NetnsId from, IpAddress to, int port) {
    return new Probe(from, to, Optional.empty(), Optional.empty(),
        new Connect(new PortNumber(port), ClientOptions.ONCE));
  }

  /** A UDP question. */
  public static Probe udp(NetnsId from, IpAddress to, int port) {
    return new Probe(from, to, Optional.empty(), Optional.empty(),
        new Datagram(new PortNumber(port), ClientOptions.ONCE));
  }
}
