package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A set, or a map when it has data for its keys (kernel struct nft_set). Immutable. */
public final class NftSet implements Listed.Item {
  private final String name;
  private final Place place;
  private final Spec spec;
  private final List<Element> elements;
  /** Elements of single values by key: made when a packet first asks. */
  private Optional<Map<List<BigInteger>, Element>> index = Optional.empty();

  /** What a set can be told to be. */
  public enum Flag {
    CONSTANT, DYNAMIC, INTERVAL, TIMEOUT
  }

  /**
   * Where it stands.
   *
   * @param id its number in its namespace
   * @param handle its number in its table
   */
  public record Place(int id, int handle) {
    public static final Place NONE = new Place(0, 0);
  }

  /**
   * How it was declared.
   *
   * @param keys the types of a key, side by side
   * @param typeOf the expression it was declared by, where it was
   * @param data the types of what keys map to; empty for a set
   * @param dataOf the expression that was said for the data
   * @param flags what it was told to be
   * @param options the rest
   */
  public record Spec(List<DataType> keys, Optional<String> typeOf, List<DataType> data, Optional<String> dataOf,
      Set<Flag> flags, Options options) {
    public Spec {
      keys = List.copyOf(keys);
      data = List.copyOf(data);
      flags = Set.copyOf(flags);
    }

    /** Whether it is a map. */
    public boolean isMap() {
      return !data.isEmpty();
    }

    boolean is(Flag flag) {
      return flags.contains(flag);
    }
  }

  /**
   * What else was said of it.
   *
   * @param timeout for how many milliseconds elements stay that say nothing else
   * @param size how many elements there may be
   * @param autoMerge whether intervals that touch become one
   * @param comment the comment
   */
  public record Options(Optional<Long> timeout, Optional<Integer> size, boolean autoMerge, Optional<String> comment) {
    public static final Options NONE = new Options(Optional.empty(), Optional.empty(), false, Optional.empty());
  }

  /** What a key maps to. */
  public sealed interface Data {
    /** A verdict. */
    record Doing(Verdict verdict) implements Data {
    }

    /** Values side by side, each perhaps a range to choose from. */
    record Values(List<Span> values) implements Data {
      public Values {
        values = List.copyOf(values);
      }
    }
  }

  /**
   * An element.
   *
   * @param key the values that it holds, side by side
   * @param data what they map to
   * @param life for how long
   * @param comment its comment
   */
  public record Element(List<Span> key, Optional<Data> data, Optional<Life> life, Optional<String> comment) {
    public Element {
      key = List.copyOf(key);
    }

    boolean livesAt(long now) {
      return life.filter(l -> l.expires() <= now).isEmpty();
    }

    boolean holds(List<BigInteger> wanted) {
      for (int i = 0; i < key.size(); i++) {
        if (!key.get(i).contains(wanted.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * How long an element lives.
   *
   * @param timeout for how many milliseconds it was put in
   * @param expires when it goes, in nanoseconds of the lab's clock
   */
  public record Life(long timeout, long expires) {
  }

  NftSet(String name, Place place, Spec spec, List<Element> elements) {
    this.name = name;
    this.place = place;
    this.spec = spec;
    this.elements = List.copyOf(elements);
  }

  /** A set written out in a rule, its elements in the order of listings. */
  static NftSet anonymous(Spec spec, List<Element> elements) {
    return new NftSet("", Place.NONE, spec, sorted(spec, elements, false));
  }

  /** Elements in the order of listings. */
  private static List<Element> sorted(Spec spec, List<Element> elements, boolean interval) {
    List<Element> all = new ArrayList<>(elements);
    boolean several = spec.keys().size() > 1;
    if (several && (interval || elements.stream().anyMatch(e -> e.key().stream().anyMatch(s -> !s.isSingle())))) {
      return all;
    }
    boolean spans = elements.stream().anyMatch(e -> e.key().stream().anyMatch(s -> !s.isSingle()));
    all.sort(several ? Comparator.comparing(e -> joined(spec, e))
        : spans || interval ? Comparator.comparing(e -> e.key().getFirst())
        : Comparator.comparing(e -> spec.keys().getFirst().rank(e.key().getFirst().low())));
    return all;
  }

  /** Values side by side, as one number whose last byte is the highest (nft src/mergesort.c concat_expr_msort_value). */
  private static BigInteger joined(Spec spec, Element element) {
    BigInteger joined = BigInteger.ZERO;
    int at = 0;
    for (int i = 0; i < spec.keys().size(); i++) {
      DataType type = spec.keys().get(i);
      joined = joined.or(type.inMemory(element.key().get(i).low()).shiftLeft(at));
      at += (type.bits() + 7) / 8 * 8;
    }
    return joined;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Place place() {
    return place;
  }

  public Spec spec() {
    return spec;
  }

  /** What is in it, in the order of listings; those whose time is over are still here. */
  public List<Element> elements() {
    return elements;
  }

  NftSet with(List<Element> value) {
    return new NftSet(name, place, spec, sorted(spec, value, spec.is(Flag.INTERVAL)));
  }

  /** Without its comment, as it is told with some of its elements. */
  NftSet bare() {
    Options options = new Options(spec.options().timeout(), spec.options().size(), spec.options().autoMerge(),
        Optional.empty());
    return new NftSet(name, place,
        new Spec(spec.keys(), spec.typeOf(), spec.data(), spec.dataOf(), spec.flags(), options), elements);
  }

  NftSet at(Place value) {
    return new NftSet(name, value, spec, elements);
  }

  /** The element that holds a key at an instant. */
  Optional<Element> find(List<BigInteger> key, long now) {
    Element exact = byKey().get(key);
    if (exact != null) {
      return Optional.of(exact).filter(e -> e.livesAt(now));
    }
    for (Element element : elements) {
      if (element.key().stream().anyMatch(s -> !s.isSingle()) && element.livesAt(now) && element.holds(key)) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  private Map<List<BigInteger>, Element> byKey() {
    if (index.isEmpty()) {
      Map<List<BigInteger>, Element> made = new HashMap<>();
      for (Element element : elements) {
        if (element.key().stream().allMatch(Span::isSingle)) {
          made.put(element.key().stream().map(Span::low).toList(), element);
        }
      }
      index = Optional.of(made);
    }
    return index.get();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof NftSet that && name.equals(that.name) && place.equals(that.place)
        && spec.equals(that.spec) && elements.equals(that.elements);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, place, spec, elements);
  }
}
