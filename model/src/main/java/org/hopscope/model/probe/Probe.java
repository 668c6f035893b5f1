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
 * @param source a source address it binds to, of the family of {@code to}; or none
 * @param device a device it binds to ({@code ping -I DEV}), or none
 * @param action what it does
 */
public record Probe(NetnsId from, IpAddress to, Optional<IpAddress> source, Optional<String> device, Action action) {
  /** Refuses a source of another family with an {@link IllegalArgumentException}. */
  public Probe {
    if (source.filter(s -> s.family() != to.family()).isPresent()) {
      throw new IllegalArgumentException(source.get() + " cannot speak to " + to);
    }
  }

  /** What the program does. */
  public sealed interface Action {
  }

  /**
   * {@code ping}: ICMP echo requests (RFC 792).
   *
   * @param count how many, from 1
   * @param size payload bytes, 0 to 65507; 56 unless said
   * @param pathMtu {@code -M}
   * @param intervalMillis the time between two requests
   * @param waitMillis how long to wait for an answer after the last request ({@code -W})
   * @param ttl the TTL to send with ({@code -t}), or the namespace's default
   * @param broadcast {@code -b}: whether an address that is a broadcast may be asked
   * @param deadlineMillis {@code -w}: when to end in any case, and at the first error; 0 for never
   * @param stamp what its packets wear
   */
  public record Ping(int count, int size, PathMtu pathMtu, int intervalMillis, int waitMillis,
      Optional<Integer> ttl, boolean broadcast, int deadlineMillis, Stamp stamp) implements Action {
    /** Without a deadline; {@code dontFragment} is {@code -M do}, else {@code -M want}. */
    public Ping(int count, int size, boolean dontFragment, int intervalMillis, int waitMillis, Optional<Integer> ttl,
        boolean broadcast) {
      this(count, size, dontFragment ? PathMtu.DO : PathMtu.WANT, intervalMillis, waitMillis, ttl, broadcast, 0,
          Stamp.NONE);
    }

    /** What {@code ping -c 1} does. */
    public static final Ping ONCE = new Ping(1, 56, false, 1000, 10_000, Optional.empty(), false);
  }

  /**
   * What routers and filters may tell packets by.
   *
   * @param mark {@code -m}: the number that policy rules and filters of the own host see; never sent
   * @param tos {@code -Q}: the type of service, 0 to 255
   */
  public record Stamp(int mark, int tos) {
    public static final Stamp NONE = new Stamp(0, 0);
  }

  /** What {@code ping -M} lets happen where the path is too narrow (ip(7) IP_MTU_DISCOVER). */
  public enum PathMtu {
    /** DF on what fits the own link and what was told of the path; what does not is cut. */
    WANT,
    /** DF on everything; what does not fit is not sent. */
    DO,
    /** Never DF: routers may cut. */
    DONT
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
   * {@code traceroute}: packets that may cross one router, then two, and so on (traceroute(8)).
   *
   * @param method what is sent
   * @param firstHop the TTL to begin with, from 1
   * @param maxHops the last TTL, up to 255
   * @param queries how many packets for each TTL, 1 to 10
   * @param size bytes of a packet, headers included
   * @param waitMillis how long to wait for an answer
   * @param port the destination port of the first packet; for {@code UDP} each packet has the next one
   * @param atOnce how many packets wait for their answers at once ({@code -N}), from 1
   */
  public record Traceroute(TraceMethod method, int firstHop, int maxHops, int queries, int size, int waitMillis,
      int port, int atOnce)
      implements Action {
    /** How many wait at once unless said otherwise. */
    public static final int AT_ONCE = 16;
  }

  /** What {@code traceroute} sends; {@code UDP_TO_ONE} ({@code -U}) is for the same port each time. */
  public enum TraceMethod {
    UDP, UDP_TO_ONE, ICMP, TCP
  }

  /**
   * {@code tracepath}: the way to an address and how wide it is, by UDP packets that must not be cut (tracepath(8)).
   *
   * @param maxHops the last TTL, 0 to 255
   * @param length bytes of the first packet, headers included; over those of a UDP packet none is sent
   * @param port the destination port of the first packet; each packet has the next one, up to 63 more
   */
  public record Tracepath(int maxHops, int length, int port) implements Action {
    /** The first port unless said otherwise. */
    public static final int PORT = 44444;
  }

  /**
   * {@code arping}: ARP by hand (arping(8) of iputils).
   *
   * @param mode what for
   * @param count how many packets; 0 for as many as the deadline admits
   * @param deadlineMillis when to end in any case; 0 for never
   * @param intervalMillis the time between two packets
   * @param broadcasting {@code -b}: whether all are broadcast, not only those before the first answer
   * @param untilReply {@code -f}: whether the first answer ends it
   */
  public record Arping(ArpMode mode, int count, int deadlineMillis, int intervalMillis, boolean broadcasting,
      boolean untilReply) implements Action {
  }

  /** What {@code arping} is for. */
  public enum ArpMode {
    /** Who has the address? */
    ASK,
    /** {@code -D}: does anybody else have the address? */
    DETECT,
    /** {@code -U}: the address is mine, as a question. */
    ANNOUNCE,
    /** {@code -A}: the address is mine, as an answer. */
    ANSWER
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
