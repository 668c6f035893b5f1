package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.NatRange;
import org.hopscope.model.netfilter.RejectWith;

/** One part of a rule: parts are done from left to right until one does not hold (nft(8) STATEMENTS). The set is closed. */
public sealed interface Statement {
  /** A condition. */
  record Compare(Expr left, Relation relation, Right right) implements Statement {
  }

  /** How two values are compared. */
  enum Relation {
    EQ(""), NE("!= "), LT("< "), GT("> "), LE("<= "), GE(">= ");

    private final String word;

    Relation(String word) {
      this.word = word;
    }

    /** As it is written in front of a value; nothing for equality. */
    public String word() {
      return word;
    }
  }

  /** With what is compared. */
  sealed interface Right {
    /** One value. */
    record Value(BigInteger value) implements Right {
    }

    /** One value with a mask, written {@code VALUE / MASK}: the bits of the mask must be those. */
    record Masked(BigInteger value, BigInteger mask) implements Right {
    }

    /** From one value to another. */
    record Range(Span span) implements Right {
    }

    /** A network, or names that begin with some letters. */
    record Prefix(Span span) implements Right {
    }

    /** Any of these bits. */
    record AnyOf(BigInteger bits) implements Right {
    }

    /** One of a set. */
    record In(SetRef set) implements Right {
    }
  }

  /** {@code counter}: packets and bytes are counted by the rule's own number. */
  record Count() implements Statement {
  }

  /** {@code counter name}. */
  record CountIn(String counter) implements Statement {
  }

  /**
   * {@code log}: a line in the kernel's log.
   *
   * @param prefix what it begins with
   * @param level 0 to 7, as of syslog(3); 4 unless said
   * @param flags 1 TCP sequence, 2 TCP options, 4 IP options, 8 uid, 32 Ethernet; 47 for all
   */
  record Log(Optional<String> prefix, int level, int flags) implements Statement {
  }

  /**
   * {@code limit rate}: holds while there are tokens, {@code over} while there are none.
   */
  record Limit(int rate, Period per, int burst, boolean over) implements Statement {
    /** How many a bucket holds unless it is said. */
    static final int BURST = 5;
  }

  /**
   * {@code limit rate} of bytes: as {@link Limit}, with what is left of the rate and the burst together.
   *
   * @param rate bytes in a period
   * @param burst bytes above it; 0 for none
   */
  record LimitBytes(long rate, Period per, long burst, boolean over) implements Statement {
  }

  /** The time over which a rate is meant. */
  enum Period {
    SECOND(1), MINUTE(60), HOUR(3600), DAY(86_400), WEEK(604_800);

    private final int seconds;

    Period(int seconds) {
      this.seconds = seconds;
    }

    /** How many seconds it has. */
    int seconds() {
      return seconds;
    }

    /** As it is written. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A verdict. */
  record Decide(Verdict verdict) implements Statement {
  }

  /** The verdict that a map has for a key; none when it has none. */
  record Look(Expr key, SetRef map) implements Statement {
  }

  /**
   * {@code reject}.
   *
   * @param with how the sender is told; with {@code abstracted} the one of IPv4
   * @param abstracted {@code icmpx}: by the packet's family
   * @param usual whether it is what {@code reject} alone means in its table
   */
  record Reject(RejectWith with, boolean abstracted, boolean usual) implements Statement {
  }

  /**
   * {@code dnat} and {@code snat}.
   *
   * @param source whether it is {@code snat}
   * @param family the family that was said or follows from the address; empty in a table of one family
   * @param address to which address; empty when it stays
   * @param ports to which ports
   * @param options how one is chosen
   */
  record Nat(boolean source, Optional<IpFamily> family, Optional<To> address, Optional<Span> ports,
      NatRange.Options options) implements Statement {
    /** Where to. */
    public sealed interface To {
      /** Out of these addresses. */
      record Addresses(Span span) implements To {
      }

      /** What an expression gives: an address, or an address and a port. */
      record Worked(Expr expr) implements To {
      }
    }
  }

  /** {@code masquerade}. */
  record Masquerade(Optional<Span> ports, NatRange.Options options) implements Statement {
  }

  /** {@code redirect}. */
  record Redirect(Optional<Span> ports, NatRange.Options options) implements Statement {
  }

  /** {@code meta mark set} and {@code ct mark set}. */
  record Assign(Field field, Expr value) implements Statement {
  }

  /** {@code notrack}. */
  record Notrack() implements Statement {
  }

