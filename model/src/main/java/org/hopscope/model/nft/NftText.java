package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Handles;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Policy;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.Tally;

/** Tables as {@code nft list} of version 1.0.6 writes them. */
public final class NftText {
  private static final long MILLI = 1_000_000L;

  private final Devices devices;
  private final NetfilterState state;
  private final long now;
  private final Style style;
  private final XtRemarks remarks;
  private final List<String> lines = new ArrayList<>();

  /**
   * How it is written.
   *
   * @param handles {@code -a}
   * @param terse {@code -t}: without elements of sets
   * @param stateless {@code -s}: without what was counted
   * @param plain {@code -y} or {@code -n}: priorities as numbers
   */
  public record Style(boolean handles, boolean terse, boolean stateless, boolean plain) {
    public static final Style USUAL = new Style(false, false, false, false);
  }

  /** What of a table is written. */
  enum Parts {
    ALL, CHAINS, SETS, MAPS, COUNTERS
  }

  public NftText(Devices devices, NetfilterState state, long now, Style style) {
    this(devices, state, now, style, new XtRemarks());
  }

  /** As above; {@code remarks} takes what nft says beside what it lists. */
  NftText(Devices devices, NetfilterState state, long now, Style style, XtRemarks remarks) {
    this.devices = devices;
    this.state = state;
    this.now = now;
    this.style = style;
    this.remarks = remarks;
  }

  /** What nft made of a table. */
  public List<String> table(NftTable own) {
    return table(new Whole(own.key(), own.about().handle(), Optional.of(own), Optional.empty()));
  }

  /** A table whole. */
  List<String> table(Whole table) {
    return table(table, Parts.ALL, Optional.empty());
  }

  /** Parts of a table, or the one of a name. */
  List<String> table(Whole table, Parts parts, Optional<String> only) {
    lines.clear();
    boolean all = parts == Parts.ALL;
    lines.add("table " + table.key() + " {" + (all ? handle(table.handle()) : ""));
    table.own().filter(_ -> all).ifPresent(t -> about(t.about()));
    int before = lines.size();
    if (all || parts == Parts.COUNTERS) {
      table.own().stream().flatMap(t -> t.counters().stream()).filter(c -> only.map(c.name()::equals).orElse(true))
          .forEach(c -> gap(before, all, () -> counter(c)));
    }
    if (all || parts == Parts.SETS || parts == Parts.MAPS) {
      table.own().stream().flatMap(t -> t.sets().stream())
          .filter(s -> all || s.spec().isMap() == (parts == Parts.MAPS))
          .filter(s -> only.map(s.name()::equals).orElse(true)).forEach(s -> gap(before, all, () -> set(s)));
    }
    if (all || parts == Parts.CHAINS) {
      table.chains().stream().filter(c -> only.map(c::equals).orElse(true))
          .forEach(c -> gap(before, all, () -> chain(table, c, only.isPresent() || all)));
    }
    lines.add("}");
    return List.copyOf(lines);
  }

  private void about(NftTable.About about) {
    if (about.dormant()) {
      lines.add("\tflags dormant");
    }
    about.comment().ifPresent(c -> lines.add("\tcomment \"" + c + "\""));
    if (about.dormant()) {
      lines.add("");
    }
  }

  private void chain(Whole table, String name, boolean rules) {
    table.own().flatMap(t -> t.chain(name)).ifPresent(c -> chain(c, rules));
    table.xt().ifPresent(t -> t.chain(name).ifPresent(c -> chain(t, c, rules)));
  }

  /** A chain that iptables made. */
  private void chain(XtTable table, Chain chain, boolean rules) {
    Handles handles = table.table().handles();
    lines.add("\tchain " + chain.name() + " {" + handle(handles.of(chain.handle())));
    table.base(chain).ifPresent(this::base);
    for (Rule rule : rules ? chain.rules() : List.<Rule>of()) {
      lines.add("\t\t" + XtRule.text(rule, table, tally(rule.handle()), remarks) + handle(handles.of(rule.handle())));
    }
    lines.add("\t}");
  }

