package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.List;

/** What a value is worked out from. */
public sealed interface Expr {
  /** A field of the packet. */
  record Read(Field field) implements Expr {
  }

  /** A fixed value. */
  record Const(DataType type, BigInteger value) implements Expr {
  }

  /** A number from {@code offset} to {@code offset + mod - 1}: by chance, or each in turn. */
  record Numgen(boolean random, int mod, int offset) implements Expr {
  }

  /** Several values side by side: {@code ip saddr . tcp dport}. */
  record Concat(List<Expr> parts) implements Expr {
    public Concat {
      parts = List.copyOf(parts);
    }
  }

  /** A value of which bits are changed. */
  record Bits(Expr of, Operation operation, BigInteger by) implements Expr {
    /** How bits are changed. */
    public enum Operation {
      AND("&", 3), OR("|", 1), XOR("^", 2), LEFT("<<", 4), RIGHT(">>", 4);

      private final String word;
      private final int strength;

      Operation(String word, int strength) {
        this.word = word;
        this.strength = strength;
      }

      /** Whether it is done before another that stands in front of it. */
      boolean isBefore(Operation other) {
        return strength > other.strength;
      }

      /** As it is written. */
      public String word() {
        return word;
      }

      BigInteger apply(BigInteger value, BigInteger by, BigInteger most) {
        return switch (this) {
          case AND -> value.and(by);
          case OR -> value.or(by);
          case XOR -> value.xor(by);
          case LEFT -> value.shiftLeft(by.intValue()).and(most);
          case RIGHT -> value.shiftRight(by.intValue());
        };
      }
    }
  }

  /** What a map has for a key. */
  record Mapped(Expr key, SetRef map) implements Expr {
  }

  /** The types of its values, side by side. */
  default List<DataType> types() {
    return switch (this) {
      case Read(Field field) -> List.of(field.type());
      case Const(DataType type, var _) -> List.of(type);
      case Numgen _ -> List.of(DataType.INTEGER);
      case Concat(List<Expr> parts) -> parts.stream().flatMap(p -> p.types().stream()).toList();
      case Bits(Expr of, var _, var _) -> of.types();
      case Mapped(Expr _, SetRef.Anonymous(NftSet set)) -> set.spec().data();
      case Mapped(Expr _, SetRef.Named named) -> named.data();
    };
  }

  /** Whether it asks routes for a way. */
  default boolean asksForWay() {
    return switch (this) {
      case Read(Field field) -> field.asksForWay();
      case Const _,Numgen _ -> false;
      case Concat(List<Expr> parts) -> parts.stream().anyMatch(Expr::asksForWay);
      case Bits(Expr of, var _, var _) -> of.asksForWay();
      case Mapped(Expr key, var _) -> key.asksForWay();
    };
  }

  /** Whether working it out needs connections to be tracked. */
  default boolean needsTracking() {
    return switch (this) {
      case Read(Field field) -> field.isTracking();
      case Const _,Numgen _ -> false;
      case Concat(List<Expr> parts) -> parts.stream().anyMatch(Expr::needsTracking);
      case Bits(Expr of, var _, var _) -> of.needsTracking();
      case Mapped(Expr key, var _) -> key.needsTracking();
    };
  }
}