  /**
   * {@code add @set { KEY }} and {@code update @set { KEY }}.
   *
   * @param update whether an element that is there lives on from now
   * @param timeout for how many milliseconds; empty as the set says
   */
  record Remember(boolean update, String set, Expr key, Optional<Long> timeout) implements Statement {
  }

  /** The chains that it may lead to out of the rule itself. */
  default List<String> leads() {
    return switch (this) {
      case Decide(Verdict verdict) -> verdict.leads().stream().toList();
      case Look(Expr _, SetRef.Anonymous(NftSet set)) -> set.elements().stream()
          .flatMap(e -> e.data().stream())
          .flatMap(d -> d instanceof NftSet.Data.Doing(Verdict verdict) ? verdict.leads().stream()
              : List.<String>of().stream())
          .toList();
      case Compare _,Count _,CountIn _,Log _,Limit _,LimitBytes _,Look _,Reject _,Nat _,Masquerade _,Redirect _,Assign _,Notrack _,Remember _ ->
          List.of();
    };
  }

  /** The set of the table that it looks into. */
  default List<String> sets() {
    return switch (this) {
      case Compare(Expr left, var _, Right right) -> all(of(left),
          right instanceof Right.In(SetRef.Named named) ? List.of(named.name()) : List.of());
      case Look(Expr key, SetRef map) ->
          all(of(key), map instanceof SetRef.Named named ? List.of(named.name()) : List.of());
      case Nat nat -> nat.address().map(a -> a instanceof Nat.To.Worked(Expr expr) ? of(expr) : List.<String>of())
          .orElse(List.of());
      case Assign(Field _, Expr value) -> of(value);
      case Remember(boolean _, String set, Expr key, var _) -> all(of(key), List.of(set));
      case Count _,CountIn _,Log _,Limit _,LimitBytes _,Decide _,Reject _,Masquerade _,Redirect _,Notrack _ ->
          List.of();
    };
  }

  private static List<String> all(List<String> some, List<String> more) {
    return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
  }

  private static List<String> of(Expr expr) {
    return switch (expr) {
      case Expr.Mapped(Expr key, SetRef.Named named) -> all(of(key), List.of(named.name()));
      case Expr.Mapped(Expr key, SetRef.Anonymous _) -> of(key);
      case Expr.Concat(List<Expr> parts) -> parts.stream().flatMap(p -> of(p).stream()).toList();
      case Expr.Bits(Expr inner, var _, var _) -> of(inner);
      case Expr.Read _,Expr.Const _,Expr.Numgen _ -> List.of();
    };
  }

  /** How many sets are written out in it: each takes a handle. */
  default int anonymousSets() {
    return switch (this) {
      case Compare(Expr left, var _, Right right) -> in(left) + (right instanceof Right.In(SetRef.Anonymous _) ? 1 : 0);
      case Look(Expr key, SetRef map) -> in(key) + (map instanceof SetRef.Anonymous ? 1 : 0);
      case Nat nat -> nat.address().map(a -> a instanceof Nat.To.Worked(Expr expr) ? in(expr) : 0).orElse(0);
      case Assign(Field _, Expr value) -> in(value);
      case Remember(boolean _, String _, Expr key, var _) -> in(key);
      case Count _,CountIn _,Log _,Limit _,LimitBytes _,Decide _,Reject _,Masquerade _,Redirect _,Notrack _ -> 0;
    };
  }

  private static int in(Expr expr) {
    return switch (expr) {
      case Expr.Mapped(Expr key, SetRef map) -> in(key) + (map instanceof SetRef.Anonymous ? 1 : 0);
      case Expr.Concat(List<Expr> parts) -> parts.stream().mapToInt(Statement::in).sum();
      case Expr.Bits(Expr inner, var _, var _) -> in(inner);
      case Expr.Read _,Expr.Const _,Expr.Numgen _ -> 0;
    };
  }

  /** Whether connections must be tracked for it. */
  default boolean needsTracking() {
    return switch (this) {
      case Compare(Expr left, var _, var _) -> left.needsTracking();
      case Look(Expr key, var _) -> key.needsTracking();
      case Assign(Field field, Expr value) -> field.isTracking() || value.needsTracking();
      case Remember(boolean _, String _, Expr key, var _) -> key.needsTracking();
      case Nat _,Masquerade _,Redirect _,Notrack _ -> true;
      case Count _,CountIn _,Log _,Limit _,LimitBytes _,Decide _,Reject _ -> false;
    };
  }
}
