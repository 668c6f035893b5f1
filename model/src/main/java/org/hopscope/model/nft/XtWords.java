package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;

/**
 * Matches and targets beyond the teaching core in the words of nft, told from their options as they are saved. What is not here
 * has no translation in libxtables 1.8.9 (iptables extensions, their functions {@code xlate}).
 */
final class XtWords {
  /** How the options of one extension read; empty where these have no translation. */
  private interface Reading extends BiFunction<XtSaid, IpFamily, Optional<String>> {
  }

  private static final Map<String, Reading> MATCHES = Map.ofEntries(
      Map.entry("connbytes", (said, _) -> connbytes(said)), Map.entry("connlabel", (said, _) -> connlabel(said)),
      Map.entry("owner", (said, _) -> owner(said)), Map.entry("time", (said, _) -> time(said)),
      Map.entry("hashlimit", XtWords::hashlimit), Map.entry("cluster", (said, _) -> cluster(said)),
      Map.entry("policy",
          (said, _) -> said.find("pol").filter(_ -> said.only("dir", "pol") && said.value("dir", "").equals("in"))
              .map(p -> "meta secpath " + (p.value().equals("ipsec") ? "exists" : "missing"))),
      Map.entry("realm", (said, _) -> said.find("realm").map(XtWords::realm)),
      Map.entry("helper", (said, _) -> said.find("helper").map(h -> "ct helper " + h.sign() + "\"" + h.value() + "\"")),
      Map.entry("dscp", (said, family) -> fields(said, "dscp", XtMatches.header(family) + " dscp")),
      Map.entry("quota", (said, _) -> said.find("quota")
          .map(q -> "quota " + (q.inverted() ? "over " : "") + q.value() + " bytes")),
      Map.entry("cpu", (said, _) -> fields(said, "cpu", "cpu")),
      Map.entry("tcpmss", (said, _) -> fields(said, "mss", "tcp option maxseg size")),
      Map.entry("ecn", (said, _) -> ecn(said)), Map.entry("rpfilter", (said, _) -> rpfilter(said)),
      Map.entry("esp", (said, _) -> fields(said, "espspi", "esp spi")),
      Map.entry("ah",
          (said, family) -> fields(said, "ahspi", "ah spi", "ahlen", "ah hdrlength", "ahres", "ah reserved 1")
              .map(t -> t.isEmpty() && family == IpFamily.INET6 ? "meta l4proto ah" : t)),
      Map.entry("cgroup", (said, _) -> said.find("cgroup").map(c -> "meta cgroup " + c.compared())),
      Map.entry("devgroup", (said, _) -> said.find("src-group").map(g -> "iifgroup " + group(g))
          .or(() -> said.find("dst-group").map(g -> "oifgroup " + group(g)))),
      Map.entry("ipcomp", (said, _) -> fields(said, "ipcompspi", "comp cpi")),
      Map.entry("dccp", (said, _) -> dccp(said)), Map.entry("sctp", (said, _) -> sctp(said)),
      Map.entry("frag", (said, _) -> fields(said, "fragid", "frag id", "fragres", "frag reserved 1", "fragfirst",
          "frag frag-off 0", "fragmore", "frag more-fragments 1", "fraglast", "frag more-fragments 0")),
      Map.entry("hbh",
          (said, _) -> said.options().keySet().equals(Set.of("hbh-len")) ? fields(said, "hbh-len", "hbh hdrlength")
              : Optional.empty()),
      Map.entry("rt", (said, _) -> said.only("rt-type", "rt-segsleft", "rt-len")
          ? fields(said, "rt-type", "rt type", "rt-segsleft", "rt seg-left", "rt-len", "rt hdrlength")
          : Optional.empty()),
      Map.entry("mh", (said, _) -> fields(said, "mh-type", "mh type")));

  private static final Map<String, Reading> TARGETS = Map.of("DSCP",
      (said, family) -> said.find("set-dscp").map(d -> XtMatches.header(family) + " dscp set " + d.value()), "TOS",
      (said, _) -> said.find("set-tos").map(t -> tos(t.value())), "CLASSIFY",
      (said, _) -> said.find("set-class").map(c -> "meta priority set " + priority(c.value())), "AUDIT",
      (_, _) -> Optional.of("log level audit"), "NFQUEUE", (said, _) -> Optional.of(queue(said)), "TEE",
      (said, _) -> Optional.of("dup to " + said.value("gateway", "")
          + said.find("oif").map(d -> " device " + d.value()).orElse("")));

