package org.hopscope.model.probe;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;

/** What the program that was run saw and would report. */
public sealed interface ProbeResult {
  /** Whether everything that was sent was answered. */
  boolean succeeded();

  /**
   * What {@code ping} saw.
   *
   * @param source the address it sent from, when it could send at all
   * @param device the device the last request left by, when it could be sent
   * @param transmitted how many requests it counted as sent
   * @param replies the answers, in the order of arrival
   * @param errors what it reported instead, in order
   * @param elapsedNanos from the first request to the end
   */
  record Pinged(Optional<IpAddress> source, Optional<String> device, int transmitted, List<Reply> replies,
      List<PingError> errors, long elapsedNanos) implements ProbeResult {
    @Override
    public boolean succeeded() {
      return transmitted > 0 && received() == transmitted;
    }

    /** How many requests were answered, by whomever and however often. */
    public int received() {
      return (int) replies.stream().mapToInt(Reply::sequence).distinct().count();
    }
  }

  /**
   * One echo reply.
   *
   * @param sequence the number of its request, from 1
   * @param from who answered
   * @param ttl the TTL it arrived with
   * @param bytes ICMP bytes: payload and 8
   * @param nanos how long it took
   */
  record Reply(int sequence, IpAddress from, int ttl, int bytes, long nanos) {
  }

  /**
   * Why a request went unanswered, when somebody said so.
   *
   * @param sequence the number of the request; 0 when ping gave up before sending
   * @param from who said so; empty when it was the own kernel refusing to send
   * @param kind what was said
   * @param mtu the MTU that came with {@link FailureKind#FRAG_NEEDED}, else 0
   * @param gateway the better gateway that came with {@link FailureKind#REDIRECT}
   */
  record PingError(int sequence, Optional<IpAddress> from, FailureKind kind, int mtu, Optional<IpAddress> gateway) {
  }

  /**
   * What {@code traceroute} saw.
   *
   * @param hops one per TTL, in order
   * @param refused what the own kernel said instead of sending
   * @param reached whether the destination itself answered
   */
  record Traced(List<Hop> hops, Optional<FailureKind> refused, boolean reached) implements ProbeResult {
    @Override
    public boolean succeeded() {
      return reached;
    }
  }

  /**
   * What came back for one TTL.
   *
   * @param ttl the TTL, from 1
   * @param answers one per packet, empty where nothing came
   */
  record Hop(int ttl, List<Optional<HopAnswer>> answers) {
  }

  /**
   * What came back for one packet.
   *
   * @param from who answered
   * @param nanos how long it took
   * @param kind what was said; empty when the destination answered as hoped for
   */
  record HopAnswer(IpAddress from, long nanos, Optional<FailureKind> kind) {
    /** Whether nothing lies behind: the destination answered, or somebody said that it cannot be reached. */
    public boolean isFinal() {
      return kind.filter(k -> k == FailureKind.TTL_EXCEEDED).isEmpty();
    }
  }

  /**
   * What {@code tracepath} saw.
   *
   * @param lines what it said, in order
   * @param mtu how wide it takes the way to be in the end
   * @param hops how far the destination is and how far it is back from there, once it was reached
   * @param tooFar whether it ended because of the number of hops
   */
  record Paced(List<PathLine> lines, int mtu, Optional<PathEnd> hops, boolean tooFar) implements ProbeResult {
    @Override
    public boolean succeeded() {
      return hops.isPresent();
    }
  }

  /**
   * Where a way ends.
   *
   * @param there hops to the destination
   * @param back hops back, told by the TTL that the answer came with
   */
  record PathEnd(int there, int back) {
  }

  /** One thing that {@code tracepath} says. */
  sealed interface PathLine {
    /** The TTL it is about. */
    int ttl();

    /**
     * An error was told about a packet.
     *
     * @param ttl the TTL of that packet
     * @param from who told; empty when it was the own kernel refusing to send
     * @param nanos how long that took; empty when it is not known which packet it is about
     * @param kind what was told
     * @param mtu the MTU that came with {@link FailureKind#FRAG_NEEDED}, else 0
     * @param back how many hops back it came, where that is another number than the TTL
     */
    record Told(int ttl, Optional<IpAddress> from, Optional<Long> nanos, FailureKind kind, int mtu,
        Optional<Integer> back) implements PathLine {
    }