  /** An empty line in front of all but the first, where whole tables are written. */
  private void gap(int first, boolean wanted, Runnable write) {
    if (lines.size() > first && wanted) {
      lines.add("");
    }
    write.run();
  }

  private String handle(int handle) {
    return style.handles() ? " # handle " + handle : "";
  }

  private void counter(NftCounter counter) {
    lines.add("\tcounter " + counter.name() + " {" + handle(counter.place().handle()));
    counter.comment().ifPresent(c -> lines.add("\t\tcomment \"" + c + "\""));
    if (!style.stateless()) {
      Tally tally = state.tally(counter.place().id());
      lines.add("\t\tpackets " + tally.packets() + " bytes " + tally.bytes());
    }
    lines.add("\t}");
  }

  private void set(NftSet set) {
    NftSet.Spec spec = set.spec();
    lines.add("\t" + (spec.isMap() ? "map " : "set ") + set.name() + " {" + handle(set.place().handle()));
    declaration(spec).forEach(l -> lines.add("\t\t" + l));
    List<String> elements = elements(set);
    if (!style.terse() && !elements.isEmpty()) {
      lines.add("\t\telements = { " + elements.getFirst() + (elements.size() == 1 ? " }" : ""));
      addAll(spec, elements);
    }
    lines.add("\t}");
  }

  /** So many elements stand in a line (nftables src/expression.c calculate_delim). */
  private static int perLine(NftSet.Spec spec) {
    return spec.keys().size() > 1 ? 1 : switch (spec.keys().getFirst()) {
      case NF_PROTO, INTEGER, INET_PROTO, INET_SERVICE, TCP_FLAG, MARK, IFACE_INDEX, CT_DIR -> 5;
      case IPV4_ADDR, CT_STATE, CT_STATUS, PKT_TYPE -> 2;
      case IPV6_ADDR, ETHER_ADDR, ETHER_TYPE, IFNAME, ICMP_TYPE, ICMP_CODE, ICMPV6_TYPE, ICMPV6_CODE, ICMPX_CODE,
          FIB_ADDRTYPE, FIB_FOUND, VERDICT ->
          1;
    };
  }

  private void addAll(NftSet.Spec spec, List<String> elements) {
    int most = perLine(spec);
    for (int i = 1; i < elements.size(); i++) {
      String end = i == elements.size() - 1 ? " }" : "";
      String before = lines.removeLast();
      if (i % most == 0) {
        lines.add(before + ",");
        lines.add("\t\t\t     " + elements.get(i) + end);
      } else {
        lines.add(before + ", " + elements.get(i) + end);
      }
    }
  }

  private static List<String> declaration(NftSet.Spec spec) {
    List<String> lines = new ArrayList<>();
    String keys = spec.typeOf().orElseGet(() -> words(spec.keys()));
    String data = spec.isMap() ? " : " + spec.dataOf().orElseGet(() -> words(spec.data())) : "";
    lines.add((spec.typeOf().isPresent() ? "typeof " : "type ") + keys + data);
    NftSet.Options options = spec.options();
    options.size().ifPresent(s -> lines.add("size " + s));
    Set<NftSet.Flag> flags = spec.flags();
    boolean redundant = options.timeout().isPresent() && flags.equals(Set.of(NftSet.Flag.TIMEOUT));
    if (!flags.isEmpty() && !redundant) {
      lines.add("flags " + flags.stream().sorted().map(f -> f.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(",")));
    }
    options.timeout().ifPresent(t -> lines.add("timeout " + Values.time(t)));
    if (options.autoMerge()) {
      lines.add("auto-merge");
    }
    options.comment().ifPresent(c -> lines.add("comment \"" + c + "\""));
    return lines;
  }

  private static String words(List<DataType> types) {
    return types.stream().map(DataType::word).collect(Collectors.joining(" . "));
  }

