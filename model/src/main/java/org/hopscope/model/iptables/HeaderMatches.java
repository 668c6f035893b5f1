package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Wording;

/** Reads matches of IPv6's headers behind the first one: {@code ipv6header} and {@code srh}. */
final class HeaderMatches {
  /** Headers by the bit that stands for each, from the highest: their number, and their names, of which the first is saved. */
  private static final List<Named> HEADERS = List.of(new Named(0x80, 0, "hop-by-hop", "hop"),
      new Named(0x40, 60, "ipv6-opts", "dst"), new Named(0x20, 43, "ipv6-route", "route"),
      new Named(0x10, 44, "ipv6-frag", "frag"), new Named(0x08, 51, "ah", "auth"), new Named(0x04, 50, "esp", "esp"),
      new Named(0x02, 59, "ipv6-nonxt", "none"), new Named(0x01, 255, "protocol", "prot"));

  private record Named(int bit, int number, String saved, String word) {
  }

  private HeaderMatches() {
  }

  private static int header(String word) throws Complaint {
    Optional<Integer> number = Values.number(word).map(Long::intValue).or(() -> Databases.protocol(word));
    for (Named header : HEADERS) {
      if (header.word().equals(word) || header.saved().equals(word)
          || number.filter(n -> n == header.number()).isPresent()) {
        return header.bit();
      }
    }
    throw Complaint.parameter("unknown header `" + number.map(Object::toString).orElse(word) + "' specified");
  }

  static Extension<Match> ipv6header() {
    return new Extension<>("ipv6header", "header:!* soft") {
      private int mask;
      private boolean not;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (option.equals("header")) {
          for (String word : argument.split(",")) {
            mask |= word.isEmpty() ? 0 : header(word);
          }
          if (mask == 0) {
            throw Complaint.parameter("ip6t_ipv6header: cannot parse header names");
          }
          not = inverted;
        }
      }

      @Override
      Match done() {
        List<String> names = HEADERS.stream().filter(h -> (mask & h.bit()) != 0).map(Named::saved).toList();
        Phrases phrases = new Phrases().save(not, "header", String.join(",", names))
            .either("ipv6header flags:" + Phrases.not(not) + String.format(Locale.ROOT, "0x%02X", mask),
                "ipv6header flags:" + Phrases.not(not) + String.join(",", names));
        if (has("soft")) {
          phrases.save("--soft").list("soft");
        }
        return phrases.match("ipv6header", Wording.Place.ANY, new Condition.Headers(mask, has("soft"), not));
      }
    };
  }

  private static final String SRH =
      "srh-next-hdr:! srh-hdr-len-eq:! srh-hdr-len-gt:! srh-hdr-len-lt:! srh-segs-left-eq:! "
          + "srh-segs-left-gt:! srh-segs-left-lt:! srh-last-entry-eq:! srh-last-entry-gt:! srh-last-entry-lt:! srh-tag:! "
          + "srh-psid:! srh-nsid:! srh-lsid:!";

  /** A value as it is saved, and whether it must not be. */
  private record Said(String value, boolean inverted) {
  }

  /** No packet of a lab has a segment routing header. */
  static Extension<Match> srh() {
    return new Extension<>("srh", SRH) {
      private final Map<String, Said> said = new HashMap<>();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        String value = option.endsWith("sid")
            ? Values.hostMask(IpFamily.INET6, "srh", option, argument).full()
            : Long.toString(number(option, argument, 0, option.equals("srh-tag") ? 0xffff : 0xff));
        said.put(option, new Said(value, inverted));
      }

      @Override
      Match done() {
        Phrases phrases = new Phrases();
        List<String> listed = new ArrayList<>(List.of("srh"));
        for (Option option : options()) {
          Optional.ofNullable(said.get(option.name())).ifPresent(s -> {
            phrases.save(s.inverted(), option.name(), s.value());
            String word = option.name().substring("srh-".length());
            listed.add(word.endsWith("sid") ? word + " " + Phrases.not(s.inverted()) + " " + s.value()
                : word + ":" + Phrases.not(s.inverted()) + s.value());
          });
        }
        return phrases.list(String.join(" ", listed)).match("srh", Wording.Place.ANY, new Condition.Fixed(false));
      }
    };
  }
}
