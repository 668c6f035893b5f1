package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Policy;

/** Reads what stands between the braces of tables, chains, sets and counters. */
final class BlockReader {
  private final Tokens tokens;
  private final Transaction work;
  private final long now;

  BlockReader(Tokens tokens, Transaction work, long now) {
    this.tokens = tokens;
    this.work = work;
    this.now = now;
  }

  /** Something that is put off until what it may name is there. */
  private interface Later {
    void run() throws NftComplaint;
  }

  /** A table with its block: chains come into being first, then counters and sets, then elements and rules. */
  void table(Transaction.Named named, boolean create) throws NftComplaint {
    tokens.expect("{");
    List<Later> makeSets = new ArrayList<>();
    List<Later> fill = new ArrayList<>();
    List<Later> rules = new ArrayList<>();
    Optional<String> comment = Optional.empty();
    boolean dormant = false;
    Tokens ahead = tokens;
    tokens.skipEnds();
    while (tokens.is("comment") || tokens.is("flags")) {
      if (tokens.next().is("comment")) {
        comment = Optional.of(ahead.string().text());
      } else {
        tokens.expect("dormant");
        dormant = true;
      }
      tokens.skipEnds();
    }
    work.addTable(named, new NftTable.About(0, dormant, comment), create);
    while (!tokens.is("}")) {
      Token kind = tokens.peek();
      if (Set.of("flowtable", "quota", "limit", "ct", "secmark", "synproxy").contains(kind.text())) {
        throw NftComplaint.unsupported(kind.text());
      }
      if (!Set.of("chain", "set", "map", "counter").contains(kind.text())) {
        throw tokens.unexpected();
      }
      tokens.next();
      Token name = tokens.name();
      Transaction.Part part = new Transaction.Part(named, name, name);
      if (kind.is("chain")) {
        chain(part, create, rules);
      } else {
        item(kind.text(), part, create, makeSets, fill);
      }
      tokens.skipEnds();
    }
    tokens.next();
    for (List<Later> stage : List.of(makeSets, fill, rules)) {
      for (Later later : stage) {
        later.run();
      }
    }
  }

  /** {@code add chain}, {@code add set}, {@code add map} or {@code add counter} with or without a block. */
  void named(String kind, Transaction.Part part, boolean create) throws NftComplaint {
    List<Later> all = new ArrayList<>();
    if (kind.equals("counter")) {
      work.table(part.table());
    } else {
      work.lookedUp(part.table());
    }
    if (kind.equals("chain")) {
      chain(part, create, all);
    } else {
      item(kind, part, create, all, all);
    }
    for (Later later : all) {
      later.run();
    }
  }

  private void item(String kind, Transaction.Part part, boolean create, List<Later> make, List<Later> fill)
      throws NftComplaint {
    if (kind.equals("counter")) {
      counter(part, create, make);
    } else {
      set(part, kind.equals("map"), create, new Stages(make, fill));
    }
  }

  /** Where what is to be made, and what is to be filled, is put. */
  private record Stages(List<Later> make, List<Later> fill) {
  }

  private void counter(Transaction.Part part, boolean create, List<Later> make) throws NftComplaint {
    Optional<String> comment = Optional.empty();
    RuleReader.Counted counted = new RuleReader.Counted(0, 0);
    if (tokens.take("{")) {
      tokens.skipEnds();
      while (!tokens.is("}")) {
        if (tokens.take("comment")) {
          comment = Optional.of(tokens.string().text());
        } else {
          counted = RuleReader.counts(tokens);
        }
        tokens.skipEnds();
      }
      tokens.next();
    } else if (tokens.is("packets")) {
      counted = RuleReader.counts(tokens);
    }
    RuleReader.Counted begins = counted;
    Optional<String> said = comment;
    make.add(() -> work.addCounter(part, begins, said, create));
  }