  private List<String> elements(NftSet set) {
    List<String> texts = new ArrayList<>();
    for (NftSet.Element element : set.elements()) {
      if (element.livesAt(now)) {
        texts.add(element(set.spec(), element, devices, life(set.spec(), element)));
      }
    }
    for (Map.Entry<String, Long> learned : state.memory(set.place().id()).entrySet()) {
      if (learned.getValue() > now) {
        texts.add(learned.getKey()
            + (learned.getValue() == Long.MAX_VALUE ? "" : " expires " + left(learned.getValue())));
      }
    }
    return texts;
  }

  private String left(long expires) {
    return Values.time((expires - now + MILLI - 1) / MILLI);
  }

  private String life(NftSet.Spec spec, NftSet.Element element) {
    return element.life().map(l -> (spec.options().timeout().filter(t -> t == l.timeout()).isPresent() ? ""
        : " timeout " + Values.time(l.timeout())) + " expires " + left(l.expires())).orElse("");
  }

  static String element(NftSet.Spec spec, NftSet.Element element, Devices devices, String life) {
    String data = element.data().map(d -> " : " + switch (d) {
      case NftSet.Data.Doing(Verdict verdict) -> verdict.text();
      case NftSet.Data.Values(List<Span> values) -> key(spec.data(), values, devices);
    }).orElse("");
    return key(spec.keys(), element.key(), devices) + life
        + element.comment().map(c -> " comment \"" + c + "\"").orElse("") + data;
  }

  /** Values side by side as they are written in sets. */
  static String key(List<DataType> types, List<Span> key, Devices devices) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      parts.add(span(types.get(i), key.get(i), devices));
    }
    return String.join(" . ", parts);
  }

  private static String span(DataType type, Span span, Devices devices) {
    if (span.isSingle()) {
      return type.isFlags() ? type.flags(span.low(), " | ") : type.write(span.low(), devices);
    }
    if (type == DataType.IFNAME) {
      return "\"" + DataType.name(span.low()) + "*\"";
    }
    int length = type.hasPrefixes() ? span.prefixLength(type.bits()) : -1;
    return length >= 0 ? type.write(span.low(), devices) + "/" + length
        : type.number(span.low(), devices) + "-" + type.number(span.high(), devices);
  }

  private void chain(NftChain chain, boolean rules) {
    lines.add("\tchain " + chain.name() + " {" + handle(chain.place().handle()));
    chain.comment().ifPresent(c -> lines.add("\t\tcomment \"" + c + "\""));
    chain.base().ifPresent(this::base);
    if (rules) {
      chain.rules().forEach(r -> lines.add("\t\t" + rule(r) + handle(r.handle())));
    }
    lines.add("\t}");
  }

  private void base(NftChain.Base base) {
    lines.add("\t\ttype " + base.type().name().toLowerCase(Locale.ROOT) + " hook "
        + base.hook().name().toLowerCase(Locale.ROOT) + " priority "
        + (style.plain() ? Integer.toString(base.priority()) : Priorities.text(base.priority(), base.hook()))
        + "; policy " + (base.policy() == Policy.ACCEPT ? "accept" : "drop") + ";");
  }

  private Optional<Tally> tally(int id) {
    return style.stateless() ? Optional.empty() : Optional.of(state.tally(id));
  }

  /** A rule as it is listed, with what it counted. */
  String rule(NftRule rule) {
    return new StatementText(devices, tally(rule.id())).rule(rule);
  }

  /** A rule without what it counted. */
  public static String rule(NftRule rule, Devices devices) {
    return new StatementText(devices, Optional.empty()).rule(rule);
  }

  /** A statement without what it counted. */
  public static String statement(Statement statement, Devices devices) {
    return new StatementText(devices, Optional.empty()).of(statement);
  }

  /** Values side by side that a packet showed. */
  static String values(List<DataType> types, List<BigInteger> values, Devices devices) {
    return key(types, values.stream().map(Span::of).toList(), devices);
  }
}