  private static final List<String> CHUNKS = List.of("data", "init", "init-ack", "sack", "heartbeat", "heartbeat-ack",
      "abort", "shutdown", "shutdown-ack", "error", "cookie-echo", "cookie-ack", "ecne", "cwr", "shutdown-complete",
      "i-data", "re-config", "pad", "asconf", "asconf-ack", "forward-tsn", "i-forward-tsn");

  private XtWords() {
  }

  static Optional<String> match(String name, XtSaid said, IpFamily family) {
    return Optional.ofNullable(MATCHES.get(name)).flatMap(r -> r.apply(said, family));
  }

  static Optional<String> target(String name, XtSaid said, IpFamily family) {
    return Optional.ofNullable(TARGETS.get(name)).flatMap(r -> r.apply(said, family));
  }

  /**
   * Options that are fields, in this order: an option and what it is called, by turns. One that has no value says all by its name.
   * What is said of none of them is left out.
   */
  private static Optional<String> fields(XtSaid said, String... pairs) {
    return Optional.of(IntStream.range(0, pairs.length / 2).boxed().flatMap(i -> said.find(pairs[2 * i])
        .map(o -> (pairs[2 * i + 1] + " " + o.compared()).stripTrailing()).stream())
        .collect(Collectors.joining(" ")));
  }

  private static Optional<String> owner(XtSaid said) {
    return said.options().size() != 1 ? Optional.empty()
        : said.find("uid-owner").map(u -> "skuid " + u.compared())
            .or(() -> said.find("gid-owner").map(g -> "skgid " + g.compared()));
  }

  private static Optional<String> connbytes(XtSaid said) {
    XtSaid.Option range = said.find("connbytes").orElseThrow();
    String way = said.value("connbytes-dir", "both");
    String[] between = range.value().split(":");
    String ends = between.length == 2
        ? range.sign() + (between[0].equals(between[1]) ? between[0] : between[0] + "-" + between[1])
        : (range.inverted() ? "lt " : "ge ") + range.value();
    return Optional.of("ct " + (way.equals("both") ? "" : way + " ") + said.value("connbytes-mode", "") + " " + ends);
  }

  private static Optional<String> connlabel(XtSaid said) {
    XtSaid.Option label = said.find("label").orElseThrow();
    String number = label.value();
    return Optional.of((said.has("set") ? "ct label set " + number + " " : "") + "ct label "
        + (label.inverted() ? "and " + number + " != " : "") + number);
  }

  private static Optional<String> time(XtSaid said) {
    String end = "2038-01-19T03:14:07";
    StringBuilder text = new StringBuilder();
    if (said.has("datestart") || !said.value("datestop", end).equals(end)) {
      text.append(("meta time \"" + said.value("datestart", "1970-01-01T00:00:00") + "\"-\""
          + said.value("datestop", end) + "\"").replace('T', ' '));
    }
    if (said.has("timestart") || said.has("timestop")) {
      text.append(" meta hour \"" + said.value("timestart", "00:00:00") + "\"-\"" + said.value("timestop", "23:59:59")
          + "\"");
    }
    List<String> week = List.of("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat");
    said.find("weekdays").map(d -> List.of(d.value().split(",")).stream().map(n -> "" + week.indexOf(n)).toList())
        .ifPresent(days -> text.append(" meta day " + (days.size() == 1 ? days.getFirst()
            : "{ " + String.join(", ", days) + " }")));
    return said.has("monthdays") ? Optional.empty() : Optional.of(text.toString());
  }

  private static String group(XtSaid.Option group) {
    String[] parts = group.value().split("/");
    return parts.length == 1 ? group.compared() : "and " + parts[1] + (group.inverted() ? " != " : " == ") + parts[0];
  }