  private void chain(Transaction.Part part, boolean create, List<Later> rules) throws NftComplaint {
    Optional<NftChain.Base> base = Optional.empty();
    Optional<Policy> policy = Optional.empty();
    Optional<String> comment = Optional.empty();
    List<List<Token>> bodies = new ArrayList<>();
    if (tokens.take("{")) {
      tokens.skipEnds();
      while (!tokens.is("}")) {
        if (tokens.is("type") && bodies.isEmpty()) {
          base = Optional.of(base());
        } else if (tokens.take("policy")) {
          policy = Optional.of(policy());
        } else if (tokens.is("comment") && bodies.isEmpty()) {
          tokens.next();
          comment = Optional.of(tokens.string().text());
        } else if (tokens.is("devices") || tokens.is("device") || tokens.peek().is("flags")) {
          throw NftComplaint.unsupported(tokens.peek().text());
        } else {
          bodies.add(body());
        }
        if (!tokens.peek().ends()) {
          throw tokens.unexpected(", expecting newline or semicolon");
        }
        tokens.skipEnds();
      }
      tokens.next();
    }
    Optional<Policy> said = policy;
    work.addChain(part, base.map(b -> new NftChain.Base(b.type(), b.hook(), b.priority(), said.orElse(b.policy()))),
        policy, comment, create);
    for (List<Token> body : bodies) {
      Transaction.Part here =
          new Transaction.Part(part.table(), part.name(), body.getFirst().to(body.get(body.size() - 2)));
      rules.add(() -> {
        RuleReader.Read read = new RuleReader(new Tokens(body), work.scope(part.table()))
            .read();
        work.addRule(here, new RulePlace.End(), read);
      });
    }
  }

  /** The tokens of a rule within a chain's block, and the one that ends it. */
  private List<Token> body() throws NftComplaint {
    List<Token> body = new ArrayList<>();
    int depth = 0;
    while (depth > 0 || !tokens.peek().ends() && !tokens.is("}")) {
      Token token = tokens.next();
      if (token.kind() == Token.Kind.END) {
        throw NftComplaint.at(token, "syntax error, unexpected end of file");
      }
      depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
      body.add(token);
    }
    if (body.isEmpty()) {
      throw tokens.unexpected();
    }
    Token end = tokens.peek();
    body.add(new Token(Token.Kind.NEWLINE, "newline", end.line(), end.from(), end.to()));
    return List.copyOf(body);
  }

  private NftChain.Base base() throws NftComplaint {
    tokens.next();
    Token typeWord = tokens.word();
    NftChain.Type type = switch (typeWord.text()) {
      case "filter" -> NftChain.Type.FILTER;
      case "route" -> NftChain.Type.ROUTE;
      case "nat" -> NftChain.Type.NAT;
      default -> throw NftComplaint.at(typeWord, "unknown chain type");
    };
    tokens.expect("hook");
    Token hookWord = tokens.word();
    if (hookWord.is("ingress") || hookWord.is("egress")) {
      throw NftComplaint.unsupported("hook " + hookWord.text());
    }
    Hook hook = Hook.named(hookWord.text().toUpperCase(Locale.ROOT)).filter(_ -> hookWord.text().equals(hookWord.text()
        .toLowerCase(Locale.ROOT))).orElseThrow(() -> NftComplaint.at(hookWord, "unknown chain hook"));
    if (!tokens.is("priority")) {
      throw tokens.unexpected(", expecting priority");
    }
    tokens.next();
    return new NftChain.Base(type, hook, priority(hook), Policy.ACCEPT);
  }

  private int priority(Hook hook) throws NftComplaint {
    Token said = tokens.last();
    Token first = tokens.peek();
    if (tokens.take("-")) {
      return -tokens.number(0, Integer.MAX_VALUE);
    }
    if (first.kind() == Token.Kind.NUMBER) {
      return tokens.number(0, Integer.MAX_VALUE);
    }
    Token word = tokens.word();
    int near = Priorities.of(word.text(), hook).orElseThrow(
        () -> NftComplaint.at(said.to(word), "invalid priority expression value in this context."));
    if (tokens.take("+")) {
      return near + tokens.number(0, Integer.MAX_VALUE);
    }
    return tokens.take("-") ? near - tokens.number(0, Integer.MAX_VALUE) : near;
  }

  private Policy policy() throws NftComplaint {
    Token word = tokens.peek();
    if (!word.is("accept") && !word.is("drop")) {
      throw tokens.unexpected(", expecting accept or drop or '$'");
    }
    tokens.next();
    return word.is("accept") ? Policy.ACCEPT : Policy.DROP;
  }

  /** What a set's block has said so far. */
  private static final class Said {
    private List<DataType> keys = List.of();
    private List<DataType> data = List.of();
    private Optional<String> typeOf = Optional.empty();
    private Optional<String> dataOf = Optional.empty();
    private final Set<NftSet.Flag> flags = EnumSet.noneOf(NftSet.Flag.class);
    private Optional<Long> timeout = Optional.empty();
    private Optional<Integer> size = Optional.empty();
    private boolean autoMerge;
    private Optional<String> comment = Optional.empty();

