package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.Wording;

/** Reads matches that look at single fields of headers: the type of service, the segment size. */
final class FieldMatches {
  /** RFC 1349 (iptables extensions/tos_values.c). */
  private static final Map<String, Integer> SERVICES = Map.of("minimize-delay", 0x10, "maximize-throughput", 8,
      "maximize-reliability", 4, "minimize-cost", 2, "normal-service", 0);
  private static final int SERVICE_MASK = 0x3f;
  /** RFC 2474, RFC 2597, RFC 3246 (iptables extensions/dscp_helper.c); a name may go on behind what is known. */
  private static final Map<String, Integer> CLASSES = Map.ofEntries(Map.entry("CS0", 0), Map.entry("CS1", 8),
      Map.entry("CS2", 0x10), Map.entry("CS3", 0x18), Map.entry("CS4", 0x20), Map.entry("CS5", 0x28),
      Map.entry("CS6", 0x30), Map.entry("CS7", 0x38), Map.entry("BE", 0), Map.entry("AF11", 0x0a),
      Map.entry("AF12", 0x0c), Map.entry("AF13", 0x0e), Map.entry("AF21", 0x12), Map.entry("AF22", 0x14),
      Map.entry("AF23", 0x16), Map.entry("AF31", 0x1a), Map.entry("AF32", 0x1c), Map.entry("AF33", 0x1e),
      Map.entry("AF41", 0x22), Map.entry("AF42", 0x24), Map.entry("AF43", 0x26), Map.entry("EF", 0x2e));
  private static final int HIGHEST_DSCP = 63;
  private static final int DSCP_MASK = 0xfc;
  private static final int BYTE = 0xff;

  private FieldMatches() {
  }

  /** A type of service by number, perhaps with a mask, or by name: value and mask. */
  static int[] service(String extension, String option, String text) throws Complaint {
    int slash = text.indexOf('/');
    Optional<Long> value = Values.number(slash < 0 ? text : text.substring(0, slash)).filter(n -> n <= BYTE);
    if (value.isPresent()) {
      long mask = slash < 0 ? BYTE : Values.number(text.substring(slash + 1)).filter(n -> n <= BYTE)
          .orElseThrow(() -> Complaint
              .parameter(extension + ": Bad value for \"--" + option + "\" option: \"" + text + "\""));
      return new int[] {value.get().intValue(), (int) mask};
    }
    Integer named = SERVICES.get(text.toLowerCase(Locale.ROOT));
    if (named == null) {
      throw Complaint.parameter("Symbolic name \"" + text + "\" is unknown");
    }
    return new int[] {named, SERVICE_MASK};
  }

  /** The name of a type of service, which stands for its value with the mask of names. */
  static Optional<String> serviceName(int[] field) {
    return SERVICES.entrySet().stream().filter(s -> s.getValue() == field[0] && field[1] == SERVICE_MASK)
        .map(s -> Stream.of(s.getKey().split("-")).map(w -> w.substring(0, 1).toUpperCase(Locale.ROOT) + w.substring(1))
            .collect(Collectors.joining("-")))
        .findFirst();
  }

  static int dscp(String name) throws Complaint {
    String upper = name.toUpperCase(Locale.ROOT);
    return CLASSES.entrySet().stream().filter(c -> upper.startsWith(c.getKey())).map(Map.Entry::getValue).findFirst()
        .orElseThrow(() -> Complaint.parameter("Invalid DSCP value `" + name + "'"));
  }

  static Extension<Match> tos() {
    return new Extension<>("tos", "tos:!*") {
      private int[] field = {0, 0};
      private boolean not;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        field = service("tos", option, argument);
        not = inverted;
      }

      @Override
      Match done() {
        String text = Phrases.byteHex(field[0]) + "/" + Phrases.byteHex(field[1]);
        return new Phrases().save(not, "tos", text)
            .either("tos match" + Phrases.not(not) + text,
                "tos match" + Phrases.not(not) + serviceName(field).map(n -> " " + n).orElse(text))
            .match("tos",
                Wording.Place.ANY, new Condition.TrafficClass(field[0], field[1], not));
      }
    };
  }

  static Extension<Match> dscp() {
    return new Extension<>("dscp", "dscp:! dscp-class:!") {
      private int value;
      private boolean not;

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("dscp", "dscp-class"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        value = option.equals("dscp") ? (int) number(option, argument, 0, HIGHEST_DSCP) : dscp(argument);
        not = inverted;
      }

      @Override
      void check() throws Complaint {
        if (!has("dscp") && !has("dscp-class")) {
          throw Complaint.parameter("DSCP match: Parameter --dscp is required");
        }
      }

      @Override
      Match done() {
        return new Phrases().save(not, "dscp", Phrases.byteHex(value))
            .list("DSCP match", Phrases.not(not) + Phrases.byteHex(value))
            .match("dscp", Wording.Place.ANY, new Condition.TrafficClass(value << 2, DSCP_MASK, not));
      }
    };
  }

  static Extension<Match> ecn() {
    return new Extension<>("ecn", "ecn-tcp-cwr! ecn-tcp-ece! ecn-ip-ect:!") {
      private Optional<Boolean> cwr = Optional.empty();
      private Optional<Boolean> ece = Optional.empty();
      private Optional<Boolean> ect = Optional.empty();
      private int value;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "ecn-tcp-cwr" -> cwr = Optional.of(inverted);
          case "ecn-tcp-ece" -> ece = Optional.of(inverted);
          default -> {
            value = (int) number(option, argument, 0, 3);
            ect = Optional.of(inverted);
          }
        }
      }

      @Override
      void check() throws Complaint {
        if (cwr.isEmpty() && ece.isEmpty() && ect.isEmpty()) {
          throw Complaint.parameter("ECN match: some option required");
        }
      }

      /** No segment of a lab has one of the two flags: nobody there negotiates congestion notification. */
      @Override
      Match done() {
        Phrases phrases = new Phrases().list("ECN match");
        List<Condition.Plain> all = new ArrayList<>();
        ece.ifPresent(not -> {
          phrases.save(not, "ecn-tcp-ece", "").list(Phrases.not(not) + "ECE");
          all.add(new Condition.Fixed(not));
        });
        cwr.ifPresent(not -> {
          phrases.save(not, "ecn-tcp-cwr", "").list(Phrases.not(not) + "CWR");
          all.add(new Condition.Fixed(not));
        });
        ect.ifPresent(not -> {
          phrases.save(not, "ecn-ip-ect", Integer.toString(value)).list(Phrases.not(not) + "ECT=" + value);
          all.add(new Condition.TrafficClass(value, 3, not));
        });
        return phrases.match("ecn", cwr.isPresent() || ece.isPresent()
            ? Wording.Place.ofProtocol(Protocols.TCP)
            : Wording.Place.ANY, new Condition.All(all));
      }
    };
  }

  static Extension<Match> tcpmss() {
    return new Extension<>("tcpmss", "mss:!*") {
      private long[] sizes = {0, 0};
      private boolean not;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        sizes = range(option, argument, 0, 0xffff);
        not = inverted;
        if (sizes[0] > sizes[1]) {
          throw Complaint.parameter("tcpmss: invalid range given");
        }
      }

      @Override
      Match done() {
        return new Phrases().save(not, "mss", Phrases.range(sizes))
            .list("tcpmss match", Phrases.not(not) + Phrases.range(sizes))
            .match("tcpmss", Wording.Place.ofProtocol(Protocols.TCP),
                new Condition.MaxSegment((int) sizes[0], (int) sizes[1], not));
      }
    };
  }
}