  /** Ports are always called TCP's; what is told beside a key has no word, and is told as that. */
  private static Optional<String> hashlimit(XtSaid said, IpFamily family) {
    Optional<XtSaid.Option> upTo = said.find("hashlimit-upto");
    String rate = upTo.or(() -> said.find("hashlimit-above")).orElseThrow().value();
    Set<String> mode = Set.of(said.value("hashlimit-mode", "").split(","));
    if (!said.has("hashlimit-mode") && !said.has("hashlimit-rate-match")) {
      return Optional.empty();
    }
    List<String> keys = new ArrayList<>();
    for (String side : List.of("dst", "src")) {
      String letter = side.substring(0, 1);
      if (mode.contains(side + "ip")) {
        keys.add(XtMatches.header(family) + " " + letter + "addr"
            + said.find("hashlimit-" + side + "mask").map(m -> " and " + mask(family, m.value())).orElse(""));
      }
      if (mode.contains(side + "port")) {
        keys.add("tcp " + letter + "port");
      }
    }
    if (said.has("hashlimit-rate-match")) {
      keys.add("(null)");
    }
    boolean bytes = rate.endsWith("b/s");
    int seconds = bytes ? said.has("hashlimit-burst") ? 60 : 15
        : Map.of("sec", 1, "min", 60, "hour", 3600, "day", 86_400).get(rate.substring(rate.indexOf('/') + 1));
    long expire = Long.parseLong(said.value("hashlimit-htable-expire", seconds + "000"));
    return Optional.of("meter " + said.value("hashlimit-name", "") + " { " + String.join(" . ", keys)
        + (expire == 1000 ? "" : " timeout " + expire / 1000 + "s") + " limit rate " + (upTo.isPresent() ? "" : "over ")
        + (bytes ? byteRate(said, rate) : packetRate(said, rate)) + " }");
  }

  private static String packetRate(XtSaid said, String rate) {
    Map<String, String> words = Map.of("sec", "second", "min", "minute", "hour", "hour", "day", "day");
    String burst = said.value("hashlimit-burst", "5");
    int cut = rate.indexOf('/');
    return rate.substring(0, cut) + "/" + words.get(rate.substring(cut + 1))
        + (burst.equals("5") ? "" : " burst " + burst + " packets");
  }

  private static String byteRate(XtSaid said, String rate) {
    return bytes(rate.substring(0, rate.length() - 2)) + "/second"
        + said.find("hashlimit-burst").map(b -> " burst " + bytes(b.value())).orElse("");
  }

