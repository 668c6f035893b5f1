package org.hopscope.model.nft;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Carries out what nft was given, command by command, whole or not at all (nftables src/parser_bison.y). */
public final class Script {
  private static final Set<String> LEFT_OUT = Set.of("monitor", "describe", "export", "import", "destroy", "include",
      "undefine", "redefine");

  private final Tokens tokens;
  private final Transaction work;
  private final long now;
  private final NamesReader names;
  private final Listing listing;

  private Script(Tokens tokens, Transaction work, long now, NftText.Style style) {
    this.tokens = tokens;
    this.work = work;
    this.now = now;
    names = new NamesReader(tokens, work, now);
    listing = new Listing(tokens, work, names, now, style);
  }

  /**
   * What became of it.
   *
   * @param after the tables after it
   * @param out what was listed
   * @param remarks what is said beside it
   */
  public record Done(NftFilter after, List<String> out, List<String> remarks) {
    public Done {
      out = List.copyOf(out);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Carries lines out.
   *
   * @param lines as in a file; one line for the words of a command
   * @param before the tables before
   * @param devices the devices of the namespace
   * @param now the lab's clock in nanoseconds
   * @param style how listings are written
   */
  public static Done run(List<String> lines, NftFilter before, Devices devices, long now, NftText.Style style)
      throws NftComplaint {
    return run(lines, new Transaction(before, devices, false), now, style);
  }

  /** As above, of lines that were listed before: they come out as they are. */
  static NftFilter again(List<String> lines, NftFilter before, Devices devices) throws NftComplaint {
    return run(lines, new Transaction(before, devices, true), 0, NftText.Style.USUAL).after();
  }

  private static Done run(List<String> lines, Transaction work, long now, NftText.Style style) throws NftComplaint {
    Script script = new Script(new Tokens(Lexer.read(lines)), work, now, style);
    script.all();
    return new Done(work.result(), script.listing.out(), script.listing.remarks());
  }

  private void all() throws NftComplaint {
    tokens.skipEnds();
    while (tokens.peek().kind() != Token.Kind.END) {
      command();
      if (!tokens.peek().ends()) {
        throw tokens.unexpected(", expecting end of file or newline or semicolon");
      }
      tokens.skipEnds();
    }
  }

  private void command() throws NftComplaint {
    Token first = tokens.peek();
    if (first.kind() != Token.Kind.WORD) {
      throw tokens.unexpected();
    }
    if (LEFT_OUT.contains(first.text())) {
      throw NftComplaint.unsupported(first.text());
    }
    switch (first.text()) {
      case "add", "create" -> {
        tokens.next();
        add(first, first.is("create"));
      }
      case "table", "chain", "set", "map", "rule", "element", "counter" -> add(first, false);
      case "insert", "replace" -> {
        tokens.next();
        tokens.expect("rule");
        rule(first);
      }
      case "delete" -> {
        tokens.next();
        delete(first);
      }
      case "flush" -> {
        tokens.next();
        flush(first);
      }
      case "rename" -> {
        tokens.next();
        tokens.expect("chain");
        Transaction.Part part = names.part(first);
        work.rename(part, tokens.word());
      }
      case "list", "reset", "get" -> {
        tokens.next();
        listing.list(first);
      }
      default -> {
        tokens.next();
        if (tokens.peek().ends()) {
          throw NftComplaint.at(tokens.peek(), "syntax error, unexpected newline, expecting string");
        }
        throw NftComplaint.at(first, "syntax error, unexpected string");
      }
    }
  }

  private void add(Token first, boolean create) throws NftComplaint {
    switch (names.object().text()) {
      case "table" -> {
        tokens.next();
        Transaction.Named named = names.named();
        if (tokens.is("{")) {
          new BlockReader(tokens, work, now).table(named, create);
        } else {
          work.addTable(named, new NftTable.About(0, false, Optional.empty()), create);
        }
      }
      case "chain", "set", "map", "counter" -> {
        String kind = tokens.next().text();
        Transaction.Part part = names.part(first);
        new BlockReader(tokens, work, now).named(kind, part, create);
      }
      case "element" -> {
        tokens.next();
        Transaction.Part part = names.part(first);
        NftSet set = work.set(part);
        work.addElements(part, names.elements(set, false), create);
      }
      case "rule" -> {
        tokens.next();
        rule(first);
      }
      default -> {
        boolean bare = tokens.peek(1).kind() == Token.Kind.WORD && tokens.peek(2).kind() == Token.Kind.WORD;
        if (!bare) {
          throw tokens.unexpected(tokens.peek().ends() ? ", expecting string" : "");
        }
        rule(first);
      }
    }
  }

  private void rule(Token first) throws NftComplaint {
    Transaction.Part part = names.part(first);
    RulePlace at = first.is("insert") ? new RulePlace.Start() : new RulePlace.End();
    boolean behind = !first.is("insert");
    if (tokens.is("handle") || tokens.is("position")) {
      Token said = tokens.next();
      String word = said.text();
      Token place = word.equals("position") ? said.to(tokens.peek()) : tokens.peek();
      int number = tokens.number(1, Integer.MAX_VALUE);
      at = first.is("replace") && word.equals("handle") ? new RulePlace.Instead(place, number)
          : new RulePlace.Beside(place, number, behind);
    } else if (first.is("replace")) {
      throw tokens.unexpected();
    } else if (tokens.take("index")) {
      Token place = tokens.last().to(tokens.peek());
      at = new RulePlace.Index(place, tokens.number(0, Integer.MAX_VALUE), behind);
    }
    RuleReader.Read read =
        new RuleReader(tokens, work.scope(part.table())).read();
    work.addRule(part, at, read);
  }

  private void delete(Token first) throws NftComplaint {
    Token object = names.object();
    switch (object.text()) {
      case "table" -> {
        tokens.next();
        if (tokens.is("handle") || names.family().isPresent() && tokens.is("handle")) {
          throw NftComplaint.unsupported("delete table handle");
        }
        work.deleteTable(namedAgain(object));
      }
      case "chain" -> {
        tokens.next();
        work.deleteChain(names.part(first));
      }
      case "rule" -> {
        tokens.next();
        Transaction.Part part = names.part(first);
        if (!tokens.is("handle")) {
          throw tokens.unexpected();
        }
        tokens.next();
        Token place = tokens.peek();
        work.deleteRule(part, place, tokens.number(1, Integer.MAX_VALUE));
      }
      case "set", "map" -> {
        tokens.next();
        work.deleteSet(names.part(first));
      }
      case "counter" -> {
        tokens.next();
        work.deleteCounter(names.part(first));
      }
      case "element" -> {
        tokens.next();
        Transaction.Part part = names.part(first);
        work.deleteElements(part, names.elements(work.set(part), true), now);
      }
      default -> throw tokens.unexpected();
    }
  }

  /** The name of a table whose family, if one stands there, was read already. */
  private Transaction.Named namedAgain(Token object) throws NftComplaint {
    Token last = tokens.last();
    NftFamily family = last == object ? NftFamily.IP : NftFamily.named(last.text()).orElse(NftFamily.IP);
    Token name = tokens.word();
    return new Transaction.Named(new NftTable.Key(family, name.text()), name);
  }

  private void flush(Token first) throws NftComplaint {
    switch (names.object().text()) {
      case "ruleset" -> {
        Token place = tokens.next();
        work.flushRuleset(names.family(), place);
      }
      case "table" -> {
        tokens.next();
        Transaction.Named named = names.named();
        work.known(named);
        work.flushTable(named);
      }
      case "chain" -> {
        tokens.next();
        Transaction.Part part = names.part(first);
        work.known(part);
        work.flushChain(part);
      }
      case "set", "map" -> {
        tokens.next();
        work.flushSet(names.part(first));
      }
      default -> throw tokens.unexpected();
    }
  }
}
