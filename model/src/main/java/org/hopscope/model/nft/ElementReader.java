package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the elements of sets and maps, and puts them together as nft does (nftables src/segtree.c, src/intervals.c). */
final class ElementReader {
  private static final long MILLI = 1_000_000L;

  private final Tokens tokens;
  private final Devices devices;
  private final long now;

  ElementReader(Tokens tokens, Devices devices, long now) {
    this.tokens = tokens;
    this.devices = devices;
    this.now = now;
  }

  /** An element and where it stands. */
  record Placed(NftSet.Element element, Token place) {
  }

  /** Elements between braces; {@code keysOnly} when what they map to may be left out. */
  List<Placed> braces(NftSet.Spec spec, List<Integer> widths, boolean keysOnly) throws NftComplaint {
    List<Placed> all = new ArrayList<>();
    tokens.expect("{");
    tokens.skipNewlines();
    while (!tokens.is("}")) {
      all.add(element(spec, widths, keysOnly));
      tokens.skipNewlines();
      if (!tokens.is("}")) {
        tokens.expect(",");
        tokens.skipNewlines();
      }
    }
    if (all.isEmpty()) {
      throw tokens.unexpected();
    }
    tokens.next();
    return all;
  }

  private Placed element(NftSet.Spec spec, List<Integer> widths, boolean keysOnly) throws NftComplaint {
    Token first = tokens.peek();
    List<Span> key = new Values(tokens, devices).key(spec.keys(), widths, spec.is(NftSet.Flag.INTERVAL));
    Token place = first.to(tokens.last());
    Optional<Long> timeout = spec.options().timeout();
    Optional<Long> expires = Optional.empty();
    Optional<String> comment = Optional.empty();
    while (tokens.is("timeout") || tokens.is("expires") || tokens.is("comment") || tokens.is("counter")) {
      String word = tokens.next().text();
      switch (word) {
        case "timeout" -> timeout = Optional.of(new Values(tokens, devices).time());
        case "expires" -> expires = Optional.of(new Values(tokens, devices).time());
        case "comment" -> comment = Optional.of(tokens.string().text());
        default -> throw NftComplaint.unsupported("counter of an element");
      }
    }
    Optional<NftSet.Data> data = Optional.empty();
    if (spec.isMap() && (!keysOnly || tokens.is(":"))) {
      if (!tokens.is(":")) {
        throw NftComplaint.kernel(place, "Invalid argument");
      }
      tokens.next();
      tokens.skipNewlines();
      data = Optional.of(data(spec));
    }
    Optional<NftSet.Life> life = Optional.empty();
    if (timeout.isPresent()) {
      life = Optional.of(new NftSet.Life(timeout.get(), (now / MILLI + expires.orElse(timeout.get())) * MILLI));
    }
    return new Placed(new NftSet.Element(key, data, life, comment), place);
  }

  private NftSet.Data data(NftSet.Spec spec) throws NftComplaint {
    if (spec.data().getFirst() == DataType.VERDICT) {
      return new NftSet.Data.Doing(verdict(tokens));
    }
    return new NftSet.Data.Values(
        new Values(tokens, devices).key(spec.data(), spec.data().stream().map(DataType::bits).toList(), true));
  }

  static Verdict verdict(Tokens tokens) throws NftComplaint {
    Token word = tokens.peek();
    if (word.kind() != Token.Kind.WORD) {
      throw tokens.unexpected();
    }
    switch (word.text()) {
      case "accept", "drop", "continue", "return", "jump", "goto" -> tokens.next();
      default -> throw tokens.unexpected();
    }
    return switch (word.text()) {
      case "accept" -> new Verdict.Accept();
      case "drop" -> new Verdict.Drop();
      case "continue" -> new Verdict.Continue();
      case "return" -> new Verdict.Return();
      default -> {
        if (tokens.is("{")) {
          throw NftComplaint.unsupported("a chain written out in a rule");
        }
        Token chain = tokens.word();
        yield word.is("jump") ? new Verdict.Jump(chain.text()) : new Verdict.Goto(chain.text());
      }
    };
  }

  /** A set written out in a rule: the same key once, and values in a row as one where any is more than one. */
  static NftSet anonymous(NftSet.Spec spec, List<Placed> elements) throws NftComplaint {
    Map<List<Span>, NftSet.Element> once = new LinkedHashMap<>();
    for (Placed each : elements) {
      NftSet.Element old = once.putIfAbsent(each.element().key(), each.element());
      if (old != null && !old.data().equals(each.element().data())) {
        throw NftComplaint.at(each.place(), "conflicting intervals specified");
      }
    }
    if (spec.isMap() && spec.keys().size() == 1) {
      apart(elements);
    }
    List<NftSet.Element> all = new ArrayList<>(once.values());
    boolean spans = all.stream().anyMatch(e -> e.key().stream().anyMatch(s -> !s.isSingle()));
    return NftSet.anonymous(spec,
        spans && !spec.isMap() && spec.keys().size() == 1 ? merged(all) : all);
  }

  /** No value has two answers, unless they are the same element said twice. */
  private static void apart(List<Placed> elements) throws NftComplaint {
    List<Placed> sorted = new ArrayList<>(elements);
    sorted.sort((one, other) -> one.element().key().getFirst().compareTo(other.element().key().getFirst()));
    for (int i = 1; i < sorted.size(); i++) {
      Span before = sorted.get(i - 1).element().key().getFirst();
      Span span = sorted.get(i).element().key().getFirst();
      if (!span.equals(before) && span.low().compareTo(before.high()) <= 0) {
        throw NftComplaint.between(sorted.get(i).place(), sorted.get(i - 1).place(), "conflicting intervals specified");
      }
    }
  }

  /** Intervals that touch become one. */
  static List<NftSet.Element> merged(List<NftSet.Element> elements) {
    List<NftSet.Element> sorted = new ArrayList<>(elements);
    sorted.sort((one, other) -> one.key().getFirst().compareTo(other.key().getFirst()));
    List<NftSet.Element> all = new ArrayList<>();
    for (NftSet.Element element : sorted) {
      Span span = element.key().getFirst();
      if (!all.isEmpty()) {
        Span last = all.getLast().key().getFirst();
        if (span.low().compareTo(last.high().add(BigInteger.ONE)) <= 0) {
          Span both = new Span(last.low(), last.high().max(span.high()));
          all.set(all.size() - 1,
              new NftSet.Element(List.of(both), Optional.empty(), all.getLast().life(), all.getLast().comment()));
          continue;
        }
      }
      all.add(element);
    }
    return all;
  }
}
