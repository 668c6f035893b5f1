package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.netfilter.NetfilterState;

/** Carries out what nft was given, command by command, whole or not at all (nftables src/parser_bison.y). */
public final class Script {
  private static final Set<String> LEFT_OUT = Set.of("monitor", "describe", "export", "import", "destroy", "include",
      "undefine", "redefine");
  private static final Set<String> OBJECTS_LEFT_OUT = Set.of("quota", "limit", "flowtable", "flowtables", "meter",
      "meters", "quotas", "limits", "secmark", "synproxy", "secmarks", "synproxys", "ct", "hooks");

  private final Tokens tokens;
  private final Transaction work;
  private final long now;
  private final NftText.Style style;
  private final List<String> out = new ArrayList<>();

  private Script(Tokens tokens, Transaction work, long now, NftText.Style style) {
    this.tokens = tokens;
    this.work = work;
    this.now = now;
    this.style = style;
  }

  /**
   * What became of it.
   *
   * @param after the tables after it
   * @param out what was listed
   */
  public record Done(NftFilter after, List<String> out) {
    public Done {
      out = List.copyOf(out);
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
    return new Done(work.result(), script.out);
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
        Transaction.Part part = part(first);
        work.rename(part, tokens.word());
      }
      case "list", "reset", "get" -> {
        tokens.next();
        list(first);
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

  private Token object() throws NftComplaint {
    Token object = tokens.peek();
    if (OBJECTS_LEFT_OUT.contains(object.text())) {
      throw NftComplaint.unsupported(object.text());
    }
    return object;
  }

  private void add(Token first, boolean create) throws NftComplaint {
    switch (object().text()) {
      case "table" -> {
        tokens.next();
        Transaction.Named named = named();
        if (tokens.is("{")) {
          new BlockReader(tokens, work, now).table(named, create);
        } else {
          work.addTable(named, new NftTable.About(0, false, Optional.empty()), create);
        }
      }
      case "chain", "set", "map", "counter" -> {
        String kind = tokens.next().text();
        Transaction.Part part = part(first);
        new BlockReader(tokens, work, now).named(kind, part, create);
      }
      case "element" -> {
        tokens.next();
        Transaction.Part part = part(first);
        NftSet set = work.set(part);
        work.addElements(part, elements(set, false), create);
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

  private List<ElementReader.Placed> elements(NftSet set, boolean keysOnly) throws NftComplaint {
    return new ElementReader(tokens, work.devices(), now).braces(set.spec(), BlockReader.widths(set.spec()), keysOnly);
  }

  /** A family, perhaps, and the name of a table. */
  private Transaction.Named named() throws NftComplaint {
    NftFamily family = family().orElse(NftFamily.IP);
    Token name = tokens.name();
    return new Transaction.Named(new NftTable.Key(family, name.text()), name);
  }

  private Optional<NftFamily> family() throws NftComplaint {
    Token token = tokens.peek();
    if (Set.of("arp", "bridge", "netdev").contains(token.text()) && tokens.peek(1).kind() == Token.Kind.WORD) {
      throw NftComplaint.unsupported("the family " + token.text());
    }
    Optional<NftFamily> family = NftFamily.named(token.text());
    if (family.isPresent()) {
      tokens.next();
    }
    return family;
  }

  /** A table and the name of something in it. */
  private Transaction.Part part(Token first) throws NftComplaint {
    Transaction.Named table = named();
    Token name = tokens.name();
    return new Transaction.Part(table, name, first.to(endOfLine()));
  }

  /** The last token of the command that is being read, as far as it stands in one line. */
  private Token endOfLine() {
    int ahead = 0;
    Token last = tokens.last();
    while (last.kind() != Token.Kind.NEWLINE && last.kind() != Token.Kind.END) {
      last = tokens.peek(ahead++);
    }
    return last;
  }

  private void rule(Token first) throws NftComplaint {
    Transaction.Part part = part(first);
    Transaction.At at = first.is("insert") ? new Transaction.At.Start() : new Transaction.At.End();
    boolean behind = !first.is("insert");
    if (tokens.is("handle") || tokens.is("position")) {
      Token said = tokens.next();
      String word = said.text();
      Token place = said.to(tokens.peek());
      int number = tokens.number(1, Integer.MAX_VALUE);
      at = first.is("replace") && word.equals("handle") ? new Transaction.At.Instead(place, number)
          : new Transaction.At.Beside(place, number, behind);
    } else if (first.is("replace")) {
      throw tokens.unexpected();
    } else if (tokens.take("index")) {
      Token place = tokens.last().to(tokens.peek());
      at = new Transaction.At.Index(place, tokens.number(0, Integer.MAX_VALUE), behind);
    }
    RuleReader.Read read =
        new RuleReader(tokens, work.scope(part.table())).read();
    work.addRule(part, at, read);
  }

  private void delete(Token first) throws NftComplaint {
    Token object = object();
    switch (object.text()) {
      case "table" -> {
        tokens.next();
        if (tokens.is("handle") || family().isPresent() && tokens.is("handle")) {
          throw NftComplaint.unsupported("delete table handle");
        }
        work.deleteTable(namedAgain(object));
      }
      case "chain" -> {
        tokens.next();
        work.deleteChain(part(first));
      }
      case "rule" -> {
        tokens.next();
        Transaction.Part part = part(first);
        if (!tokens.is("handle")) {
          throw tokens.unexpected();
        }
        Token place = tokens.next().to(tokens.peek());
        work.deleteRule(part, place, tokens.number(1, Integer.MAX_VALUE));
      }
      case "set", "map" -> {
        tokens.next();
        work.deleteSet(part(first));
      }
      case "counter" -> {
        tokens.next();
        work.deleteCounter(part(first));
      }
      case "element" -> {
        tokens.next();
        Transaction.Part part = part(first);
        work.deleteElements(part, elements(work.set(part), true), now);
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
    switch (object().text()) {
      case "ruleset" -> {
        tokens.next();
        work.flushRuleset(family());
      }
      case "table" -> {
        tokens.next();
        Transaction.Named named = named();
        work.known(named);
        work.flushTable(named);
      }
      case "chain" -> {
        tokens.next();
        Transaction.Part part = part(first);
        work.known(part);
        work.flushChain(part);
      }
      case "set", "map" -> {
        tokens.next();
        work.flushSet(part(first));
      }
      default -> throw tokens.unexpected();
    }
  }

  private void list(Token first) throws NftComplaint {
    NetfilterState state = work.state();
    NftText text = new NftText(work.devices(), state, now, style);
    String what = object().text();
    if (first.is("get")) {
      get(first, text);
      return;
    }
    boolean reset = first.is("reset");
    if (reset && !what.startsWith("counter")) {
      throw NftComplaint.unsupported("reset " + what);
    }
    tokens.next();
    switch (what) {
      case "ruleset" -> {
        Optional<NftFamily> family = family();
        tables(family).forEach(t -> out.addAll(text.table(t)));
      }
      case "tables" -> tables(family()).forEach(
          t -> out.add("table " + t.key()));
      case "table" -> {
        Transaction.Named named = named();
        out.addAll(text.table(found(named)));
      }
      case "chains" -> lists(text, NftText.Parts.CHAINS, false);
      case "sets" -> lists(text, NftText.Parts.SETS, false);
      case "maps" -> lists(text, NftText.Parts.MAPS, false);
      case "counters" -> lists(text, NftText.Parts.COUNTERS, reset);
      case "chain", "set", "map", "counter" -> one(first, what, text, reset);
      default -> {
        throw NftComplaint.at(tokens.last(),
            "syntax error, unexpected " + (tokens.last().ends() ? "newline" : "string"));
      }
    }
  }

  private NftTable found(Transaction.Named named) throws NftComplaint {
    return work.rules().table(named.key())
        .orElseThrow(() -> NftComplaint.at(named.place(), "No such file or directory"));
  }

  private List<NftTable> tables(Optional<NftFamily> family) {
    return work.rules().tables().stream().filter(t -> family.isEmpty() || t.key().family() == family.get()).toList();
  }

  private void lists(NftText text, NftText.Parts parts, boolean reset) throws NftComplaint {
    Optional<NftFamily> family = family();
    List<NftTable> tables = tables(family);
    if (tokens.take("table")) {
      tables = List.of(found(named()));
    } else if (family.isPresent() && tokens.peek().kind() == Token.Kind.WORD) {
      Token name = tokens.next();
      tables = List.of(found(new Transaction.Named(new NftTable.Key(family.get(), name.text()), name)));
    }
    for (NftTable table : tables) {
      out.addAll(text.table(table, parts, Optional.empty()));
      if (reset) {
        table.counters().forEach(work::reset);
      }
    }
  }

  private void one(Token first, String what, NftText text, boolean reset) throws NftComplaint {
    Transaction.Part part = part(first);
    NftTable table = found(part.table());
    boolean there = switch (what) {
      case "chain" -> table.chain(part.text()).isPresent();
      case "set" -> table.set(part.text()).filter(s -> !s.spec().isMap()).isPresent();
      case "map" -> table.set(part.text()).filter(s -> s.spec().isMap()).isPresent();
      default -> table.counter(part.text()).isPresent();
    };
    if (!there) {
      throw NftComplaint.at(part.name(), "No such file or directory");
    }
    NftText.Parts parts = switch (what) {
      case "chain" -> NftText.Parts.CHAINS;
      case "set" -> NftText.Parts.SETS;
      case "map" -> NftText.Parts.MAPS;
      default -> NftText.Parts.COUNTERS;
    };
    out.addAll(text.table(table, parts, Optional.of(part.text())));
    if (reset) {
      work.reset(table.counter(part.text()).orElseThrow());
    }
  }

  /** {@code get element}: the elements that hold what is asked for. */
  private void get(Token first, NftText text) throws NftComplaint {
    tokens.expect("element");
    Transaction.Part part = part(first);
    NftTable table = work.table(part.table());
    NftSet set = work.set(part);
    List<NftSet.Element> found = new ArrayList<>();
    for (ElementReader.Placed wanted : elements(set, true)) {
      found.add(set.find(wanted.element().key().stream().map(Span::low).toList(), now)
          .orElseThrow(() -> NftComplaint.kernel(part.command(), "No such file or directory")));
    }
    NftTable.Key key = table.key();
    NftTable only = NftTable.fresh(key, table.about()).with(set.bare().with(found));
    out.addAll(text.table(only, set.spec().isMap() ? NftText.Parts.MAPS : NftText.Parts.SETS, Optional.empty()));
  }
}
