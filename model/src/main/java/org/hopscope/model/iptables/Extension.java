package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.netfilter.PortRange;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Reads the options of one match or target. Options are told in a line such as {@code "mark:!* set"}: a colon takes an
 * argument, an exclamation mark may be inverted, a star must be given, a plus says by itself when it was
 * given twice.
 *
 * @param <T> what is made of the options
 */
abstract class Extension<T> {
  private final String name;
  private final List<Option> options;
  /** Which options were given, by their places. */
  private int given;

  Extension(String name, String options) {
    this.name = name;
    this.options = told(options);
  }

  /**
   * One option.
   *
   * @param place which of the options it is, from 0
   * @param name without hyphens
   * @param argument whether a word follows
   * @param inverts whether {@code !} may stand in front
   * @param required whether it must be given
   * @param counts whether it says by itself when it was given twice
   */
  record Option(int place, String name, boolean argument, boolean inverts, boolean required, boolean counts) {
    private int bit() {
      return 1 << place;
    }
  }

  /** Lines that were read before: files name the same few extensions over and over. */
  private static volatile PMap<String, List<Option>> known = HashTreePMap.empty();

  private static List<Option> told(String line) {
    List<Option> before = known.get(line);
    if (before != null) {
      return before;
    }
    List<Option> read = new ArrayList<>();
    for (String word : line.isEmpty() ? new String[0] : line.split(" ")) {
      read.add(option(read.size(), word));
    }
    List<Option> all = List.copyOf(read);
    known = known.plus(line, all);
    return all;
  }

  private static Option option(int place, String text) {
    return new Option(place, text.replaceAll("[:!*+]", ""), text.contains(":"), text.contains("!"), text.contains("*"),
        text.contains("+"));
  }

  final String name() {
    return name;
  }

  final List<Option> options() {
    return options;
  }

  /** The option of a name, or the only one that begins with it (getopt_long). */
  final Optional<Option> find(String typed) {
    for (Option option : options) {
      if (option.name().equals(typed)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  /** Takes an option with its argument. */
  final void take(Option option, boolean inverted, Words words) throws Complaint {
    String argument = !option.argument() ? "" : words.isEmpty() ? words.argument("--" + option.name()) : words.next();
    if (inverted && !option.inverts()) {
      throw Complaint.parameter(name + ": option \"--" + option.name() + "\" cannot be inverted.");
    }
    boolean again = (given & option.bit()) != 0;
    given |= option.bit();
    if (again && !option.counts()) {
      throw Complaint.parameter(name + ": option \"--" + option.name() + "\" can only be used once.");
    }
    read(option.name(), inverted, argument, words);
  }

  /** Another option has said what this one would: it must not be given any more. */
  final void taken(String option) {
    given |= find(option).orElseThrow().bit();
  }

  final boolean has(String option) {
    return find(option).filter(o -> (given & o.bit()) != 0).isPresent();
  }

  /** What the options come to, when all are read (libxtables/xtoptions.c xtables_options_fcheck). */
  final T finish() throws Complaint {
    check();
    for (Option option : options) {
      if (option.required() && (given & option.bit()) == 0) {
        throw Complaint.parameter(name + ": option \"--" + option.name() + "\" must be specified");
      }
      if ((given & option.bit()) != 0) {
        checkExclusive(option.name());
      }
    }
    return done();
  }

  /** Groups of options of which a rule may have one (libxtables XTOPT excl). */
  List<Set<String>> exclusive() {
    return List.of();
  }

  private void checkExclusive(String option) throws Complaint {
    for (Set<String> group : exclusive()) {
      Optional<String> other = group.contains(option) ? options.stream().map(Option::name)
          .filter(o -> group.contains(o) && !o.equals(option) && has(o)).findFirst() : Optional.empty();
      if (other.isPresent()) {
        throw Complaint.parameter(
            name + ": option \"--" + option + "\" cannot be used together with \"--" + other.get() + "\".");
      }
    }
  }

  /** Ports by name or number, where numbers may be too great (libxtables XTTYPE_PORTRC). */
  final PortRange loosePorts(String option, String text) throws Complaint {
    String[] ends = text.split(":", -1);
    int[] range = {0, 0xffff};
    for (int i = 0; i < Math.min(2, ends.length); i++) {
      String end = ends[i];
      Optional<Integer> port = Values.looserPort(end);
      if (!end.isEmpty()) {
        range[i] = port.orElseThrow(() -> Complaint
            .parameter("Port \"" + end + "\" does not resolve to anything."));
      }
    }
    return new PortRange(range[0], ends.length == 1 ? range[0] : range[1]);
  }

  abstract void read(String option, boolean inverted, String argument, Words more) throws Complaint;

  abstract T done() throws Complaint;

  /** What is asked of the options before those that must be given are missed (libxtables x6_fcheck). */
  void check() throws Complaint {
  }

  final Complaint bad(String option, long least, long most) {
    return Complaint.parameter(
        name + ": bad value for option \"--" + option + "\", or out of range (" + least + "-" + most + ").");
  }

  /** A number within bounds (libxtables xtables_strtoui). */
  final long number(String option, String text, long least, long most) throws Complaint {
    Optional<Long> number = Values.number(text);
    if (number.isEmpty() || number.get() < least || number.get() > most) {
      throw bad(option, least, most);
    }
    return number.get();
  }

  /** {@code A}, {@code A:B}, {@code A:}, {@code :B} (libxtables XTTYPE_UINT16RC and its kin). */
  final long[] range(String option, String text, long least, long most) throws Complaint {
    String[] ends = text.split(":", -1);
    long[] range = {least, most};
    for (int i = 0; i < Math.min(2, ends.length); i++) {
      Optional<Long> number = Values.number(ends[i]);
      if (!ends[i].isEmpty() && (number.isEmpty() || number.get() < least || number.get() > most)) {
        throw Complaint.parameter(name + ": bad value for option \"--" + option + "\" near \""
            + (i == 0 ? text : text.substring(text.indexOf(':') + 1)) + "\", or out of range (" + least + "-" + most
            + ").");
      }
      range[i] = number.orElse(range[i]);
    }
    if (ends.length == 1) {
      range[1] = range[0];
    }
    return range;
  }

  /** A value with a mask: {@code V} or {@code V/M} (libxtables XTTYPE_MARKMASK32). */
  final int[] marked(String option, String text) throws Complaint {
    Optional<Values.Leading> value = Values.leading(text).filter(v -> v.value() <= 0xffff_ffffL);
    String behind = value.map(Values.Leading::rest).orElse("");
    Optional<Values.Leading> mask = behind.startsWith("/")
        ? Values.leading(behind.substring(1)).filter(m -> m.value() <= 0xffff_ffffL)
        : Optional.of(new Values.Leading(0xffff_ffffL, behind));
    if (value.isEmpty() || mask.isEmpty()) {
      throw Complaint.parameter(name + ": bad integer value for option \"--" + option + "\", or out of range.");
    }
    if (!mask.get().rest().isEmpty()) {
      throw Complaint.parameter(name + ": trailing garbage after value for option \"--" + option + "\".");
    }
    return new int[] {(int) value.get().value(), (int) mask.get().value()};
  }
}