    private NftSet.Spec spec() {
      if (timeout.isPresent()) {
        flags.add(NftSet.Flag.TIMEOUT);
      }
      if (flags.contains(NftSet.Flag.DYNAMIC) && size.isEmpty()) {
        size = Optional.of(65535);
      }
      return new NftSet.Spec(keys, typeOf, data, dataOf, flags,
          new NftSet.Options(timeout, size, autoMerge, comment));
    }
  }

  /** How wide the parts of a set's keys are. */
  static List<Integer> widths(NftSet.Spec spec) {
    return spec.keys().stream().map(DataType::bits).toList();
  }

  private void set(Transaction.Part part, boolean map, boolean create, Stages stages) throws NftComplaint {
    Said said = new Said();
    List<ElementReader.Placed> elements = new ArrayList<>();
    Token begin = tokens.expect("{");
    tokens.skipEnds();
    while (!tokens.is("}")) {
      boolean elementsEnd = tokens.is("elements");
      setLine(part, map, said, elements);
      if (!tokens.peek().ends() && !(elementsEnd && tokens.is("}"))) {
        throw tokens.unexpected(", expecting newline or semicolon");
      }
      tokens.skipEnds();
    }
    Token end = tokens.last();
    tokens.next();
    if (said.keys.isEmpty() || map && said.data.isEmpty()) {
      throw NftComplaint.at(begin.to(end), map ? "map definition does not specify key"
          : "set definition does not specify key");
    }
    NftSet.Spec spec = said.spec();
    stages.make().add(() -> work.addSet(part, spec, create));
    if (!elements.isEmpty()) {
      stages.fill().add(() -> work.addElements(part, elements, false));
    }
  }

  private void setLine(Transaction.Part part, boolean map, Said said, List<ElementReader.Placed> elements)
      throws NftComplaint {
    Token word = tokens.word();
    switch (word.text()) {
      case "type" -> {
        said.keys = types();
        if (map) {
          tokens.expect(":");
          said.data = types();
        }
      }
      case "typeof" -> typeOf(part, map, said);
      case "flags" -> {
        do {
          Token flag = tokens.word();
          said.flags.add(switch (flag.text()) {
            case "constant" -> NftSet.Flag.CONSTANT;
            case "dynamic" -> NftSet.Flag.DYNAMIC;
            case "interval" -> NftSet.Flag.INTERVAL;
            case "timeout" -> NftSet.Flag.TIMEOUT;
            default -> throw NftComplaint.at(flag, "unknown set flag");
          });
        } while (tokens.take(","));
      }
      case "timeout" -> said.timeout = Optional.of(new Values(tokens, work.devices()).time());
      case "size" -> said.size = Optional.of(tokens.number(1, Integer.MAX_VALUE));
      case "auto-merge" -> said.autoMerge = true;
      case "comment" -> said.comment = Optional.of(tokens.string().text());
      case "elements" -> {
        tokens.expect("=");
        NftSet.Spec spec = said.spec();
        elements.addAll(new ElementReader(tokens, work.devices(), now).braces(spec, widths(spec), false));
      }
      case "policy", "gc-interval", "counter" -> throw NftComplaint.unsupported(word.text() + " of a set");
      default -> throw NftComplaint.at(word, "syntax error, unexpected string");
    }
  }

  private void typeOf(Transaction.Part part, boolean map, Said said) throws NftComplaint {
    Scope scope = work.scope(part.table());
    Expr key = new ExprReader(tokens, scope).whole();
    said.keys = key.types();
    said.typeOf = Optional.of(text(key));
    if (map) {
      tokens.expect(":");
      if (tokens.take("verdict")) {
        said.data = List.of(DataType.VERDICT);
        said.dataOf = Optional.of("verdict");
      } else {
        Expr data = new ExprReader(tokens, scope).whole();
        said.data = data.types();
        said.dataOf = Optional.of(text(data));
      }
    }
  }

  private static String text(Expr expr) {
    return expr instanceof Expr.Concat(List<Expr> parts)
        ? String.join(" . ", parts.stream().map(BlockReader::text).toList())
        : expr instanceof Expr.Read(Field field) ? field.words() : "";
  }

  private List<DataType> types() throws NftComplaint {
    List<DataType> types = new ArrayList<>();
    do {
      Token word = tokens.word();
      types.add(DataType.named(word.text()).orElseThrow(
          () -> NftComplaint.at(word, "unknown datatype " + word.text())));
    } while (tokens.take("."));
    return types;
  }
}
