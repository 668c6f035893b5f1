package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.RejectWith;

/** Reads the statements of a rule (nftables src/parser_bison.y, src/evaluate.c). */
final class RuleReader {
  private static final Set<String> LEFT_OUT = Set.of("queue", "dup", "fwd", "tproxy", "synproxy", "flow", "meter",
      "quota", "secmark", "xt", "last", "tcp option", "flowtable", "add", "delete");

  private final Tokens tokens;
  private final Scope scope;
  private final ExprReader exprs;
  private final Values values;
  private final PlainReader plain;
  private final ComparisonReader comparisons;
  private final List<Statement> statements = new ArrayList<>();
  /** Where a condition stands that says the protocol and is said again by what follows; -1 for none. */
  private int dependency = -1;
  private int networkDependency = -1;
  /** Where a condition stands that the table says already and that goes when anything follows; -1 for none. */
  private int implied = -1;
  private Optional<Counted> counted = Optional.empty();
  private Optional<Token> led = Optional.empty();
  private Optional<Token> missing = Optional.empty();

  /** What a counter of a rule begins with. */
  record Counted(long packets, long bytes) {
  }

  /**
   * A rule as it was read.
   *
   * @param led where the chain stands that it leads to
   * @param counter where a counter's name stands that is not there
   */
  record Read(List<Statement> statements, Optional<String> comment, Optional<Counted> counted, Optional<Token> led,
      Optional<Token> counter) {
  }

  RuleReader(Tokens tokens, Scope scope) {
    this.tokens = tokens;
    this.scope = scope;
    exprs = new ExprReader(tokens, scope);
    values = new Values(tokens, scope.devices());
    plain = new PlainReader(tokens, scope);
    comparisons = new ComparisonReader(tokens, scope, values);
  }

  Read read() throws NftComplaint {
    while (!tokens.peek().ends() && !tokens.is("}") && !(tokens.is("comment") && !statements.isEmpty())) {
      statement();
    }
    if (statements.isEmpty()) {
      throw tokens.unexpected();
    }
    Optional<String> comment = Optional.empty();
    if (tokens.take("comment")) {
      comment = Optional.of(tokens.string().text());
      if (!tokens.peek().ends() && !tokens.is("}")) {
        throw tokens.unexpected();
      }
    }
    return new Read(statements, comment, counted, led, missing);
  }

  private void say(Statement statement) {
    dependency = -1;
    networkDependency = -1;
    statements.add(statement);
  }

