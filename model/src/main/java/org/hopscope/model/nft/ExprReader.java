package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpFamily;

/** Reads what a value is worked out from, and keeps account of which protocol the rule has come down to. */
final class ExprReader {
  private static final Set<String> HEADERS =
      Set.of("ip", "ip6", "tcp", "udp", "sctp", "th", "icmp", "icmpv6", "ether");
  /** The headers that places of bits are counted from. */
  private static final Set<String> RAW = Set.of("ll", "nh", "th", "ih");
  /** Real words of nft that begin an expression and are not done here. */
  private static final Set<String> LEFT_OUT = Set.of("arp", "vlan", "ah", "esp", "comp", "udplite", "dccp", "igmp",
      "rt", "rt0", "rt2", "rt4", "srh", "hbh", "frag", "dst", "mh", "exthdr", "jhash", "symhash", "socket", "osf",
      "ipsec", "xfrm", "skuid", "skgid", "nftrace", "rtclassid", "ibriport", "obriport", "ibrname", "obrname",
      "cpu", "iifgroup", "oifgroup", "iiftype", "oiftype", "cgroup", "tunnel", "gre", "gretap", "vxlan", "geneve");

  private final Tokens tokens;
  private final Scope scope;
  private final Values values;
  private Optional<IpFamily> network;
  private int transport;
  private Optional<String> transportName = Optional.empty();

  ExprReader(Tokens tokens, Scope scope) {
    this.tokens = tokens;
    this.scope = scope;
    values = new Values(tokens, scope.devices());
    network = switch (scope.family()) {
      case IP -> Optional.of(IpFamily.INET);
      case IP6 -> Optional.of(IpFamily.INET6);
      case INET -> Optional.empty();
    };
  }

  /** The family that the rule has come down to. */
  Optional<IpFamily> network() {
    return network;
  }

  /** Whether the rule has come down to a protocol with ports. */
  boolean hasTransport() {
    return transport != 0;
  }

  /** Whether that is TCP. */
  boolean isTcp() {
    return transport == 6;
  }

  /** A condition says which protocol it is. */
  void learned(Field field, BigInteger value) {
    switch (field) {
      case META_L4PROTO, IP_PROTOCOL, IP6_NEXTHDR -> {
        network = field == Field.IP_PROTOCOL ? Optional.of(IpFamily.INET) : network;
        transport = value.intValue();
        transportName = Optional.of(DataType.INET_PROTO.write(value, scope.devices()));
      }
      case META_NFPROTO -> network = Optional.of(value.intValue() == 2 ? IpFamily.INET : IpFamily.INET6);
      default -> {
      }
    }
  }

  /** Whether words that can begin an expression come next. */
  boolean begins() {
    Token token = tokens.peek();
    return isRaw()
        || token.kind() == Token.Kind.WORD && (HEADERS.contains(token.text()) || LEFT_OUT.contains(token.text())
            || Set.of("meta", "ct", "fib", "numgen", "mark", "iif", "oif", "iifname", "oifname", "pkttype")
                .contains(token.text()));
  }

  /** Bits by their place in the packet: {@code @th,16,16}. */
  private boolean isRaw() {
    return tokens.is("@") && RAW.contains(tokens.peek(1).text()) && tokens.peek(2).is(",");
  }

  /** Places that are known fields; any others are refused by name. */
  private Expr raw() throws NftComplaint {
    tokens.expect("@");
    Token base = tokens.word();
    tokens.expect(",");
    int from = tokens.number(0, Short.MAX_VALUE);
    tokens.expect(",");
    int bits = tokens.number(1, Short.MAX_VALUE);
    boolean four = network.filter(f -> f == IpFamily.INET).isPresent();
    String words = switch (base.text() + " " + from + " " + bits) {
      case "th 0 16" -> "th sport";
      case "th 16 16" -> "th dport";
      case "nh 64 8" -> four ? "ip ttl" : "";
      case "nh 72 8" -> four ? "ip protocol" : "";
      case "nh 96 32" -> four ? "ip saddr" : "";
      case "nh 128 32" -> four ? "ip daddr" : "";
      default -> "";
    };
    Field field = Field.named(words)
        .orElseThrow(() -> NftComplaint.unsupported("@" + base.text() + "," + from + "," + bits));
    Field known = field.protocol() < 0 ? named(field) : field;
    check(known, base);
    return new Expr.Read(known);
  }

  /** One value, or several with dots between. */
  Expr whole() throws NftComplaint {
    Expr first = part();
    if (!tokens.is(".")) {
      return first;
    }
    List<Expr> parts = new ArrayList<>(List.of(first));
    while (tokens.take(".")) {
      parts.add(part());
    }
    return new Expr.Concat(parts);
  }

