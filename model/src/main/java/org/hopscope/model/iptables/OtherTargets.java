package org.hopscope.model.iptables;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.netfilter.Deed;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Wording;

/** Reads targets beyond the teaching core. */
final class OtherTargets {
  private static final long UNSIGNED = 0xffff_ffffL;
  private static final int BYTE = 0xff;
  /** MAX_IDLETIMER_LABEL_SIZE without its end. */
  private static final int LABEL = 27;
  private static final int DSCP_MASK = 0xfc;
  /** As sscanf reads {@code %x:%x}: what stands behind is left out. */
  private static final Pattern CLASS =
      Pattern.compile("\\s*([+-]?)(0[xX]|)([0-9a-fA-F]*):\\s*([+-]?)(0[xX]|)([0-9a-fA-F]*)");
  private static final Deed UNSEEN = new Deed.Unseen();

  private OtherTargets() {
  }

  /** {@code -j NAME} of this class; empty for all other names. */
  static Optional<Extension<Target>> named(String name) {
    return Optional.ofNullable(switch (name) {
      case "TOS" -> tos();
      case "DSCP" -> dscp();
      case "ECN" -> ecn();
      case "NFLOG" -> nflog();
      case "NFQUEUE" -> nfqueue();
      case "CLASSIFY" -> classify();
      case "AUDIT" -> audit();
      case "CHECKSUM" -> checksum();
      case "CONNSECMARK" -> connsecmark();
      case "IDLETIMER" -> idletimer();
      default -> null;
    });
  }

  private static Extension<Target> tos() {
    return new Extension<>("TOS", "set-tos: and-tos: or-tos: xor-tos:") {
      private int[] field = {0, 0};

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("set-tos", "and-tos", "or-tos", "xor-tos"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (option.equals("set-tos")) {
          field = FieldMatches.service("TOS", option, argument);
          return;
        }
        int bits = (int) number(option, argument, 0, BYTE);
        field = switch (option) {
          case "and-tos" -> new int[] {0, ~bits & BYTE};
          case "or-tos" -> new int[] {bits, bits};
          default -> new int[] {bits, 0};
        };
      }

      @Override
      void check() throws Complaint {
        if (!has("set-tos") && !has("and-tos") && !has("or-tos") && !has("xor-tos")) {
          throw Complaint.parameter("TOS: An action is required");
        }
      }

      @Override
      Target done() {
        String text = Phrases.byteHex(field[0]) + "/" + Phrases.byteHex(field[1]);
        return new Phrases().save("--set-tos", text)
            .either("TOS set " + text, FieldMatches.serviceName(field).map(n -> " TOS set" + n).orElseGet(this::named))
            .target("TOS",
                Wording.Place.in(TableName.MANGLE), new Deed.Reclassify(field[0], field[1]));
      }

      /** As few bits as it touches (libxt_TOS.c tos_tg_print). */
      private String named() {
        return field[1] == 0 ? "TOS xor " + Phrases.byteHex(field[0])
            : field[0] == 0 ? "TOS and " + Phrases.byteHex(~field[1] & BYTE)
            : field[0] == field[1] ? "TOS or " + Phrases.byteHex(field[0])
            : "TOS set " + Phrases.byteHex(field[0]) + "/" + Phrases.byteHex(field[1]);
      }
    };
  }

  private static Extension<Target> dscp() {
    return new Extension<>("DSCP", "set-dscp: set-dscp-class:") {
      private int value;

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("set-dscp", "set-dscp-class"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        value = option.equals("set-dscp") ? (int) number(option, argument, 0, 63) : FieldMatches.dscp(argument);
      }

      @Override
      void check() throws Complaint {
        if (!has("set-dscp") && !has("set-dscp-class")) {
          throw Complaint.parameter("DSCP target: Parameter --set-dscp is required");
        }
      }

      @Override
      Target done() {
        return new Phrases().save("--set-dscp", Phrases.byteHex(value)).list("DSCP set", Phrases.byteHex(value))
            .target("DSCP", Wording.Place.in(TableName.MANGLE), new Deed.Reclassify(value << 2, DSCP_MASK));
      }
    };
  }