  private void statement() throws NftComplaint {
    if (implied >= 0) {
      statements.remove(implied);
      implied = -1;
    }
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.WORD) {
      if (LEFT_OUT.contains(token.text()) && !(token.is("add") && tokens.peek(1).is("@"))) {
        throw NftComplaint.unsupported(token.text());
      }
      switch (token.text()) {
        case "counter" -> counter();
        case "accept", "drop", "continue", "return", "jump", "goto" -> decide();
        case "log" -> say(plain.log());
        case "limit" -> say(plain.limit());
        case "reject" -> reject();
        case "dnat", "snat", "masquerade", "redirect" ->
            say(new NatReader(tokens, scope, exprs).read());
        case "notrack" -> {
          tokens.next();
          say(new Statement.Notrack());
        }
        case "add", "update" -> say(plain.remember(exprs, values));
        case "ct", "tcp" -> {
          if (tokens.peek(1).is("count") || tokens.peek(1).is("helper") || tokens.peek(1).is("option")) {
            throw NftComplaint.unsupported(token.text() + " " + tokens.peek(1).text());
          }
          condition();
        }
        default -> condition();
      }
    } else {
      condition();
    }
  }

  private void counter() throws NftComplaint {
    tokens.next();
    if (tokens.take("name")) {
      Token name = tokens.string();
      missing = missing.or(() -> scope.table().counter(name.text()).isEmpty() ? Optional.of(name) : Optional.empty());
      say(new Statement.CountIn(name.text()));
      return;
    }
    if (counted.isPresent()) {
      throw NftComplaint.unsupported("two counters in a rule");
    }
    counted = Optional.of(tokens.is("packets") ? counts(tokens) : new Counted(0, 0));
    say(new Statement.Count());
  }

  static Counted counts(Tokens tokens) throws NftComplaint {
    tokens.expect("packets");
    long packets = tokens.number(0, Integer.MAX_VALUE);
    tokens.expect("bytes");
    return new Counted(packets, tokens.number(0, Integer.MAX_VALUE));
  }

  private void decide() throws NftComplaint {
    Token word = tokens.peek();
    say(new Statement.Decide(ElementReader.verdict(tokens)));
    led = Optional.of(tokens.last());
    boolean last = tokens.peek().ends() || tokens.is("}") || tokens.is("comment");
    if (!last) {
      Token next = tokens.peek();
      if (exprs.begins() || next.kind() == Token.Kind.WORD) {
        throw NftComplaint.between(next, word, "Statement after terminal statement has no effect");
      }
      throw tokens.unexpected();
    }
  }

  private void reject() throws NftComplaint {
    Token word = tokens.next();
    boolean inet = scope.family() == NftFamily.INET;
    if (!tokens.take("with")) {
      Optional<IpFamily> family = exprs.network();
      boolean six = family.filter(f -> f == IpFamily.INET6).isPresent();
      if (inet && networkDependency >= 0) {
        statements.remove(networkDependency);
      }
      say(new Statement.Reject(six ? RejectWith.ICMP6_PORT_UNREACHABLE : RejectWith.ICMP_PORT_UNREACHABLE,
          inet && family.isEmpty(), !inet || family.isEmpty()));
      return;
    }
    Token how = tokens.peek();
    if (tokens.take("tcp")) {
      tokens.expect("reset");
      if (exprs.hasTransport() && !exprs.isTcp()) {
        throw NftComplaint.at(word, "you cannot use tcp reset with this protocol");
      }
      boolean plain = !inet && statements.stream().allMatch(s -> s instanceof Statement.Compare);
      say(new Statement.Reject(RejectWith.TCP_RESET, false, false));
      if (!exprs.hasTransport() && !plain) {
        // In front of all, so that nothing is logged that is not rejected (stmt_reject_gen_dependency).
        statements.addFirst(new Statement.Compare(new Expr.Read(Field.META_L4PROTO),
            Statement.Relation.EQ, new Statement.Right.Value(BigInteger.valueOf(6))));
      }
      return;
    }
    if (!how.is("icmp") && !how.is("icmpv6") && !how.is("icmpx")) {
      throw tokens.unexpected();
    }
    tokens.next();
    tokens.take("type");
    DataType type = switch (how.text()) {
      case "icmp" -> DataType.ICMP_CODE;
      case "icmpv6" -> DataType.ICMPV6_CODE;
      default -> DataType.ICMPX_CODE;
    };
    Token place = tokens.peek();
    int code = values.one(type, 8).intValue();
    if (type == DataType.ICMPX_CODE && !inet) {
      throw NftComplaint.at(place, "abstracted ICMP unreachable not supported");
    }
    if (type == DataType.ICMP_CODE && scope.family() == NftFamily.IP6
        || type == DataType.ICMPV6_CODE && scope.family() == NftFamily.IP) {
      throw NftComplaint.at(place, scope.family() == NftFamily.IP ? "conflicting protocols specified: ip vs ip6"
          : "conflicting protocols specified: ip6 vs ip");
    }
    RejectWith with = with(type, code);
    boolean port = with == RejectWith.ICMP_PORT_UNREACHABLE || with == RejectWith.ICMP6_PORT_UNREACHABLE;
    say(new Statement.Reject(with, type == DataType.ICMPX_CODE, port && inet == (type == DataType.ICMPX_CODE)));
  }

  private static RejectWith with(DataType type, int code) throws NftComplaint {
    int wanted = type != DataType.ICMPX_CODE ? code : switch (code) {
      case 0 -> 0;
      case 1 -> 3;
      case 2 -> 1;
      default -> 13;
    };
    int kind = type == DataType.ICMPV6_CODE ? 1 : 3;
    for (RejectWith with : EnumSet.allOf(RejectWith.class)) {
      if (with.type() == kind && with.code() == wanted) {
        return with;
      }
    }
    throw NftComplaint.unsupported("reject with code " + code);
  }

  private void condition() throws NftComplaint {
    Token first = tokens.peek();
    Expr left = exprs.whole();
    Token place = first.to(tokens.last());
    if (tokens.take("vmap")) {
      forget(left);
      led = Optional.of(tokens.peek(1));
      statements.add(new Statement.Look(left, map(left, place, List.of(DataType.VERDICT))));
    } else if (tokens.is("set") && left instanceof Expr.Read(Field field)) {
      tokens.next();
      if (!field.isSettable()) {
        throw NftComplaint.unsupported(field.words() + " set");
      }
      say(new Statement.Assign(field, value(field)));
    } else {
      compare(left, place);
    }
  }

  /** What is put into a mark or a zone; a zone takes no other field's value as it is. */
  private Expr value(Field field) throws NftComplaint {
    DataType type = field.type();
    if (!exprs.begins()) {
      BigInteger fixed = values.one(type, field.bits());
      for (Optional<Expr.Bits.Operation> next = exprs.operation(); next.isPresent(); next = exprs.operation()) {
        tokens.next();
        BigInteger by = exprs.folded(values.one(type, field.bits()), next.get(), type);
        fixed = next.get().apply(fixed, by, type.most());
      }
      return new Expr.Const(type, fixed);
    }
    Token first = tokens.peek();
    Expr expr = exprs.whole();
    if (tokens.take("map")) {
      return new Expr.Mapped(expr, map(expr, first.to(tokens.last()), List.of(type)));
    }
    if (field.isZone() && !expr.types().equals(List.of(type))) {
      throw NftComplaint.at(first.to(tokens.last()), "datatype mismatch: expected " + type.description()
          + ", expression has type " + expr.types().getFirst().description());
    }
    return expr;
  }

  /** A map behind {@code vmap} or {@code map}. */
  SetRef map(Expr key, Token place, List<DataType> data) throws NftComplaint {
    return map(tokens, scope, exprs, new Keyed(key, place), data);
  }

  /** An expression that a map is asked for, and where it stands. */
  record Keyed(Expr key, Token place) {
  }

  static SetRef map(Tokens tokens, Scope scope, ExprReader exprs, Keyed keyed, List<DataType> data)
      throws NftComplaint {
    if (tokens.take("@")) {
      Token sign = tokens.last();
      Token name = tokens.word();
      NftSet set = exprs.named(name, sign.to(name), keyed, true);
      if (!set.spec().isMap()) {
        throw NftComplaint.at(sign.to(name), "Expression is not a map");
      }
      return new SetRef.Named(name.text(), set.spec().data());
    }
    NftSet.Spec spec = new NftSet.Spec(keyed.key().types(), Optional.empty(), data, Optional.empty(),
        Set.of(NftSet.Flag.INTERVAL), NftSet.Options.NONE);
    return new SetRef.Anonymous(ElementReader.anonymous(spec,
        new ElementReader(tokens, scope.devices(), 0).braces(spec, ExprReader.widths(keyed.key()), false)));
  }

  private void compare(Expr left, Token place) throws NftComplaint {
    Statement.Relation relation = comparisons.relation();
    Optional<Field> presence = left instanceof Expr.Read(Field asked) && (tokens.is("missing") || tokens.is("exists"))
        ? asked.presence() : Optional.empty();
    if (presence.isPresent()) {
      statements.add(new Statement.Compare(new Expr.Read(presence.get()), relation, new Statement.Right.Value(
          tokens.next().is("exists") ? BigInteger.ONE : BigInteger.ZERO)));
      return;
    }
    DataType type = left.types().getFirst();
    int width = ExprReader.width(left);
    forget(left);
    if (tokens.take("@")) {
      Token sign = tokens.last();
      Token name = tokens.word();
      NftSet set = exprs.named(name, sign.to(name), new Keyed(left, place), false);
      statements
          .add(new Statement.Compare(left, relation, new Statement.Right.In(new SetRef.Named(set.name(), List.of()))));
      return;
    }
    if (tokens.is("{")) {
      statements.add(comparisons.among(left, relation));
      return;
    }
    if (left instanceof Expr.Concat) {
      throw NftComplaint.unsupported("a condition on several values without a set");
    }
    if (type.isFlags()) {
      statements.add(comparisons.flags(left, relation, type, width));
      return;
    }
    Values.Found found = values.found(type, width);
    if (relation == Statement.Relation.EQ && left instanceof Expr.Read(Field said) && said == Field.META_PROTOCOL
        && found.span().isSingle() && scope.implies(found.span().low().intValue())) {
      statements.add(new Statement.Compare(left, relation, ComparisonReader.right(found)));
      implied = statements.size() - 1;
      return;
    }
    Statement.Right right = ComparisonReader.right(found);
    Optional<Statement> moved = ComparisonReader.moved(left, relation, found);
    if (moved.isPresent()) {
      statements.add(moved.get());
      return;
    }
    Optional<Span> masked = ComparisonReader.masked(left, found);
    if (masked.isPresent() && left instanceof Expr.Bits(Expr inner, var _, var _)) {
      statements.add(new Statement.Compare(inner, relation, new Statement.Right.Prefix(masked.get())));
      return;
    }
    statements.add(new Statement.Compare(left, relation, right));
    if (left instanceof Expr.Read(Field field) && relation == Statement.Relation.EQ && found.span().isSingle()) {
      exprs.learned(field, found.span().low());
      boolean transport = field == Field.META_L4PROTO
          || field == Field.IP_PROTOCOL && scope.family() == NftFamily.IP;
      dependency = transport ? statements.size() - 1 : dependency;
      networkDependency = field == Field.META_NFPROTO ? statements.size() - 1 : networkDependency;
    }
  }

  /** A condition on the protocol that what is read now implies goes (nftables src/payload.c payload_dependency_kill). */
  private void forget(Expr left) {
    List<Expr> parts = left instanceof Expr.Concat(List<Expr> several) ? several : List.of(left);
    for (Expr part : parts) {
      Expr inner = part instanceof Expr.Bits(Expr of, var _, var _) ? of : part;
      if (inner instanceof Expr.Read(Field field)) {
        if (field.protocol() > 0 && dependency >= 0) {
          statements.remove(dependency);
          networkDependency = networkDependency > dependency ? networkDependency - 1 : networkDependency;
          dependency = -1;
        }
        if (field.family().isPresent() && !field.isTracking() && networkDependency >= 0) {
          statements.remove(networkDependency);
          dependency = dependency > networkDependency ? dependency - 1 : dependency;
          networkDependency = -1;
        }
      }
    }
  }
}
