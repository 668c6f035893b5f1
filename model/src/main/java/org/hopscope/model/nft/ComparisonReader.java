package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the right sides of comparisons (nftables src/evaluate.c expr_evaluate_relational). */
final class ComparisonReader {
  private final Tokens tokens;
  private final Scope scope;
  private final Values values;

  ComparisonReader(Tokens tokens, Scope scope, Values values) {
    this.tokens = tokens;
    this.scope = scope;
    this.values = values;
  }

  /** {@code ip saddr & 255.255.0.0 == 10.1.0.0} is the network 10.1.0.0/16. */
  static Optional<Span> masked(Expr left, Values.Found found) {
    if (!(left instanceof Expr.Bits(Expr.Read(Field field), Expr.Bits.Operation operation, BigInteger by))
        || operation != Expr.Bits.Operation.AND || !field.type().hasPrefixes() || !found.span().isSingle()) {
      return Optional.empty();
    }
    int bits = field.type().bits();
    int length = new Span(by, field.type().most()).prefixLength(bits);
    return length < 0 || found.span().low().andNot(by).signum() != 0 ? Optional.empty()
        : Optional.of(Span.prefix(found.span().low(), length, bits));
  }

  /** What was found as the right side of a comparison. */
  static Statement.Right right(Values.Found found) {
    return switch (found.form()) {
      case SINGLE, ANY_OF -> new Statement.Right.Value(found.span().low());
      case RANGE -> new Statement.Right.Range(found.span());
      case PREFIX -> new Statement.Right.Prefix(found.span());
    };
  }

  /** One of several, in braces. */
  Statement among(Expr left, Statement.Relation relation) throws NftComplaint {
    NftSet.Spec spec = new NftSet.Spec(left.types(), Optional.empty(), List.of(), Optional.empty(),
        Set.of(NftSet.Flag.INTERVAL), NftSet.Options.NONE);
    List<ElementReader.Placed> elements =
        new ElementReader(tokens, scope.devices(), 0).braces(spec, ExprReader.widths(left), true);
    if (!scope.verbatim() && elements.size() == 1 && !(left instanceof Expr.Concat)) {
      Span span = elements.getFirst().element().key().getFirst();
      boolean prefix = left.types().getFirst().hasPrefixes() && span.prefixLength(left.types().getFirst().bits()) >= 0
          || left.types().getFirst() == DataType.IFNAME;
      return new Statement.Compare(left, relation, span.isSingle() ? new Statement.Right.Value(span.low())
          : prefix ? new Statement.Right.Prefix(span) : new Statement.Right.Range(span));
    }
    return new Statement.Compare(left, relation,
        new Statement.Right.In(new SetRef.Anonymous(ElementReader.anonymous(spec, elements))));
  }

  /** Names of bits: several, or one without a relation, mean "any of these". */
  Statement flags(Expr left, Statement.Relation relation, DataType type, int width) throws NftComplaint {
    boolean said = tokens.last().is("==") || tokens.last().is("eq");
    if (relation == Statement.Relation.EQ && !said && tokens.take("!")) {
      return new Statement.Compare(left, Statement.Relation.NE, new Statement.Right.AnyOf(names(type, width)));
    }
    BigInteger first = names(type, width);
    if (tokens.take("/")) {
      BigInteger mask = values.one(type, width);
      if (!tokens.is(",")) {
        throw tokens.unexpected(", expecting comma");
      }
      while (tokens.take(",")) {
        mask = mask.or(values.one(type, width));
      }
      return new Statement.Compare(left, relation, new Statement.Right.Masked(first, mask));
    }
    if (left instanceof Expr.Bits(Expr inner, Expr.Bits.Operation operation, BigInteger by)
        && operation == Expr.Bits.Operation.AND) {
      return masked(inner, relation, first, by).orElseGet(() -> new Statement.Compare(left, relation,
          new Statement.Right.Value(first)));
    }
    boolean any = !(left instanceof Expr.Bits) && (relation == Statement.Relation.EQ && !said);
    return new Statement.Compare(left, relation,
        any ? new Statement.Right.AnyOf(first) : new Statement.Right.Value(first));
  }

  /** Names of bits with commas or bars between, perhaps in parentheses. */
  private BigInteger names(DataType type, int width) throws NftComplaint {
    boolean paren = tokens.take("(");
    BigInteger all = values.one(type, width);
    while (tokens.take(",") || tokens.take("|")) {
      all = all.or(values.one(type, width));
    }
    if (paren) {
      tokens.expect(")");
    }
    return all;
  }

  /** None or any of some bits, or these of those; a single bit that must be itself is compared as it is written. */
  private static Optional<Statement> masked(Expr inner, Statement.Relation relation, BigInteger wanted,
      BigInteger mask) {
    if (wanted.signum() == 0) {
      return Optional.of(new Statement.Compare(inner,
          relation == Statement.Relation.EQ ? Statement.Relation.NE : Statement.Relation.EQ,
          new Statement.Right.AnyOf(mask)));
    }
    return mask.bitCount() == 1 && wanted.equals(mask) ? Optional.empty()
        : Optional.of(new Statement.Compare(inner, relation, new Statement.Right.Masked(wanted, mask)));
  }

  /** {@code mark xor 1 == 3} is {@code mark 2} (nftables src/evaluate.c binop_transfer). */
  static Optional<Statement> moved(Expr left, Statement.Relation relation, Values.Found found) {
    boolean equality = relation == Statement.Relation.EQ || relation == Statement.Relation.NE;
    return left instanceof Expr.Bits(Expr inner, Expr.Bits.Operation operation, BigInteger by)
        && operation == Expr.Bits.Operation.XOR && equality && found.span().isSingle()
            ? Optional.of(new Statement.Compare(inner, relation, new Statement.Right.Value(found.span().low().xor(by))))
            : Optional.empty();
  }

  /** How the sides are compared; equality where nothing is said. */
  Statement.Relation relation() {
    Statement.Relation relation = switch (tokens.peek().text()) {
      case "!=", "ne" -> Statement.Relation.NE;
      case "<", "lt" -> Statement.Relation.LT;
      case ">", "gt" -> Statement.Relation.GT;
      case "<=", "le" -> Statement.Relation.LE;
      case ">=", "ge" -> Statement.Relation.GE;
      default -> Statement.Relation.EQ;
    };
    if (relation != Statement.Relation.EQ || tokens.is("==") || tokens.is("eq")) {
      tokens.next();
    }
    return relation;
  }
}