  /** No segment of a lab has the flags that this takes away. */
  private static Extension<Target> ecn() {
    return new Extension<>("ECN", "ecn-tcp-remove ecn-tcp-cwr: ecn-tcp-ece: ecn-ip-ect:") {
      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (!option.equals("ecn-tcp-remove")) {
          throw Complaint.unsupported("--" + option);
        }
      }

      @Override
      void check() throws Complaint {
        if (!has("ecn-tcp-remove")) {
          throw Complaint.parameter("ECN target: An operation is required");
        }
      }

      @Override
      Target done() {
        return new Phrases().save("--ecn-tcp-remove").list("ECN TCP remove").target("ECN",
            new Wording.Place(Set.of(Protocols.TCP), Set.of(), Set.of(TableName.MANGLE)), UNSEEN);
      }
    };
  }

  private static Extension<Target> nflog() {
    return new Extension<>("NFLOG",
        "nflog-group: nflog-prefix: nflog-range: nflog-size: nflog-threshold:") {
      private long group;
      private String prefix = "";
      private Optional<Long> size = Optional.empty();
      private long threshold;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "nflog-group" -> group = number(option, argument, 0, 0xffff);
          case "nflog-threshold" -> threshold = number(option, argument, 0, 0xffff);
          case "nflog-size" -> size = Optional.of(number(option, argument, 0, UNSIGNED));
          case "nflog-range" -> {
            number(option, argument, 0, UNSIGNED);
            more.remark("warn: --nflog-range has never worked and is no longer supported, "
                + "please use --nflog-size instead");
          }
          default -> {
            if (argument.isEmpty()) {
              throw Complaint.parameter("Argument must have a minimum length of 1 characters");
            }
            if (argument.contains("\n")) {
              throw Complaint.parameter("Newlines not allowed in --log-prefix");
            }
            prefix = argument;
          }
        }
      }

      @Override
      Target done() {
        Phrases phrases = new Phrases();
        if (!prefix.isEmpty()) {
          say(phrases, "prefix", Values.quoted(prefix));
        }
        if (group != 0) {
          say(phrases, "group", Long.toString(group));
        }
        size.ifPresent(s -> say(phrases, "size", s.toString()));
        if (threshold != 0) {
          say(phrases, "threshold", Long.toString(threshold));
        }
        return phrases.target("NFLOG", Wording.Place.ANY, UNSEEN);
      }

      private void say(Phrases phrases, String option, String value) {
        phrases.save("--nflog-" + option, value).list("nflog-" + option, value);
      }
    };
  }

  private static Extension<Target> nfqueue() {
    return new Extension<>("NFQUEUE", "queue-num: queue-balance: queue-bypass queue-cpu-fanout") {
      private long[] queues = {0, 0};

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("queue-num", "queue-balance"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (option.equals("queue-num")) {
          long number = number(option, argument, 0, 0xffff);
          queues = new long[] {number, number};
        } else if (option.equals("queue-balance")) {
          queues = range(option, argument, 0, 0xffff);
          if (!argument.contains(":")) {
            throw Complaint.parameter("Bad range \"" + argument + "\"");
          }
          if (queues[0] >= queues[1]) {
            throw Complaint.parameter(queues[0] + " should be less than " + queues[1]);
          }
        }
      }

      @Override
      void check() throws Complaint {
        if (has("queue-cpu-fanout") && !has("queue-balance")) {
          throw Complaint
              .parameter("NFQUEUE: option \"--queue-cpu-fanout\" also requires \"--queue-balance\".");
        }
      }

      /** All 65,536 queues together are more than the kernel counts (xt_NFQUEUE.c nfqueue_tg_check). */
      @Override
      Target done() throws Complaint {
        boolean balances = has("queue-balance");
        Phrases phrases = new Phrases().save(balances ? "--queue-balance" : "--queue-num", Phrases.range(queues))
            .list("NFQUEUE", balances ? "balance" : "num", Phrases.range(queues));
        if (has("queue-bypass")) {
          phrases.save("--queue-bypass").list("bypass");
        }
        if (has("queue-cpu-fanout")) {
          phrases.save("--queue-cpu-fanout").list("cpu-fanout");
        }
        boolean tooMany = queues[0] == 0 && queues[1] == 0xffff;
        return phrases.target("NFQUEUE", tooMany ? Wording.Place.NOWHERE : Wording.Place.ANY,
            new Deed.Queue(has("queue-bypass")));
      }
    };
  }

  private static Extension<Target> classify() {
    return new Extension<>("CLASSIFY", "set-class:*") {
      private int major;
      private int minor;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        Matcher parts = CLASS.matcher(argument);
        if (!parts.lookingAt() || (parts.group(2) + parts.group(3)).isEmpty()
            || (parts.group(5) + parts.group(6)).isEmpty()) {
          throw Complaint.parameter("Bad class value \"" + argument + "\"");
        }
        major = hex(parts.group(1), parts.group(3));
        minor = hex(parts.group(4), parts.group(6));
      }

      /** The lower 16 bits of what sscanf's {@code %x} reads: what is too great for 64 bits has all of them. */
      private static int hex(String sign, String digits) {
        BigInteger number = new BigInteger("0" + digits, 16);
        int low = number.bitLength() > Long.SIZE ? -1 : sign.equals("-") ? -number.intValue() : number.intValue();
        return low & 0xffff;
      }

      @Override
      Target done() {
        return new Phrases().save("--set-class", String.format(Locale.ROOT, "%04x:%04x", major, minor))
            .list("CLASSIFY set", String.format(Locale.ROOT, "%x:%x", major, minor))
            .target("CLASSIFY", Wording.Place.at(Hook.FORWARD, Hook.OUTPUT, Hook.POSTROUTING), UNSEEN);
      }
    };
  }

  private static Extension<Target> audit() {
    return new Extension<>("AUDIT", "type:*") {
      private String type = "";

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        type = argument.toLowerCase(Locale.ROOT);
        if (!List.of("accept", "drop", "reject").contains(type)) {
          throw Complaint.parameter("Bad action type value \"" + argument + "\"");
        }
      }

      @Override
      Target done() {
        return new Phrases().save("--type", type).list("AUDIT", type).target("AUDIT", Wording.Place.ANY, UNSEEN);
      }
    };
  }

  private static Extension<Target> checksum() {
    return new Extension<>("CHECKSUM", "checksum-fill*") {
      @Override
      void read(String option, boolean inverted, String argument, Words more) {
      }

      @Override
      Target done() {
        return new Phrases().save("--checksum-fill").list("CHECKSUM fill").target("CHECKSUM",
            Wording.Place.in(TableName.MANGLE), UNSEEN);
      }
    };
  }

  /** Nobody in a lab labels packets for SELinux. */
  private static Extension<Target> connsecmark() {
    return new Extension<>("CONNSECMARK", "save restore") {
      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("save", "restore"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) {
      }

      @Override
      void check() throws Complaint {
        if (!has("save") && !has("restore")) {
          throw Complaint.parameter("CONNSECMARK target: parameter required");
        }
      }

      @Override
      Target done() {
        String word = has("save") ? "save" : "restore";
        return new Phrases().save("--" + word).list("CONNSECMARK", word).target("CONNSECMARK",
            new Wording.Place(Set.of(), Set.of(), Set.of(TableName.MANGLE, TableName.SECURITY)), UNSEEN);
      }
    };
  }

  private static Extension<Target> idletimer() {
    return new Extension<>("IDLETIMER", "timeout:* label:* alarm") {
      private long timeout;
      private String label = "";

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (option.equals("timeout")) {
          timeout = number(option, argument, 0, UNSIGNED);
        } else if (option.equals("label")) {
          label = Values.cut(argument, LABEL);
        }
      }

      @Override
      Target done() {
        Phrases phrases = new Phrases().save("--timeout", Long.toString(timeout), "--label", Values.quoted(label))
            .list("timeout:" + timeout, "label:" + label);
        if (has("alarm")) {
          phrases.save("--alarm").list("alarm");
        }
        return phrases.target("IDLETIMER",
            timeout == 0 || label.isEmpty() || !Validity.isFile(label) ? Wording.Place.NOWHERE : Wording.Place.ANY,
            UNSEEN);
      }
    };
  }
}
