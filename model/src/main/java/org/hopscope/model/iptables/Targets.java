package org.hopscope.model.iptables;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.CtTemplate;
import org.hopscope.model.netfilter.RejectWith;
import org.hopscope.model.netfilter.Target;

/** Reads targets that have options. */
final class Targets {
  private static final Map<String, Integer> LEVELS = Map.ofEntries(Map.entry("emerg", 0), Map.entry("panic", 0),
      Map.entry("alert", 1), Map.entry("crit", 2), Map.entry("error", 3), Map.entry("warning", 4),
      Map.entry("notice", 5), Map.entry("info", 6), Map.entry("debug", 7));
  /** As many characters of a prefix as the program keeps (xt_log_info.prefix). */
  private static final int PREFIX = 29;

  private Targets() {
  }

  static Extension<Target> reject(IpFamily family) {
    return new Extension<>("REJECT", "reject-with:") {
      private RejectWith with =
          family == IpFamily.INET ? RejectWith.ICMP_PORT_UNREACHABLE : RejectWith.ICMP6_PORT_UNREACHABLE;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        String typed = argument.toLowerCase(Locale.ROOT);
        if (family == IpFamily.INET && (typed.startsWith("echo-reply") || typed.startsWith("echoreply"))) {
          more.remark("--reject-with echo-reply no longer supported");
        }
        with = RejectWith.named(family, argument)
            .orElseThrow(() -> Complaint.parameter("unknown reject type \"" + argument + "\""));
      }

      @Override
      Target done() {
        return new Target.Reject(with);
      }
    };
  }

  static Extension<Target> log() {
    return new Extension<>("LOG",
        "log-level: log-prefix: log-tcp-sequence log-tcp-options log-ip-options log-uid log-macdecode") {
      private int level = 4;
      private String prefix = "";
      private int flags;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "log-level" -> level = level(argument);
          case "log-prefix" -> {
            if (argument.contains("\n")) {
              throw Complaint.parameter("Newlines not allowed in --log-prefix");
            }
            if (argument.isEmpty()) {
              throw Complaint.parameter("Argument must have a minimum length of 1 characters");
            }
            prefix = argument.length() > PREFIX ? argument.substring(0, PREFIX) : argument;
          }
          case "log-tcp-sequence" -> flags |= 1;
          case "log-tcp-options" -> flags |= 2;
          case "log-ip-options" -> flags |= 4;
          case "log-uid" -> flags |= 8;
          default -> flags |= 32;
        }
      }

      @Override
      Target done() {
        return new Target.Log(level, prefix, flags);
      }
    };
  }

  private static int level(String text) throws Complaint {
    Optional<Long> number = Values.number(text).filter(n -> n <= 7);
    if (number.isPresent()) {
      return number.get().intValue();
    }
    return Optional.ofNullable(LEVELS.get(text))
        .orElseThrow(() -> Complaint.parameter("log level \"" + text + "\" unknown"));
  }

  static Extension<Target> mark() {
    return new Extension<>("MARK", "set-xmark: set-mark: and-mark: or-mark: xor-mark:") {
      private Optional<Target> target = Optional.empty();

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("set-xmark", "set-mark", "and-mark", "or-mark", "xor-mark"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        int[] mark = option.startsWith("set")
            ? marked(option, argument)
            : new int[] {(int) number(option, argument, 0, 0xffff_ffffL), 0};
        target = Optional.of(switch (option) {
          case "set-xmark" -> new Target.Mark(mark[0], mark[1]);
          case "set-mark" -> new Target.Mark(mark[0], mark[0] | mark[1]);
          case "and-mark" -> new Target.Mark(0, ~mark[0]);
          case "or-mark" -> new Target.Mark(mark[0], mark[0]);
          default -> new Target.Mark(mark[0], 0);
        });
      }

      @Override
      Target done() throws Complaint {
        return target.orElseThrow(() -> Complaint
            .parameter("MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is required"));
      }
    };
  }

  static Extension<Target> connmark() {
    return new Extension<>("CONNMARK", "set-xmark: set-mark: and-mark: or-mark: xor-mark: save-mark restore-mark "
        + "ctmask: nfmask: mask: left-shift-mark: right-shift-mark:") {
      private Optional<Target.Connmark.Mode> mode = Optional.empty();
      private int value;
      private int ctMask = -1;
      private int nfMask = -1;
      private int shift;

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("set-xmark", "set-mark", "and-mark", "or-mark", "xor-mark", "save-mark", "restore-mark"),
            Set.of("mask", "nfmask"), Set.of("mask", "ctmask"), Set.of("left-shift-mark", "right-shift-mark"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "save-mark" -> mode = Optional.of(Target.Connmark.Mode.SAVE);
          case "restore-mark" -> mode = Optional.of(Target.Connmark.Mode.RESTORE);
          case "ctmask" -> ctMask = (int) number(option, argument, 0, 0xffff_ffffL);
          case "nfmask" -> nfMask = (int) number(option, argument, 0, 0xffff_ffffL);
          case "mask" -> {
            ctMask = (int) number(option, argument, 0, 0xffff_ffffL);
            nfMask = ctMask;
          }
          case "left-shift-mark" -> shift = (int) number(option, argument, 0, 32);
          case "right-shift-mark" -> shift = -(int) number(option, argument, 0, 32);
          case "set-xmark", "set-mark" -> set(option, marked(option, argument));
          default -> set(option, new int[] {(int) number(option, argument, 0, 0xffff_ffffL), 0});
        }
      }

      private void set(String option, int[] mark) {
        mode = Optional.of(Target.Connmark.Mode.SET);
        value = option.equals("and-mark") ? 0 : mark[0];
        ctMask = switch (option) {
          case "set-xmark" -> mark[1];
          case "set-mark" -> mark[0] | mark[1];
          case "and-mark" -> ~mark[0];
          case "or-mark" -> mark[0];
          default -> 0;
        };
      }

      @Override
      Target done() throws Complaint {
        return new Target.Connmark(
            mode.orElseThrow(() -> Complaint.parameter("CONNMARK target: No operation specified")), value, ctMask,
            nfMask, shift);
      }
    };
  }

  static Extension<Target> netmap(IpFamily family) {
    return new Extension<>("NETMAP", "to:*") {
      private Optional<IpPrefix> network = Optional.empty();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        Values.HostMask said = Values.hostMask(family, "NETMAP", option, argument);
        network = Values.length(said.mask()).map(l -> new IpPrefix(AddressMatch.masked(said.typed(), said.mask()), l));
      }

      @Override
      Target done() {
        return new Target.Netmap(network.orElseThrow());
      }
    };
  }

  /** In the order in which they are saved (libxt_CT.c ct_event_tbl). */
  private static final List<String> CT_EVENTS = List.of("new", "related", "destroy", "reply", "assured", "protoinfo",
      "helper", "mark", "natseqinfo", "secmark");

  private static List<String> events(String argument, List<String> known) throws Complaint {
    List<String> words = List.of(argument.split(",", -1));
    for (String word : words) {
      if (!known.contains(word)) {
        throw Complaint.parameter("Unknown event type \"" + word + "\"");
      }
    }
    return known.stream().filter(words::contains).toList();
  }

  static Extension<Target> ct() {
    return new Extension<>("CT", "notrack helper: ctevents: expevents: zone: zone-orig: zone-reply: timeout:") {
      private boolean notrack;
      private String helper = "";
      private String timeout = "";
      private int zone;
      private boolean byMark;
      private List<String> events = List.of();
      private List<String> expected = List.of();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "notrack" -> notrack = true;
          case "helper" -> helper = argument;
          case "ctevents" -> events = events(argument, CT_EVENTS);
          case "expevents" -> expected = events(argument, List.of("new"));
          case "zone", "zone-orig", "zone-reply" -> {
            boolean mark = argument.equalsIgnoreCase("mark");
            byMark |= mark;
            zone = mark ? 0 : Values.number(argument).filter(n -> n >= 0 && n <= 0xffff).map(Long::intValue)
                .orElseThrow(() -> Complaint.parameter("Cannot parse " + argument + " as a zone ID"));
          }
          default -> timeout = argument;
        }
      }

      @Override
      Target done() {
        CtTemplate.Scope scope = has("zone-orig") == has("zone-reply") ? CtTemplate.Scope.BOTH
            : has("zone-orig") ? CtTemplate.Scope.ORIGINAL : CtTemplate.Scope.REPLY;
        CtTemplate template = new CtTemplate(helper, timeout, notrack, zone, scope, byMark, events, expected);
        return template.equals(new CtTemplate("", "", true, 0, CtTemplate.Scope.BOTH, false, List.of(), List.of()))
            ? new Target.Notrack(false) : new Target.Track(template);
      }
    };
  }

  static Extension<Target> ttl(IpFamily family) {
    String prefix = family == IpFamily.INET ? "ttl" : "hl";
    return new Extension<>(prefix.toUpperCase(Locale.ROOT),
        String.format(Locale.ROOT, "%s-set: %s-dec: %s-inc:", prefix, prefix, prefix)) {
      private Optional<Target> target = Optional.empty();

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of(prefix + "-set", prefix + "-dec", prefix + "-inc"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        Target.Ttl.Operation operation =
            Target.Ttl.Operation.valueOf(option.substring(prefix.length() + 1).toUpperCase(Locale.ROOT));
        int value = (int) number(option, argument, operation == Target.Ttl.Operation.SET ? 0 : 1, 255);
        target = Optional.of(new Target.Ttl(family, operation, value));
      }

      @Override
      Target done() throws Complaint {
        return target.orElseThrow(() -> Complaint.parameter(name() + ": You must specify an action"));
      }
    };
  }

  static Extension<Target> tcpmss() {
    return new Extension<>("TCPMSS", "set-mss: clamp-mss-to-pmtu") {
      private Optional<Integer> size = Optional.empty();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        size =
            option.equals("set-mss") ? Optional.of((int) number(option, argument, 0, 0xffff - 20)) : Optional.empty();
      }

      @Override
      Target done() throws Complaint {
        if (!has("set-mss") && !has("clamp-mss-to-pmtu")) {
          throw Complaint.parameter("TCPMSS target: At least one parameter is required");
        }
        return new Target.Tcpmss(size);
      }
    };
  }

  /** A target without options. */
  static Extension<Target> plain(String name, Target target) {
    return new Extension<>(name, "") {
      @Override
      void read(String option, boolean inverted, String argument, Words more) {
      }

      @Override
      Target done() {
        return target;
      }
    };
  }
}