  private Expr part() throws NftComplaint {
    Expr left = single();
    Optional<Expr.Bits.Operation> operation = operation();
    while (operation.isPresent()) {
      tokens.next();
      boolean paren = tokens.take("(");
      DataType type = left.types().getFirst();
      BigInteger by = paren || type.isFlags() ? values.bits(type, width(left), "|") : values.one(type, width(left));
      if (paren) {
        tokens.expect(")");
      } else if (!type.isFlags()) {
        by = folded(by, operation.get(), type);
      }
      left = new Expr.Bits(kept(left, operation.get(), by), operation.get(), by);
      operation = operation();
    }
    return left;
  }

  /** Bits that are set afterwards need not be cleared before (nftables src/netlink_linearize.c netlink_gen_bitwise). */
  private static Expr kept(Expr left, Expr.Bits.Operation operation, BigInteger by) {
    return operation == Expr.Bits.Operation.OR && left instanceof Expr.Bits(Expr of, var before, BigInteger mask)
        && before == Expr.Bits.Operation.AND ? new Expr.Bits(of, before, mask.or(by)) : left;
  }

  /** A fixed value with what is done to it before {@code outer} is: shifts, then and, then xor, then or. */
  BigInteger folded(BigInteger first, Expr.Bits.Operation outer, DataType type) throws NftComplaint {
    BigInteger value = first;
    for (Optional<Expr.Bits.Operation> next = operation(); next.filter(n -> n.isBefore(outer)).isPresent(); next =
        operation()) {
      tokens.next();
      BigInteger by = folded(values.one(type, type.bits()), next.get(), type);
      value = next.get().apply(value, by, type.most());
    }
    return value;
  }

  /** How the bits of what was read are changed, if that comes next. */
  Optional<Expr.Bits.Operation> operation() {
    return switch (tokens.peek().text()) {
      case "&", "and" -> Optional.of(Expr.Bits.Operation.AND);
      case "|", "or" -> Optional.of(Expr.Bits.Operation.OR);
      case "^", "xor" -> Optional.of(Expr.Bits.Operation.XOR);
      case "<<" -> Optional.of(Expr.Bits.Operation.LEFT);
      case ">>" -> Optional.of(Expr.Bits.Operation.RIGHT);
      default -> Optional.empty();
    };
  }

  /** How wide a value is. */
  static int width(Expr expr) {
    return switch (expr) {
      case Expr.Read(Field field) -> field.bits();
      case Expr.Const(DataType type, var _) -> type.bits();
      case Expr.Bits(Expr of, var _, var _) -> width(of);
      case Expr.Numgen _,Expr.Concat _,Expr.Mapped _ -> 32;
    };
  }

  static List<Integer> widths(Expr expr) {
    return switch (expr) {
      case Expr.Concat(List<Expr> parts) -> parts.stream().map(ExprReader::width).toList();
      case Expr.Read _,Expr.Const _,Expr.Numgen _,Expr.Bits _,Expr.Mapped _ -> List.of(width(expr));
    };
  }

  private Expr single() throws NftComplaint {
    Token first = tokens.peek();
    if (first.kind() == Token.Kind.WORD && LEFT_OUT.contains(first.text())) {
      throw NftComplaint.unsupported(first.text());
    }
    if (isRaw()) {
      return raw();
    }
    if (!begins()) {
      if (first.kind() == Token.Kind.WORD && !tokens.isKeyword()) {
        tokens.next();
      }
      throw tokens.unexpected();
    }
    tokens.next();
    return switch (first.text()) {
      case "meta" -> meta();
      case "mark" -> new Expr.Read(Field.META_MARK);
      case "pkttype" -> new Expr.Read(Field.META_PKTTYPE);
      case "iif", "oif", "iifname", "oifname" -> new Expr.Read(Field.named(first.text()).orElseThrow());
      case "ct" -> tracked();
      case "fib" -> fib();
      case "numgen" -> numgen();
      default -> header(first);
    };
  }

  private Expr header(Token first) throws NftComplaint {
    Token second = tokens.word();
    Optional<Field> field = Field.named(first.text() + " " + second.text());
    if (field.isEmpty()) {
      if (Set.of("dscp", "ecn", "id", "hdrlength", "checksum", "sequence", "ackseq", "window", "urgptr", "option",
          "mtu", "gateway", "type", "flowlabel", "version", "doff", "vtag", "csumcov", "max-delay")
          .contains(second.text())) {
        throw NftComplaint.unsupported(first.text() + " " + second.text());
      }
      throw NftComplaint.at(second, "syntax error, unexpected string");
    }
    Field known = field.get().protocol() < 0 ? named(field.get()) : field.get();
    check(known, first.to(second));
    return new Expr.Read(known);
  }

  /** A port, of the protocol that the rule has come down to. */
  private Field named(Field port) {
    String part = port == Field.TH_SPORT ? " sport" : " dport";
    return switch (transport) {
      case 6 -> Field.named("tcp" + part).orElseThrow();
      case 17 -> Field.named("udp" + part).orElseThrow();
      case 132 -> Field.named("sctp" + part).orElseThrow();
      default -> port;
    };
  }

