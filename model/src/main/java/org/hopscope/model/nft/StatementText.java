package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.NatRange;
import org.hopscope.model.netfilter.RejectWith;
import org.hopscope.model.netfilter.Tally;

/** Rules as nft writes them. */
final class StatementText {
  private static final String[] LEVELS = {"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"};

  private final Devices devices;
  private final Optional<Tally> tally;

  StatementText(Devices devices, Optional<Tally> tally) {
    this.devices = devices;
    this.tally = tally;
  }

  String rule(NftRule rule) {
    return rule.statements().stream().map(this::of).collect(Collectors.joining(" "))
        + rule.comment().map(c -> " comment \"" + c + "\"").orElse("");
  }

  /** A statement. */
  String of(Statement statement) {
    return switch (statement) {
      case Statement.Compare(Expr left, var relation, var right) -> compare(left, relation, right);
      case Statement.Count() -> "counter"
          + tally.map(t -> " packets " + t.packets() + " bytes " + t.bytes()).orElse("");
      case Statement.CountIn(String counter) -> "counter name \"" + counter + "\"";
      case Statement.Log(var prefix, int level, int flags) -> "log"
          + prefix.map(p -> " prefix \"" + p + "\"").orElse("") + (level == 4 ? "" : " level " + LEVELS[level])
          + flags(flags);
      case Statement.Limit limit -> "limit rate " + (limit.over() ? "over " : "") + limit.rate() + "/"
          + limit.per().word() + (limit.burst() == Statement.Limit.BURST ? "" : " burst " + limit.burst() + " packets");
      case Statement.LimitBytes limit -> "limit rate " + (limit.over() ? "over " : "") + bytes(limit.rate()) + "/"
          + limit.per().word() + (limit.burst() == 0 ? "" : " burst " + bytes(limit.burst()));
      case Statement.Decide(Verdict verdict) -> verdict.text();
      case Statement.Look(Expr key, SetRef map) -> of(key) + " vmap " + set(map);
      case Statement.Reject(RejectWith with, boolean abstracted, boolean usual) ->
          usual ? "reject" : reject(with, abstracted);
      case Statement.Nat nat -> nat(nat);
      case Statement.Masquerade(var ports, var options) -> "masquerade"
          + ports.map(p -> " to :" + ports(p)).orElse("") + options(options);
      case Statement.Redirect(var ports, var options) -> "redirect"
          + ports.map(p -> " to :" + ports(p)).orElse("") + options(options);
      case Statement.Assign(Field field, Expr value) -> field.words() + " set " + of(value);
      case Statement.Notrack() -> "notrack";
      case Statement.Remember(boolean update, String set, Expr key, var timeout) -> (update ? "update" : "add") + " @"
          + set + " { " + of(key) + timeout.map(t -> " timeout " + Values.time(t)).orElse("") + " }";
    };
  }

  /** In the largest unit of which it is a whole number. */
  private static String bytes(long count) {
    return count > 0 && count % (1024 * 1024) == 0 ? count / (1024 * 1024) + " mbytes"
        : count > 0 && count % 1024 == 0 ? count / 1024 + " kbytes" : count + " bytes";
  }

  private static String flags(int flags) {
    if (flags == 47) {
      return " flags all";
    }
    List<String> words = new ArrayList<>();
    if ((flags & 3) != 0) {
      words.add("flags tcp " + ((flags & 3) == 3 ? "sequence,options" : (flags & 1) != 0 ? "sequence" : "options"));
    }
    if ((flags & 4) != 0) {
      words.add("flags ip options");
    }
    if ((flags & 8) != 0) {
      words.add("flags skuid");
    }
    if ((flags & 32) != 0) {
      words.add("flags ether");
    }
    return words.isEmpty() ? "" : " " + String.join(" ", words);
  }

  private static String reject(RejectWith with, boolean abstracted) {
    if (abstracted) {
      return switch (with) {
        case ICMP_PORT_UNREACHABLE -> "reject with icmpx port-unreachable";
        case ICMP_NET_UNREACHABLE -> "reject with icmpx no-route";
        case ICMP_HOST_UNREACHABLE -> "reject with icmpx host-unreachable";
        default -> "reject with icmpx admin-prohibited";
      };
    }
    if (with == RejectWith.TCP_RESET) {
      return "reject with tcp reset";
    }
    DataType type = with.type() == 1 ? DataType.ICMPV6_CODE : DataType.ICMP_CODE;
    return "reject with " + (type == DataType.ICMP_CODE ? "icmp " : "icmpv6 ")
        + type.write(BigInteger.valueOf(with.code()), Devices.NONE);
  }

