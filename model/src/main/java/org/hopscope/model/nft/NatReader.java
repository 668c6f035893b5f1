package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.NatRange;

/** Reads {@code dnat}, {@code snat}, {@code masquerade} and {@code redirect}. */
final class NatReader {
  private final Tokens tokens;
  private final Scope scope;
  private final ExprReader exprs;
  private final Values values;

  NatReader(Tokens tokens, Scope scope, ExprReader exprs) {
    this.tokens = tokens;
    this.scope = scope;
    this.exprs = exprs;
    values = new Values(tokens, scope.devices());
  }

  Statement read() throws NftComplaint {
    Token word = tokens.next();
    return switch (word.text()) {
      case "masquerade" -> {
        Optional<Span> ports = tokens.take("to") ? Optional.of(colonPorts(word)) : Optional.empty();
        yield new Statement.Masquerade(ports, options());
      }
      case "redirect" -> {
        Optional<Span> ports = Optional.empty();
        if (tokens.take("to")) {
          ports = Optional.of(tokens.is(":") ? colonPorts(word) : ports(word));
        }
        yield new Statement.Redirect(ports, options());
      }
      default -> nat(word);
    };
  }

  private Span colonPorts(Token word) throws NftComplaint {
    tokens.expect(":");
    return ports(word);
  }

  private Span ports(Token word) throws NftComplaint {
    if (exprs.begins()) {
      throw NftComplaint.unsupported(word.text() + " to a port that is worked out");
    }
    Values.Found found = values.found(DataType.INET_SERVICE, 16);
    if (!exprs.hasTransport()) {
      throw NftComplaint.between(found.place(), word,
          "transport protocol mapping is only valid after transport protocol match");
    }
    return found.span();
  }

  private Statement nat(Token word) throws NftComplaint {
    Optional<IpFamily> family = Optional.empty();
    if (tokens.is("ip") && !isField() || tokens.is("ip6") && !isField()) {
      family = Optional.of(tokens.next().is("ip") ? IpFamily.INET : IpFamily.INET6);
    }
    boolean pair = false;
    if (tokens.take("addr")) {
      tokens.expect(".");
      tokens.expect("port");
      pair = true;
    }
    if (tokens.is("prefix")) {
      throw NftComplaint.unsupported(word.text() + " prefix");
    }
    tokens.take("to");
    if (scope.family() != NftFamily.INET) {
      family = Optional.empty();
    }
    Optional<Statement.Nat.To> to = Optional.empty();
    Optional<Span> ports = Optional.empty();
    Optional<IpFamily> known = family.or(exprs::network).or(() -> Optional.of(tokens.peek())
        .filter(t -> t.is("[") || t.text().indexOf(':') >= 0 && t.kind() == Token.Kind.ADDRESS)
        .map(_ -> IpFamily.INET6));
    IpFamily of = known.orElse(IpFamily.INET);
    if (exprs.begins()) {
      Token first = tokens.peek();
      Expr key = exprs.whole();
      Token place = first.to(tokens.last());
      told(family, word);
      if (tokens.take("map")) {
        DataType address = of == IpFamily.INET ? DataType.IPV4_ADDR : DataType.IPV6_ADDR;
        List<DataType> data = pair || mapsToPairs() ? List.of(address, DataType.INET_SERVICE) : List.of(address);
        SetRef map = RuleReader.map(tokens, scope, exprs, new RuleReader.Keyed(key, place), data);
        to = Optional.of(new Statement.Nat.To.Worked(new Expr.Mapped(key, map)));
      } else {
        to = Optional.of(new Statement.Nat.To.Worked(key));
      }
    } else if (!tokens.is(":")) {
      to = Optional.of(new Statement.Nat.To.Addresses(addresses(of)));
      told(family, word);
    }
    if (tokens.take(":")) {
      ports = Optional.of(ports(word));
    }
    boolean withPort =
        to.isPresent() && to.get() instanceof Statement.Nat.To.Worked(Expr expr) && expr.types().size() > 1;
    boolean told = scope.family() == NftFamily.INET || withPort;
    Optional<IpFamily> shown = told && to.isPresent() ? Optional.of(of) : Optional.empty();
    return new Statement.Nat(word.is("snat"), shown, to, ports, options());
  }

  /** In a table of both families it must be clear of which one the address is. */
  private void told(Optional<IpFamily> family, Token place) throws NftComplaint {
    if (scope.family() == NftFamily.INET && family.isEmpty() && exprs.network().isEmpty()) {
      throw NftComplaint.at(place, "ip or ip6 must be specified with address for inet tables.");
    }
  }

  /** Whether a map that is written out next has an address and a port for its first key. */
  private boolean mapsToPairs() {
    boolean behind = false;
    for (int i = 0; tokens.is("{"); i++) {
      Token token = tokens.peek(i);
      if (token.kind() == Token.Kind.END || token.is("}") || behind && token.is(",")) {
        return false;
      }
      if (behind && token.is(".")) {
        return exprs.hasTransport();
      }
      behind |= token.is(":");
    }
    return false;
  }

  /** Whether what comes next is a field such as {@code ip daddr} and no family. */
  private boolean isField() {
    return !tokens.peek(1).is("to") && !tokens.peek(1).is("addr") && !tokens.peek(1).is("prefix");
  }

  private Span addresses(IpFamily family) throws NftComplaint {
    DataType type = family == IpFamily.INET ? DataType.IPV4_ADDR : DataType.IPV6_ADDR;
    BigInteger low = address(type);
    if (tokens.take("/")) {
      return Span.prefix(low, tokens.number(0, type.bits()), type.bits());
    }
    return tokens.take("-") ? new Span(low, address(type)) : Span.of(low);
  }

  private BigInteger address(DataType type) throws NftComplaint {
    boolean brackets = tokens.take("[");
    BigInteger value = values.one(type, type.bits());
    if (brackets) {
      tokens.expect("]");
    }
    return value;
  }

  private NatRange.Options options() throws NftComplaint {
    boolean random = false;
    boolean fully = false;
    boolean persistent = false;
    while (tokens.is("random") || tokens.is("fully-random") || tokens.is("persistent")) {
      switch (tokens.next().text()) {
        case "random" -> random = true;
        case "fully-random" -> fully = true;
        default -> persistent = true;
      }
      if (!tokens.take(",")) {
        break;
      }
    }
    return new NatRange.Options(random, fully, persistent, Optional.empty());
  }
}
