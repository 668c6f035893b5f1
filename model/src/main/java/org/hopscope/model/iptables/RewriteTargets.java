package org.hopscope.model.iptables;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.netfilter.Deed;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Wording;

/** Reads targets that change a packet's headers or hand it to somebody else: TCPOPTSTRIP, SNPT and DNPT, TPROXY, RATEEST. */
final class RewriteTargets {
  private static final int BYTE = 0xff;
  private static final Map<String, Integer> TCP_OPTIONS = Map.of("mss", 2, "wscale", 3, "sack-permitted", 4, "sack", 5,
      "timestamp", 8, "md5", 19);

  private RewriteTargets() {
  }

  /** {@code -j NAME} of this class; empty for all other names. */
  static Optional<Extension<Target>> named(String name, IpFamily family) {
    return Optional.ofNullable(switch (name) {
      case "TCPOPTSTRIP" -> stripOptions();
      case "TPROXY" -> proxy(family);
      case "RATEEST" -> estimate();
      case "HMARK" -> new HashMark(family);
      case "SNPT", "DNPT" -> family == IpFamily.INET6 ? prefixes(name) : null;
      default -> null;
    });
  }

  private static String optionName(int number) {
    return TCP_OPTIONS.entrySet().stream().filter(o -> o.getValue() == number).map(Map.Entry::getKey).findFirst()
        .orElse(Integer.toString(number));
  }

