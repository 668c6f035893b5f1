package org.hopscope.model.iptables;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Deed;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Wording;

/** Reads {@code HMARK}: a mark that follows from a packet's addresses and ports (libxt_HMARK.c). */
final class HashMark extends Extension<Target> {
  private static final long UNSIGNED = 0xffff_ffffL;
  private static final int SHORT = 0xffff;
  /** What a hash is made of, in the order in which it is told: the option, and the word of {@code --hmark-tuple} for all of it. */
  private static final List<Part> PARTS = List.of(new Part("src-prefix", "src", 0), new Part("dst-prefix", "dst", 0),
      new Part("sport-mask", "sport", 4), new Part("dport-mask", "dport", 4), new Part("spi-mask", "spi", 8),
      new Part("sport", "", 4), new Part("dport", "", 4), new Part("spi", "", 8), new Part("proto-mask", "proto", 2));

  /** One of them; {@code digits} are how many it is saved with, 0 for a length. */
  private record Part(String option, String word, int digits) {
    private long most() {
      return digits == 8 ? UNSIGNED : SHORT;
    }
  }

  private final IpFamily family;
  private final Map<String, Long> said = new HashMap<>();
  private boolean byConnection;
  private int seed;
  private int modulus;
  private int offset;

  HashMark(IpFamily family) {
    super("HMARK",
        "hmark-src-prefix: hmark-dst-prefix: hmark-sport-mask: hmark-dport-mask: hmark-spi-mask: hmark-sport: "
            + "hmark-dport: hmark-spi: hmark-proto-mask: hmark-rnd: hmark-mod: hmark-offset: hmark-tuple:");
    this.family = family;
  }

  @Override
  void read(String option, boolean inverted, String argument, Words more) throws Complaint {
    String name = option.substring("hmark-".length());
    switch (name) {
      case "rnd" -> seed = (int) number(option, argument, 0, UNSIGNED);
      case "mod" -> modulus = (int) number(option, argument, 1, UNSIGNED);
      case "offset" -> offset = (int) number(option, argument, 0, UNSIGNED);
      case "tuple" -> tuple(argument);
      case "src-prefix", "dst-prefix" ->
          said.put(name, (long) Values.prefixLength(family, "HMARK", option, argument));
      default -> said.put(name, number(option, argument, 0, part(name).most()));
    }
  }

  private static Part part(String option) {
    return PARTS.stream().filter(p -> p.option().equals(option)).findFirst().orElseThrow();
  }

  private void tuple(String text) throws Complaint {
    String rest = text;
    while (true) {
      int cut = rest.indexOf(',', 1);
      String word = cut < 0 ? rest : rest.substring(0, cut);
      if (word.isEmpty()) {
        throw Complaint.parameter(
            "\"--hmark-tuple\" requires a list of types with no spaces, e.g. src,dst,sport,dport,proto");
      }
      Optional<Part> part = PARTS.stream().filter(p -> p.word().equals(word)).findFirst();
      if (part.isPresent()) {
        said.put(part.get().option(), part.get().digits() == 0 ? family.width() : part.get().most());
        taken("hmark-" + part.get().option());
      } else if (word.equals("ct")) {
        byConnection = true;
      } else {
        throw Complaint.parameter("Bad type \"" + word + "\"");
      }
      if (cut < 0) {
        return;
      }
      rest = rest.substring(cut + 1);
    }
  }

  @Override
  void check() throws Complaint {
    for (String needed : List.of("mod", "rnd")) {
      if (!has("hmark-" + needed)) {
        throw Complaint.parameter("--hmark-" + needed + " is mandatory");
      }
    }
    if (said.containsKey("spi-mask") && (said.containsKey("sport-mask") || said.containsKey("dport-mask"))) {
      throw Complaint.parameter("you cannot use --hmark-spi-mask and --hmark-?port-mask,at the same time");
    }
    if (said.isEmpty() && !byConnection) {
      throw Complaint.parameter("you have to specify --hmark-tuple at least");
    }
  }

  @Override
  Target done() {
    Phrases phrases = new Phrases().list("HMARK mod", Integer.toUnsignedString(modulus));
    if (offset != 0) {
      phrases.list("+", Values.hex(offset));
    }
    if (byConnection) {
      phrases.list("ct,");
    }
    for (Part part : PARTS) {
      Optional.ofNullable(said.get(part.option())).ifPresent(v -> say(phrases, part, v));
    }
    phrases.save("--hmark-rnd", Phrases.wordHex(seed)).list("rnd", Values.hex(seed))
        .save("--hmark-mod", Integer.toUnsignedString(modulus));
    if (offset != 0) {
      phrases.save("--hmark-offset", Integer.toUnsignedString(offset));
    }
    if (byConnection) {
      phrases.save("--hmark-tuple ct");
    }
    boolean both = said.containsKey("spi") && (said.containsKey("sport") || said.containsKey("dport"));
    return phrases.target("HMARK", both ? Wording.Place.NOWHERE : Wording.Place.ANY, new Deed.HashMark(byConnection,
        Values.mask(family, (int) value("src-prefix")), Values.mask(family, (int) value("dst-prefix")),
        ports("sport-mask", "dport-mask", "spi-mask"), ports("sport", "dport", "spi"), (int) value("proto-mask"),
        new Deed.HashMark.Range(seed, modulus, offset)));
  }

  private long value(String option) {
    return said.getOrDefault(option, 0L);
  }

  /** Both ports in one word, or what stands in their place in ESP. */
  private int ports(String source, String destination, String index) {
    return said.containsKey(index) ? (int) value(index) : (int) (value(source) << 16 | value(destination));
  }

  private void say(Phrases phrases, Part part, long value) {
    String option = "--hmark-" + part.option();
    if (part.digits() == 0) {
      boolean whole = family == IpFamily.INET6 && value == family.width();
      phrases.save(option, Long.toString(value)).list(part.option(), whole ? "" : Long.toString(value));
    } else {
      phrases.save(option, String.format(Locale.ROOT, "0x%0" + part.digits() + "x", value)).list(part.option(),
          Values.hex((int) value));
    }
  }
}
