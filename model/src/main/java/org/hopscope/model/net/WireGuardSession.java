package org.hopscope.model.net;

import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;

/**
 * What traffic has left of a peer at a WireGuard device (kernel struct wg_peer, struct noise_keypairs). What depends on
 * time follows from the instants that are kept.
 *
 * @param found where the peer was last heard from, if anywhere since its endpoint was set
 * @param keys the keys that handshakes have agreed on
 * @param handshake when the last handshake was completed
 * @param unanswered since when packets are sent without hearing anything back
 * @param traffic what was exchanged
 */
public record WireGuardSession(Optional<Found> found, Keys keys, Optional<VirtualTime> handshake,
    Optional<VirtualTime> unanswered, Traffic traffic) {
  /** Nothing yet. */
  public static final WireGuardSession NONE = new WireGuardSession(Optional.empty(), Keys.NONE, Optional.empty(),
      Optional.empty(), new Traffic(0, 0));
  /** How long a key is used (messages.h REJECT_AFTER_TIME). */
  public static final long REJECT_AFTER = 180 * VirtualTime.SECOND;
  /** After this time who began it asks for a new one (messages.h REKEY_AFTER_TIME). */
  public static final long REKEY_AFTER = 120 * VirtualTime.SECOND;
  /** After so long a silence a new handshake is begun (KEEPALIVE_TIMEOUT and REKEY_TIMEOUT). */
  public static final long SILENCE = 15 * VirtualTime.SECOND;

  /**
   * Where a peer was heard from.
   *
   * @param endpoint its address and port
   * @param local the own address that it spoke to: answers leave from there
   */
  public record Found(Endpoint endpoint, IpAddress local) {
  }

  /**
   * Bytes of WireGuard's own messages, handshakes included.
   *
   * @param received from the peer
   * @param sent to it
   */
  public record Traffic(long received, long sent) {
  }

  /**
   * A key for each direction.
   *
   * @param local the number by which this end finds it: packets to here bear it
   * @param remote the number by which the other end finds it
   * @param born when it was agreed on
   * @param initiator whether this end began the handshake
   * @param counter how many packets this end has sent with it
   */
  public record Keypair(int local, int remote, VirtualTime born, boolean initiator, long counter) {
    Keypair counted() {
      return new Keypair(local, remote, born, initiator, counter + 1);
    }

    public boolean isOldAt(VirtualTime now) {
      return now.since(born) >= REJECT_AFTER;
    }
  }

  /**
   * The keys of a peer.
   *
   * @param current for sending
   * @param previous still good for packets that are under way
   * @param next agreed on by an answer of this end's: it becomes the current one with the first packet that bears it
   */
  public record Keys(Optional<Keypair> current, Optional<Keypair> previous, Optional<Keypair> next) {
    /** None. */
    public static final Keys NONE = new Keys(Optional.empty(), Optional.empty(), Optional.empty());

    /** The key with this number. */
    public Optional<Keypair> find(int local) {
      return Stream.of(current, previous, next).flatMap(Optional::stream).filter(k -> k.local() == local).findFirst();
    }

    /** With a new key (noise.c add_new_keypair). */
    public Keys with(Keypair fresh) {
      return fresh.initiator()
          ? new Keys(Optional.of(fresh), next.or(() -> current), Optional.empty())
          : new Keys(current, Optional.empty(), Optional.of(fresh));
    }

    /** As a packet leaves them that bears one of them (noise.c wg_noise_received_with_keypair). */
    public Keys heard(Keypair key) {
      return next.equals(Optional.of(key)) ? new Keys(next, current, Optional.empty()) : this;
    }

    Keys counted() {
      return new Keys(current.map(Keypair::counted), previous, next);
    }
  }

  /** The key to send with just now; none when it is too old, or when the other end has been silent too long. */
  public Optional<Keypair> usableAt(VirtualTime now) {
    return keys.current().filter(k -> !k.isOldAt(now))
        .filter(_ -> unanswered.filter(since -> now.since(since) >= SILENCE).isEmpty());
  }

  public WireGuardSession withFound(Found value) {
    return new WireGuardSession(Optional.of(value), keys, handshake, unanswered, traffic);
  }

  public WireGuardSession withKeys(Keys value) {
    return new WireGuardSession(found, value, handshake, unanswered, traffic);
  }

  /** With a handshake completed. */
  public WireGuardSession agreed(Keys value, VirtualTime when) {
    return new WireGuardSession(found, value, Optional.of(when), unanswered, traffic);
  }

  /** With a message received. */
  public WireGuardSession received(int bytes) {
    return new WireGuardSession(found, keys, handshake, Optional.empty(),
        new Traffic(traffic.received() + bytes, traffic.sent()));
  }

  /** With a message of a handshake sent. */
  public WireGuardSession sent(int bytes) {
    return new WireGuardSession(found, keys, handshake, unanswered,
        new Traffic(traffic.received(), traffic.sent() + bytes));
  }

  /** With a packet sent that bears the current key; one with something in it wants to be answered. */
  public WireGuardSession sentData(int bytes, boolean empty, VirtualTime when) {
    return new WireGuardSession(found, keys.counted(), handshake,
        empty ? unanswered : unanswered.or(() -> Optional.of(when)),
        new Traffic(traffic.received(), traffic.sent() + bytes));
  }

  /** Without any key (wg_stop, wg_noise_expire_current_peer_keypairs). */
  public WireGuardSession withoutKeys() {
    return new WireGuardSession(found, Keys.NONE, handshake, Optional.empty(), traffic);
  }

  /** With the endpoint set anew. */
  public WireGuardSession lost() {
    return new WireGuardSession(Optional.empty(), keys, handshake, unanswered, traffic);
  }
}