  /** A header must be one that the packet can still have (nftables src/evaluate.c expr_evaluate_payload). */
  private void check(Field field, Token place) throws NftComplaint {
    Optional<IpFamily> family = field.family().or(() -> switch (field.protocol()) {
      case 1 -> Optional.of(IpFamily.INET);
      case 58 -> Optional.of(IpFamily.INET6);
      default -> Optional.empty();
    });
    if (family.isPresent() && network.isPresent() && family.get() != network.get() && field.family().isPresent()) {
      throw NftComplaint.at(place, "conflicting protocols specified: " + word(network.get()) + " vs. "
          + field.header().orElse(word(family.get())));
    }
    if (field.family().isPresent()) {
      network = field.family();
    }
    int protocol = field.protocol();
    if (protocol > 0) {
      if (transport != 0 && transport != protocol) {
        throw NftComplaint.at(place,
            "conflicting protocols specified: " + transportName.orElse("") + " vs. " + field.header().orElse(""));
      }
      transport = protocol;
      transportName = field.header();
    } else if (protocol < 0 && transport == 0) {
      transport = protocol;
      transportName = Optional.of("th");
    }
  }

  private static String word(IpFamily family) {
    return family == IpFamily.INET ? "ip" : "ip6";
  }

  private Expr meta() throws NftComplaint {
    Token key = tokens.word();
    String words = Set.of("iif", "oif", "iifname", "oifname").contains(key.text()) ? key.text() : "meta " + key.text();
    Optional<Field> field = Field.named(words);
    if (field.isEmpty()) {
      if (Set.of("priority", "skuid", "skgid", "nftrace", "rtclassid", "iiftype", "oiftype", "cpu", "iifgroup",
          "oifgroup", "cgroup", "random", "ipsec", "secpath", "time", "day", "hour", "iifkind", "oifkind", "sdif",
          "sdifname", "ibrname", "obrname", "ibridgename", "obridgename").contains(key.text())) {
        throw NftComplaint.unsupported("meta " + key.text());
      }
      throw NftComplaint.at(key, "syntax error, unexpected string");
    }
    if (field.get() == Field.META_NFPROTO && scope.family() != NftFamily.INET) {
      throw NftComplaint.at(key, "meta nfproto is only useful in the inet family");
    }
    return new Expr.Read(field.get());
  }

  private Expr tracked() throws NftComplaint {
    Token key = tokens.word();
    String words = "ct " + key.text();
    if (key.text().equals("original") || key.text().equals("reply")) {
      Token second = tokens.word();
      boolean family = second.text().equals("ip") || second.text().equals("ip6");
      String what = family ? tokens.word().text() : second.text();
      boolean address = what.equals("saddr") || what.equals("daddr");
      String of = address ? (family ? second.text() : network.map(ExprReader::word).orElse("ip")) + " " : "";
      words += " " + of + what;
    }
    Optional<Field> field = Field.named(words);
    if (field.isEmpty()) {
      throw NftComplaint.unsupported(words);
    }
    if (words.contains("proto-") && !hasTransport()) {
      throw NftComplaint.at(tokens.peek(), "Can't parse symbolic invalid expressions");
    }
    return new Expr.Read(field.get());
  }

  private Expr fib() throws NftComplaint {
    StringBuilder words = new StringBuilder("fib " + tokens.word().text());
    while (tokens.take(".")) {
      words.append(" . ").append(tokens.word().text());
    }
    words.append(' ').append(tokens.word().text());
    return new Expr.Read(
        Field.named(words.toString()).orElseThrow(() -> NftComplaint.unsupported(words.toString())));
  }

  private Expr numgen() throws NftComplaint {
    Token how = tokens.word();
    if (!how.is("random") && !how.is("inc")) {
      throw NftComplaint.at(how, "syntax error, unexpected string, expecting inc or random");
    }
    tokens.expect("mod");
    int mod = tokens.number(1, Integer.MAX_VALUE);
    int offset = tokens.take("offset") ? tokens.number(0, Integer.MAX_VALUE) : 0;
    return new Expr.Numgen(how.is("random"), mod, offset);
  }

  /** A set of the table, whose keys must be of an expression's types; {@code map} when it is one. */
  NftSet named(Token name, Token place, RuleReader.Keyed keyed, boolean map) throws NftComplaint {
    NftSet set = scope.set(name.text()).orElseThrow(() -> NftComplaint.at(place, "No such file or directory"));
    Expr key = keyed.key();
    if (!compatible(set.spec().keys(), key.types())) {
      String want = set.spec().keys().stream().map(DataType::description).collect(Collectors.joining(" . "));
      String have = key.types().stream().map(DataType::description).collect(Collectors.joining(" . "));
      throw NftComplaint.between(place, keyed.place(), map
          ? "datatype mismatch, map expects " + want + ", mapping expression has type " + have
          : "datatype mismatch, expected " + have + ", expression has type " + want);
    }
    return set;
  }

  private static boolean compatible(List<DataType> one, List<DataType> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      boolean loose = one.get(i) == DataType.INTEGER || other.get(i) == DataType.INTEGER;
      if (one.get(i) != other.get(i) && !loose) {
        return false;
      }
    }
    return true;
  }
}
