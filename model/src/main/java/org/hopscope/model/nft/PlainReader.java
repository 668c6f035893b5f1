package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Reads statements that stand for themselves, whatever stands beside them: log, limit, and what is put into sets. */
final class PlainReader {
  private static final List<String> LEVELS =
      List.of("emerg", "alert", "crit", "err", "warn", "notice", "info", "debug");

  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  private final Tokens tokens;
  private final Scope scope;

  PlainReader(Tokens tokens, Scope scope) {
    this.tokens = tokens;
    this.scope = scope;
  }

  /** {@code log}. */
  Statement log() throws NftComplaint {
    tokens.next();
    Optional<String> prefix = Optional.empty();
    int level = 4;
    int flags = 0;
    boolean more = true;
    while (more) {
      if (tokens.take("prefix")) {
        prefix = Optional.of(tokens.string().text());
      } else if (tokens.take("level")) {
        Token word = tokens.word();
        level = LEVELS.indexOf(word.text());
        if (level < 0) {
          throw NftComplaint.at(word, "syntax error, unexpected string");
        }
      } else if (tokens.take("flags")) {
        flags |= logFlags();
      } else if (tokens.is("group") || tokens.is("snaplen") || tokens.is("queue-threshold")) {
        throw NftComplaint.unsupported("log " + tokens.peek().text());
      } else {
        more = false;
      }
    }
    return new Statement.Log(prefix, level, flags);
  }

  private int logFlags() throws NftComplaint {
    Token word = tokens.word();
    return switch (word.text()) {
      case "all" -> 47;
      case "skuid" -> 8;
      case "ether" -> 32;
      case "tcp" -> {
        int flags = 0;
        do {
          flags |= tokens.word().is("sequence") ? 1 : 2;
        } while (tokens.take(","));
        yield flags;
      }
      case "ip" -> {
        tokens.expect("options");
        yield 4;
      }
      default -> throw NftComplaint.at(word, "syntax error, unexpected string");
    };
  }

  /** {@code limit}. */
  Statement limit() throws NftComplaint {
    tokens.next();
    if (tokens.is("name")) {
      throw NftComplaint.unsupported("limit name");
    }
    tokens.expect("rate");
    boolean over = tokens.take("over");
    tokens.take("until");
    Token number = tokens.peek();
    int rate = tokens.number(1, Integer.MAX_VALUE);
    if (tokens.peek().kind() == Token.Kind.WORD) {
      return limitBytes(number, rate, over);
    }
    tokens.expect("/");
    Statement.Period per = period();
    int burst = Statement.Limit.BURST;
    if (tokens.take("burst")) {
      burst = tokens.number(1, Integer.MAX_VALUE);
      tokens.expect("packets");
    }
    return new Statement.Limit(rate, per, burst, over);
  }

  /** {@code mbytes/second} is one word to the scanner, unless there are blanks in it. */
  private Statement limitBytes(Token number, long count, boolean over) throws NftComplaint {
    Token word = number.to(tokens.peek());
    String text = tokens.word().text();
    int slash = text.indexOf('/');
    long rate = count * unit(word, slash < 0 ? text : text.substring(0, slash), "Wrong rate format");
    if (slash < 0) {
      tokens.expect("/");
    }
    Statement.Period per = slash < 0 ? period() : period(word, text.substring(slash + 1), "Wrong rate format");
    long burst = 0;
    if (tokens.take("burst")) {
      burst = tokens.number(0, Integer.MAX_VALUE);
      Token unit = tokens.word();
      burst *= unit(unit, unit.text(), "syntax error, unexpected string, expecting string or bytes");
    }
    BigInteger bucket = BigInteger.valueOf(per.seconds()).multiply(NANOS).multiply(BigInteger.valueOf(rate + burst));
    if (bucket.bitLength() > Long.SIZE) {
      throw NftComplaint.kernel(word, "Value too large for defined data type");
    }
    return new Statement.LimitBytes(rate, per, burst, over);
  }

  private static long unit(Token word, String text, String otherwise) throws NftComplaint {
    return switch (text) {
      case "bytes" -> 1;
      case "kbytes" -> 1024;
      case "mbytes" -> 1024 * 1024;
      default -> throw NftComplaint.at(word, otherwise);
    };
  }

  private Statement.Period period() throws NftComplaint {
    Token word = tokens.word();
    return period(word, word.text(), "syntax error, unexpected string");
  }

  private static Statement.Period period(Token word, String text, String otherwise) throws NftComplaint {
    for (Statement.Period period : Statement.Period.values()) {
      if (text.equals(period.word())) {
        return period;
      }
    }
    throw NftComplaint.at(word, otherwise);
  }

  /** {@code add @SET} and {@code update @SET}. */
  Statement remember(ExprReader exprs, Values values) throws NftComplaint {
    boolean update = tokens.next().is("update");
    tokens.expect("@");
    Token name = tokens.last().to(tokens.word());
    NftSet set = scope.set(tokens.last().text()).orElseThrow(() -> NftComplaint.at(name, "No such file or directory"));
    tokens.expect("{");
    Expr key = exprs.whole();
    Optional<Long> timeout = tokens.take("timeout") ? Optional.of(values.time()) : Optional.empty();
    if (!tokens.is("}")) {
      throw NftComplaint.unsupported(tokens.peek().text() + " in " + (update ? "update" : "add"));
    }
    tokens.next();
    if (!set.spec().keys().equals(key.types())) {
      throw NftComplaint.at(name, "datatype mismatch, expected "
          + set.spec().keys().getFirst().description() + ", expression has type "
          + key.types().getFirst().description());
    }
    if (set.spec().isMap()) {
      throw NftComplaint.unsupported("update of a map");
    }
    return new Statement.Remember(update, set.name(), key, timeout);
  }
}
