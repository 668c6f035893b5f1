package org.hopscope.model.netfilter;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One tracked connection (kernel struct nf_conn). Translation is nothing but a reply tuple that is not the original one
 * turned round (sem-N4).
 *
 * @param original the tuple of the packet that began it, as it came
 * @param reply the tuple that answers will have
 * @param flags what has happened to it
 * @param tcp its TCP state; NONE for other protocols
 * @param mark the number that CONNMARK gave it
 * @param times when it began and when it runs out
 * @param helper the name of the helper that listens to it; empty for none
 * @param extras what more is remembered
 */
public record Connection(Tuple original, Tuple reply, Flags flags, TcpState tcp, int mark, Times times, String helper,
    Extras extras) {
  /** One that nothing more is remembered of. */
  public Connection(Tuple original, Tuple reply, Flags flags, TcpState tcp, int mark, Times times, String helper) {
    this(original, reply, flags, tcp, mark, times, helper, Extras.NONE);
  }

  /**
   * What is remembered beside (kernel struct nf_ct_ext).
   *
   * @param counted what it has carried, if that is counted
   * @param labels the numbers that {@code connlabel} put on it, 0 to 127
   */
  public record Extras(Optional<Counted> counted, Set<Integer> labels) {
    public static final Extras NONE = new Extras(Optional.empty(), Set.of());

    public Extras {
      labels = Set.copyOf(labels);
    }

    /** One more label. */
    Extras labelled(int number) {
      return new Extras(counted,
          Stream.concat(labels.stream(), Stream.of(number)).collect(Collectors.toUnmodifiableSet()));
    }
  }

  /** What passed each way (kernel struct nf_conn_acct). */
  public record Counted(Tally original, Tally reply) {
    public static final Counted NOTHING = new Counted(Tally.ZERO, Tally.ZERO);

    /** What passed one way. */
    public Tally of(Direction direction) {
      return direction == Direction.ORIGINAL ? original : reply;
    }

    Counted plus(Direction direction, long bytes) {
      return direction == Direction.ORIGINAL ? new Counted(original.plus(bytes), reply)
          : new Counted(original, reply.plus(bytes));
    }
  }

  /**
   * Kernel IPS_*.
   *
   * @param seenReply a packet came back
   * @param assured it is not thrown out early: both sides speak
   * @param sourceNat its source is translated
   * @param destinationNat its destination is translated
   * @param sourceDone whether to translate the source has been decided
   * @param destinationDone whether to translate the destination has been decided
   * @param masquerade the interface number whose address MASQUERADE gave it; 0 when none did
   */
  public record Flags(boolean seenReply, boolean assured, boolean sourceNat, boolean destinationNat, boolean sourceDone,
      boolean destinationDone, int masquerade) {
    public static final Flags NONE = new Flags(false, false, false, false, false, false, 0);

    public Flags withSeenReply() {
      return new Flags(true, assured, sourceNat, destinationNat, sourceDone, destinationDone, masquerade);
    }

    public Flags withAssured() {
      return new Flags(seenReply, true, sourceNat, destinationNat, sourceDone, destinationDone, masquerade);
    }

    public Flags withMasquerade(int ifindex) {
      return new Flags(seenReply, assured, sourceNat, destinationNat, sourceDone, destinationDone, ifindex);
    }

    /** One side is decided; {@code changed} when it is to be translated. */
    public Flags decided(Manip side, boolean changed) {
      return switch (side) {
        case SOURCE -> new Flags(seenReply, assured, sourceNat || changed, destinationNat, true, destinationDone,
            masquerade);
        case DESTINATION -> new Flags(seenReply, assured, sourceNat, destinationNat || changed, sourceDone, true,
            masquerade);
      };
    }

    public boolean isDone(Manip side) {
      return side == Manip.SOURCE ? sourceDone : destinationDone;
    }

    public boolean isTranslated(Manip side) {
      return side == Manip.SOURCE ? sourceNat : destinationNat;
    }
  }

  /**
   * Nanoseconds of the lab's clock.
   *
   * @param created its first packet
   * @param expires when it is forgotten, if nothing more comes
   */
  public record Times(long created, long expires) {
  }

  /** A connection that begins with a packet of this tuple, for which a zone was laid down. */
  public static Connection beginning(Tuple tuple, CtZone zone, long now) {
    Tuple original = tuple.in(zone.original());
    return new Connection(original, original.invert().in(zone.reply()), Flags.NONE, TcpState.NONE, 0,
        new Times(now, now), zone.helper());
  }

  /** The tuple of one direction. */
  public Tuple tuple(Direction direction) {
    return direction == Direction.ORIGINAL ? original : reply;
  }

  /**
   * Whether it goes when another one is in need of its reply tuple: a TCP connection that is over, and whose source is translated
   * (kernel nf_nat_may_kill). The kernel also wants the sequence number to have gone up, which between two pairs of ports is chance.
   */
  public boolean makesRoom() {
    return flags.sourceNat() && tcp.compareTo(TcpState.TIME_WAIT) >= 0;
  }

  public Connection withExtras(Extras value) {
    return new Connection(original, reply, flags, tcp, mark, times, helper, value);
  }

  /** With one more packet that it carried, if it counts them. */
  public Connection carrying(Direction direction, long bytes) {
    return extras.counted().map(c -> withExtras(new Extras(Optional.of(c.plus(direction, bytes)), extras.labels())))
        .orElse(this);
  }

  /** Whether it is still there at an instant. */
  public boolean livesAt(long now) {
    return now < times.expires();
  }

  public Connection withReply(Tuple value) {
    return new Connection(original, value, flags, tcp, mark, times, helper, extras);
  }

  public Connection withFlags(Flags value) {
    return new Connection(original, reply, value, tcp, mark, times, helper, extras);
  }

  public Connection withTcp(TcpState value) {
    return new Connection(original, reply, flags, value, mark, times, helper, extras);
  }

  public Connection withMark(int value) {
    return new Connection(original, reply, flags, tcp, value, times, helper, extras);
  }

  public Connection expiringAt(long instant) {
    return new Connection(original, reply, flags, tcp, mark, new Times(times.created(), instant), helper, extras);
  }
}