  /** {@code 10kb} as nft says it. */
  private static String bytes(String text) {
    int digits = 0;
    while (Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    return text.substring(0, digits) + " " + text.substring(digits) + "ytes";
  }

  /** A mask whole, without what IPv6's notation leaves out. */
  private static String mask(IpFamily family, String length) {
    int ones = Integer.parseInt(length);
    return switch (family) {
      case INET -> Ipv4Address.mask(ones).toString();
      case INET6 -> IntStream.range(0, 8).map(i -> Math.clamp(ones - 16L * i, 0, 16))
          .mapToObj(n -> String.format(Locale.ROOT, "%04x", 0xffff << 16 - n & 0xffff))
          .collect(Collectors.joining(":"));
    };
  }

  private static Optional<String> cluster(XtSaid said) {
    XtSaid.Option nodes = said.find("cluster-local-nodemask").orElseThrow();
    int mask = Integer.parseUnsignedInt(nodes.value().substring(2), 16);
    boolean one = Integer.bitCount(mask) == 1;
    String which = one ? "eq " + (Integer.numberOfTrailingZeros(mask) + 1)
        : "{ " + IntStream.range(0, 32).filter(i -> (mask & 1 << i) != 0).mapToObj(Integer::toString)
            .collect(Collectors.joining(", ")) + " }";
    return Optional.of("jhash ct original saddr mod " + said.value("cluster-total-nodes", "") + " seed "
        + said.value("cluster-hash-seed", "") + " " + which + " meta pkttype set host");
  }

  private static String realm(XtSaid.Option realm) {
    String[] parts = realm.value().split("/");
    return parts.length == 1 ? "rtclassid " + realm.sign() + parts[0]
        : "rtclassid and " + parts[1] + (realm.inverted() ? " != " : " == ") + parts[0];
  }

  /** Where one of them is inverted, all read so. */
  private static Optional<String> ecn(XtSaid said) {
    List<String> bits = List.of("not-ect", "ect1", "ect0", "ce");
    String sign = said.options().values().stream().anyMatch(XtSaid.Option::inverted) ? "!= " : "";
    List<String> text = new ArrayList<>();
    said.find("ecn-tcp-ece").ifPresent(_ -> text.add("tcp flags " + sign + "ecn"));
    said.find("ecn-tcp-cwr").ifPresent(_ -> text.add("tcp flags " + sign + "cwr"));
    said.find("ecn-ip-ect").ifPresent(e -> text.add("ip ecn " + sign + bits.get(Integer.parseInt(e.value()))));
    return Optional.of(String.join(" ", text));
  }

  private static Optional<String> rpfilter(XtSaid said) {
    return said.has("accept-local") ? Optional.empty()
        : Optional.of("fib saddr" + (said.has("validmark") ? " . mark" : "") + (said.has("loose") ? "" : " . iif")
            + " oif " + (said.has("invert") ? "0" : "!= 0"));
  }

  private static Optional<String> dccp(XtSaid said) {
    String types = said.find("dccp-types").map(t -> {
      String names = t.value().toLowerCase(Locale.ROOT).replace(",", ", ");
      return "dccp type " + t.sign() + (names.contains(",") ? "{ " + names + " }" : names);
    }).orElse("");
    String ports = fields(said, "sport", "dccp sport", "dport", "dccp dport").orElseThrow();
    return said.has("dccp-option") ? Optional.empty() : Optional.of((ports + " " + types).strip());
  }

  /** SCTP with its chunks; that any of some is there cannot be told. */
  private static Optional<String> sctp(XtSaid said) {
    Optional<XtSaid.Option> types = said.find("chunk-types").filter(t -> !t.words().getFirst().equals("any"));
    return types.flatMap(t -> fields(said, "sport", "sctp sport", "dport", "sctp dport")
        .map(ports -> (ports + " " + chunks(t)).strip()));
  }

  private static String chunks(XtSaid.Option types) {
    boolean only = types.words().getFirst().equals("only");
    Map<String, String> named = new HashMap<>();
    for (String word : types.words().getLast().toLowerCase(Locale.ROOT).equals("none") ? new String[0]
        : types.words().getLast().split(",")) {
      String[] parts = word.split(":");
      named.put(parts[0].toLowerCase(Locale.ROOT).replace('_', '-'), parts.length == 1 ? "" : parts[1]);
    }
    return CHUNKS.stream().filter(c -> only || named.containsKey(c) || named.containsKey("all"))
        .map(c -> "sctp chunk " + c + presence(named.containsKey("all") ? Optional.of("")
            : Optional.ofNullable(named.get(c)), types.inverted()))
        .collect(Collectors.joining(" "));
  }

  /** Whether a chunk is there; its flags are letters, great ones for those that must be set. */
  private static String presence(Optional<String> flags, boolean inverted) {
    if (flags.isEmpty() || flags.get().isEmpty()) {
      return flags.isPresent() != inverted ? " exists" : " missing";
    }
    String letters = "EBUI";
    int mask = 0;
    int value = 0;
    for (char letter : flags.get().toCharArray()) {
      int bit = 1 << Math.max(0, letters.indexOf(Character.toUpperCase(letter)));
      mask |= bit;
      value |= Character.isUpperCase(letter) ? bit : 0;
    }
    return " flags & 0x" + Integer.toHexString(mask) + (inverted ? " != 0x" : " == 0x") + Integer.toHexString(value);
  }

  /** The six bits above the two of ECN, which are called those of IPv6 in both families. */
  private static String tos(String value) {
    String[] parts = value.split("/");
    int mask = Integer.decode(parts[1]);
    return "ip6 dscp set " + XtTargets.bits(Integer.decode(parts[0]), mask == 0xff || mask == 0x3f ? -1 : mask,
        new XtTargets.Operations("ip6 dscp ", "ip6 dscp and %s xor %s",
            n -> String.format(Locale.ROOT, "0x%02x", (n & 0xff) >> 2)));
  }

  private static String priority(String words) {
    return List.of(words.split(":")).stream().map(w -> Integer.toHexString(Integer.parseInt(w, 16)))
        .collect(Collectors.joining(":"));
  }

  private static String queue(XtSaid said) {
    List<String> flags = new ArrayList<>();
    if (said.has("queue-bypass")) {
      flags.add("bypass");
    }
    if (said.has("queue-cpu-fanout")) {
      flags.add("fanout");
    }
    return ("queue num " + said.value("queue-num", said.value("queue-balance", "0").replace(':', '-')) + " "
        + String.join(",", flags)).strip();
  }
}