  private static Extension<Target> stripOptions() {
    return new Extension<>("TCPOPTSTRIP", "strip-options:") {
      private final Set<Integer> options = new TreeSet<>();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        for (String word : argument.split(",", -1)) {
          Optional<Integer> named = Optional.ofNullable(TCP_OPTIONS.get(word));
          int number = named.or(() -> Values.number(word).filter(n -> n <= BYTE).map(Long::intValue))
              .orElseThrow(() -> Complaint.parameter("Bad TCP option value \"" + word + "\""));
          if (number < 2) {
            throw Complaint.parameter("Option value may not be 0 or 1");
          }
          if (!options.add(number)) {
            throw Complaint.parameter("Option \"" + word + "\" already specified");
          }
        }
      }

      @Override
      Target done() {
        String numbers = options.stream().map(Object::toString).collect(Collectors.joining(","));
        Phrases phrases = new Phrases();
        if (!options.isEmpty()) {
          phrases.save("--strip-options", numbers).list("TCPOPTSTRIP options").either(numbers,
              options.stream().map(RewriteTargets::optionName).collect(Collectors.joining(",")));
        }
        return phrases.target("TCPOPTSTRIP",
            new Wording.Place(Set.of(Protocols.TCP), Set.of(), Set.of(TableName.MANGLE)), new Deed.Strip(options));
      }
    };
  }

  /** No program of a lab has a socket that takes what is meant for others. */
  private static Extension<Target> proxy(IpFamily family) {
    return new Extension<>("TPROXY", "on-port:* on-ip: tproxy-mark:") {
      private int port;
      private String address = family.unspecified().toString();
      private int[] mark = {0, 0};

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "on-port" -> port = argument.isEmpty() ? 0 : Values.looserPort(argument)
              .orElseThrow(() -> Complaint.parameter("Port \"" + argument + "\" does not resolve to anything."));
          case "on-ip" -> address = Values.host(family, argument).toString();
          default -> mark = marked(option, argument);
        }
      }

      @Override
      Target done() {
        String bits = Values.hex(mark[0]) + "/" + Values.hex(mark[1]);
        return new Phrases().save("--on-port", Integer.toString(port), "--on-ip", address, "--tproxy-mark", bits)
            .list("TPROXY redirect", address + ":" + port, "mark", bits)
            .target("TPROXY", new Wording.Place(Set.of(Protocols.TCP, Protocols.UDP), Set.of(Hook.PREROUTING),
                Set.of(TableName.MANGLE)), new Deed.Unheard());
      }
    };
  }

  private static Extension<Target> prefixes(String name) {
    return new Extension<>(name, "src-pfx:* dst-pfx:*") {
      private Optional<Values.HostMask> from = Optional.empty();
      private Optional<Values.HostMask> to = Optional.empty();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        Optional<Values.HostMask> prefix = Optional.of(Values.hostMask(IpFamily.INET6, name, option, argument));
        if (option.equals("src-pfx")) {
          from = prefix;
        } else {
          to = prefix;
        }
      }

      @Override
      Target done() {
        Values.HostMask source = from.orElseThrow();
        Values.HostMask destination = to.orElseThrow();
        boolean out = name.equals("SNPT");
        Set<Hook> hooks = out ? Set.of(Hook.INPUT, Hook.POSTROUTING) : Set.of(Hook.PREROUTING, Hook.OUTPUT);
        boolean taken = isPrefix(source) && isPrefix(destination);
        Deed deed = new Deed.Prefix(out, address(source), length(source), address(destination), length(destination));
        return new Phrases().save("--src-pfx", source.full(), "--dst-pfx", destination.full())
            .list(name, "src-pfx", source.full(), "dst-pfx", destination.full())
            .target(name, taken ? new Wording.Place(Set.of(), hooks, Set.of(TableName.MANGLE)) : Wording.Place.NOWHERE,
                deed);
      }
    };
  }

  private static Ipv6Address address(Values.HostMask prefix) {
    return Ipv6Address.parse(prefix.typed().toString()).orElseThrow();
  }

  private static int length(Values.HostMask prefix) {
    return Values.length(prefix.mask()).orElseThrow();
  }

  /** At most 64 bits, and none behind them (kernel net/ipv6/netfilter/ip6t_NPT.c ip6t_npt_checkentry). */
  private static boolean isPrefix(Values.HostMask prefix) {
    Ipv6Address address = address(prefix);
    return length(prefix) <= Long.SIZE && address.network(length(prefix)).equals(address);
  }

  /** Nobody in a lab asks how fast packets come: {@code -m rateest} is refused. */
  private static Extension<Target> estimate() {
    return new Extension<>("RATEEST", "rateest-name:* rateest-interval: rateest-ewmalog:") {
      private static final double MICRO = 1e6;
      /** As many times a quarter of a second, as a power of two, an interval may be at most. */
      private static final int LONGEST = 5;
      private static final int MOST_LOG = 30;
      private String label = "";
      private double interval;
      private double smoothing;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "rateest-name" -> label = Values.cut(argument, 15);
          case "rateest-interval" -> interval = micros("interval", argument);
          default -> smoothing = micros("ewmalog", argument);
        }
      }

      private static double micros(String what, String text) throws Complaint {
        Matcher parts = Pattern
            .compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(?:(s|secs?)|(ms|msecs?)|(us|usecs?))?").matcher(text);
        if (!parts.matches()) {
          throw Complaint.parameter("RATEEST: bad " + what + " value \"" + text + "\"");
        }
        double factor = parts.group(2) != null ? MICRO : parts.group(3) != null ? 1e3 : 1;
        return Double.parseDouble(parts.group(1)) * factor;
      }

      private int step;
      private int log = 1;

      @Override
      void check() throws Complaint {
        while (step <= LONGEST && (interval < 0 || interval > MICRO / 4 * (1 << step))) {
          step++;
        }
        if (step > LONGEST) {
          throw Complaint.parameter("RATEEST: interval value is too large");
        }
        while (log < MOST_LOG + 2 && interval / -Math.log(1 - 1.0 / (1L << log)) <= smoothing) {
          log++;
        }
        log--;
        if (log == 0 || log > MOST_LOG) {
          throw Complaint.parameter("RATEEST: ewmalog value is out of range");
        }
      }

      @Override
      Target done() {
        String every = time(MICRO / 4 * (1 << step));
        String over = time(MICRO / 4 * (1 << step) * (1L << log));
        return new Phrases()
            .save("--rateest-name", Values.quoted(label), "--rateest-interval", every, "--rateest-ewmalog", over)
            .list("name", label, "interval", every, "ewmalog", over)
            .target("RATEEST", Wording.Place.ANY, new Deed.Unseen());
      }

      private static String time(double micros) {
        return micros >= MICRO ? String.format(Locale.ROOT, "%.1fs", micros / MICRO)
            : String.format(Locale.ROOT, "%.1fms", micros / 1e3);
      }
    };
  }
}