    /** Three packets and no answer. */
    record Silent(int ttl) implements PathLine {
    }

    /** Somebody answered by UDP. */
    record Answered(int ttl) implements PathLine {
    }

    /** Ten times the own kernel refused to send, without a reason that a program is told behind its back. */
    record Unsent(int ttl) implements PathLine {
    }
  }

  /**
   * What {@code arping} saw.
   *
   * @param source the address it spoke from; 0.0.0.0 when it only asked whether an address is free
   * @param sent how many packets
   * @param broadcasts how many of them were broadcast
   * @param replies the answers, in the order of arrival
   */
  record Arped(IpAddress source, int sent, int broadcasts, List<ArpReply> replies) implements ProbeResult {
    @Override
    public boolean succeeded() {
      return !replies.isEmpty();
    }
  }

  /**
   * An answer to {@code arping}.
   *
   * @param from the address that is claimed
   * @param mac who claims it
   * @param nanos how long it took
   */
  record ArpReply(IpAddress from, MacAddress mac, long nanos) {
  }

  /**
   * What a TCP or UDP client saw.
   *
   * @param tries one per try, in order
   */
  record Exchanged(List<Exchange> tries) implements ProbeResult {
    @Override
    public boolean succeeded() {
      return !tries.isEmpty() && tries.stream().allMatch(t -> t.outcome() == ExchangeOutcome.ANSWERED);
    }
  }

  /**
   * One try of a client.
   *
   * @param outcome how it ended
   * @param answer what the server said, when it answered
   * @param icmpFrom who sent the ICMP error behind the outcome, if one did
   * @param icmp which error that was
   * @param heard what the server said, as it said it
   * @param nanos how long the try took
   */
  record Exchange(ExchangeOutcome outcome, Optional<Answer> answer, Optional<IpAddress> icmpFrom,
      Optional<FailureKind> icmp, String heard, long nanos) {
  }

  /**
   * What a server answers.
   *
   * @param label the server's label
   * @param client the client's address as the server saw it
   * @param clientPort the client's port as the server saw it
   * @param server the address the client reached, as the server saw it
   * @param serverPort the port it reached
   */
  record Answer(String label, IpAddress client, int clientPort, IpAddress server, int serverPort) {
  }

  /** How a client's try ended; the words are the oracle's classes in lower case with hyphens. */
  enum ExchangeOutcome {
    ANSWERED, REFUSED, TIMEOUT, STALLED, CLOSED, RESET, HOST_UNREACHABLE, NET_UNREACHABLE, PROHIBITED, FRAG_NEEDED,
    PROTO_UNREACHABLE, INVALID, NO_SUCH_ADDRESS,
    /** The device did not take it: ENOBUFS. */
    NO_BUFFER
  }

  /** What can be said about a packet that did not get through, by an ICMP message or by the own kernel. */
  enum FailureKind {
    HOST_UNREACHABLE, NET_UNREACHABLE, PORT_UNREACHABLE, PROTO_UNREACHABLE, FRAG_NEEDED, TTL_EXCEEDED, PROHIBITED,
    /** ICMP code 9: the way to the network is forbidden. */
    NET_PROHIBITED,
    /** ICMP code 10: the way to the host is forbidden. */
    HOST_PROHIBITED,
    /** ICMPv6 code 5: a policy forbids the source address. */
    POLICY_FAILED,
    /** ICMPv6 code 6: a route rejects the destination. */
    ROUTE_REJECTED,
    /** The own kernel: EINVAL. */
    INVALID,
    /** The own kernel: the source address is not one of its own. */
    NO_SUCH_ADDRESS,
    /** The own kernel: no such device to bind to. */
    NO_SUCH_DEVICE,
    /** The own kernel: EACCES, a broadcast address without {@code -b}. */
    BROADCAST,
    /** The own kernel: EPERM, its packet filter took what was sent. */
    FILTERED,
    /** The own kernel: ENOKEY, no WireGuard peer may be sent to at this address. */
    NO_KEY,
    /** The own kernel: EDESTADDRREQ, it is not known where the WireGuard peer is. */
    NO_ENDPOINT,
    /** The own kernel: ENOBUFS, the far end of the cable takes no frame of that length. */
    NO_BUFFER,
    /** A router knows a better gateway; not a failure by itself. */
    REDIRECT
  }
}