  private String compare(Expr left, Statement.Relation relation, Statement.Right right) {
    DataType type = left.types().getFirst();
    boolean bits = left instanceof Expr.Bits;
    boolean spelled = bits && !(right instanceof Statement.Right.In) && relation == Statement.Relation.EQ;
    boolean whole = type.isFlags() && relation == Statement.Relation.EQ && right instanceof Statement.Right.Value;
    boolean none = relation == Statement.Relation.NE && right instanceof Statement.Right.AnyOf;
    String sign = none ? "! " : spelled || whole ? "== " : relation.word();
    return of(left) + " " + sign + switch (right) {
      case Statement.Right.Value(BigInteger value) -> value(left, value);
      case Statement.Right.AnyOf(BigInteger value) -> type.flags(value, ",");
      case Statement.Right.Masked(BigInteger value, BigInteger mask) ->
          (value.signum() == 0 ? "0x0" : type.flags(value, ",")) + " / " + type.flags(mask, ",");
      case Statement.Right.Range(Span span) ->
          type.number(span.low(), devices) + "-" + type.number(span.high(), devices);
      case Statement.Right.Prefix(Span span) -> type == DataType.IFNAME
          ? "\"" + DataType.name(span.low()) + "*\""
          : type.write(span.low(), devices) + "/" + span.prefixLength(type.bits());
      case Statement.Right.In(SetRef set) -> set(set);
    };
  }

  private String value(Expr left, BigInteger value) {
    DataType type = left.types().getFirst();
    if (type == DataType.TCP_FLAG && value.bitCount() > 1 && !(left instanceof Expr.Bits)) {
      return "0x" + value.toString(16);
    }
    return type.isFlags() ? type.flags(value, left instanceof Expr.Bits ? "," : " | ") : type.write(value, devices);
  }

  private String set(SetRef ref) {
    return switch (ref) {
      case SetRef.Named(String name, var _) -> "@" + name;
      case SetRef.Anonymous(NftSet set) -> "{ " + set.elements().stream()
          .map(e -> NftText.element(set.spec(), e, devices, "")).collect(Collectors.joining(", ")) + " }";
    };
  }

  private String of(Expr expr) {
    return switch (expr) {
      case Expr.Read(Field field) -> field.words();
      case Expr.Const(DataType type, BigInteger value) -> type.write(value, devices);
      case Expr.Numgen(boolean random, int mod, int offset) -> "numgen " + (random ? "random" : "inc") + " mod " + mod
          + (offset > 0 ? " offset " + offset : "");
      case Expr.Concat(List<Expr> parts) -> parts.stream().map(this::of).collect(Collectors.joining(" . "));
      case Expr.Bits(Expr of, var operation, BigInteger by) -> of(of) + " " + operation.word() + " "
          + (operation == Expr.Bits.Operation.LEFT || operation == Expr.Bits.Operation.RIGHT ? by.toString()
              : by(expr.types().getFirst(), by));
      case Expr.Mapped(Expr key, SetRef map) -> of(key) + " map " + set(map);
    };
  }

  private String by(DataType type, BigInteger by) {
    if (!type.isFlags()) {
      return type.write(by, devices);
    }
    return by.bitCount() == 1 ? type.flags(by, " | ") : "(" + type.flags(by, " | ") + ")";
  }

  private String nat(Statement.Nat nat) {
    boolean six = nat.address().isPresent() && nat.address().get() instanceof Statement.Nat.To.Addresses(Span span)
        && span.high().bitLength() > 32 || nat.family().filter(f -> f == IpFamily.INET6).isPresent();
    DataType type = six ? DataType.IPV6_ADDR : DataType.IPV4_ADDR;
    String to = nat.address().map(a -> switch (a) {
      case Statement.Nat.To.Addresses(Span span) -> addresses(type, span, six && nat.ports().isPresent());
      case Statement.Nat.To.Worked(Expr expr) -> of(expr);
    }).orElse("");
    return (nat.source() ? "snat" : "dnat")
        + nat.family().map(f -> " " + (f == IpFamily.INET ? "ip" : "ip6")).orElse("") + " to " + to
        + nat.ports().map(p -> ":" + ports(p)).orElse("") + options(nat.options());
  }

  private String addresses(DataType type, Span span, boolean brackets) {
    String low = bracketed(type.write(span.low(), devices), brackets);
    return span.isSingle() ? low : low + "-" + bracketed(type.write(span.high(), devices), brackets);
  }

  private static String bracketed(String address, boolean brackets) {
    return brackets ? "[" + address + "]" : address;
  }

  private static String ports(Span span) {
    return span.isSingle() ? span.low().toString() : span.low() + "-" + span.high();
  }

  static String options(NatRange.Options options) {
    List<String> words = new ArrayList<>();
    if (options.random()) {
      words.add("random");
    }
    if (options.fullyRandom()) {
      words.add("fully-random");
    }
    if (options.persistent()) {
      words.add("persistent");
    }
    return words.isEmpty() ? "" : " " + String.join(",", words).toLowerCase(Locale.ROOT);
  }
}
