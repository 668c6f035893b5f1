package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what there is: {@code list}, {@code reset} and {@code get}. */
final class Listing {
  private final Tokens tokens;
  private final Transaction work;
  private final NamesReader names;
  private final long now;
  private final NftText.Style style;
  private final List<String> out = new ArrayList<>();
  private final XtRemarks remarks = new XtRemarks();

  Listing(Tokens tokens, Transaction work, NamesReader names, long now, NftText.Style style) {
    this.tokens = tokens;
    this.work = work;
    this.names = names;
    this.now = now;
    this.style = style;
  }

  /** What nft says beside it. */
  List<String> remarks() {
    return remarks.lines();
  }

  /** What was listed. */
  List<String> out() {
    return out;
  }

  void list(Token first) throws NftComplaint {
    NftText text = new NftText(work.devices(), work.state(), now, style, remarks);
    String what = names.object().text();
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
        Optional<NftFamily> family = names.family();
        tables(family).forEach(t -> out.addAll(text.table(t)));
      }
      case "tables" -> tables(names.family()).forEach(
          t -> out.add("table " + t.key()));
      case "table" -> {
        Transaction.Named named = names.named();
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

  private Whole found(Transaction.Named named) throws NftComplaint {
    return work.any(named.key())
        .orElseThrow(() -> NftComplaint.at(named.place(), "No such file or directory"));
  }

  private List<Whole> tables(Optional<NftFamily> family) {
    return work.all().stream().filter(t -> family.isEmpty() || t.key().family() == family.get()).toList();
  }

  private void lists(NftText text, NftText.Parts parts, boolean reset) throws NftComplaint {
    Optional<NftFamily> family = names.family();
    List<Whole> tables = tables(family);
    if (tokens.take("table")) {
      tables = List.of(found(names.named()));
    } else if (family.isPresent() && tokens.peek().kind() == Token.Kind.WORD) {
      Token name = tokens.next();
      tables = List.of(found(new Transaction.Named(new NftTable.Key(family.get(), name.text()), name)));
    }
    for (Whole table : tables) {
      List<NftCounter> counters = table.own().stream().flatMap(t -> t.counters().stream()).toList();
      if (parts != NftText.Parts.COUNTERS || !counters.isEmpty()) {
        out.addAll(text.table(table, parts, Optional.empty()));
      }
      if (reset) {
        counters.forEach(work::reset);
      }
    }
  }

  private void one(Token first, String what, NftText text, boolean reset) throws NftComplaint {
    Transaction.Part part = names.part(first);
    Whole table = found(part.table());
    boolean there = what.equals("chain") ? table.chains().contains(part.text())
        : table.own().filter(t -> isThere(t, what, part.text())).isPresent();
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
      work.reset(table.own().flatMap(t -> t.counter(part.text())).orElseThrow());
    }
  }

  private static boolean isThere(NftTable table, String what, String name) {
    return switch (what) {
      case "set" -> table.set(name).filter(s -> !s.spec().isMap()).isPresent();
      case "map" -> table.set(name).filter(s -> s.spec().isMap()).isPresent();
      default -> table.counter(name).isPresent();
    };
  }

  /** {@code get element}: the elements that hold what is asked for. */
  private void get(Token first, NftText text) throws NftComplaint {
    tokens.expect("element");
    Transaction.Part part = names.part(first);
    NftTable table = work.table(part.table());
    NftSet set = work.set(part);
    List<NftSet.Element> found = new ArrayList<>();
    for (ElementReader.Placed wanted : names.elements(set, true)) {
      found.add(set.find(wanted.element().key().stream().map(Span::low).toList(), now)
          .orElseThrow(() -> NftComplaint.kernel(part.command(), "No such file or directory")));
    }
    NftTable.Key key = table.key();
    NftTable only = NftTable.fresh(key, table.about()).with(set.bare().with(found));
    out.addAll(text.table(new Whole(key, table.about().handle(), Optional.of(only), Optional.empty()),
        set.spec().isMap() ? NftText.Parts.MAPS : NftText.Parts.SETS, Optional.empty()));
  }
}
