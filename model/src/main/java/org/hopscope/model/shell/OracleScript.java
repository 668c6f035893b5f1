package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a script of the kernel oracle: its rules are stricter than a shell's, and a breach spoils the whole script. */
final class OracleScript {
  private static final Set<String> PROGRAMS = Set.of("ip", "bridge", "brctl", "ping", "ping6", "arping", "traceroute",
      "tracepath", "iptables", "iptables-save", "iptables-restore", "ip6tables", "ip6tables-save", "ip6tables-restore",
      "sysctl",
      "conntrack", "ipset", "ipvsadm", "nft", "nc", "sleep", "hop");
  private static final Set<String> PSEUDO = Set.of("probe", "serve", "unserve", "attach", "detach", "dump");
  private static final Map<String, Set<String>> PRAGMAS =
      Map.of("ipv6", Set.of("on", "off"), "counters", Set.of("hit", "exact"));
  private static final Pattern HERE = Pattern.compile("(.*?)\\s*<<\\s*'?(\\w+)'?");
  private static final Pattern SYNTAX = Pattern.compile("[|;&`$<>]");

  private final List<String> lines;
  private final Map<String, String> pragmas = new TreeMap<>(Map.of("ipv6", "off", "counters", "hit"));
  private final List<Script.Line> commands = new ArrayList<>();
  private int at;

  OracleScript(String text) {
    lines = List.of(text.split("\n", -1));
  }

  /** What spoils the script. */
  private static final class Spoilt extends Exception {
    private static final long serialVersionUID = 1;

    Spoilt(String reason) {
      super(reason, null, false, false);
    }
  }

  Script.Read read() {
    int number = 0;
    try {
      while (at < lines.size()) {
        number = at + 1;
        String line = lines.get(at).strip();
        at++;
        if (line.startsWith("#!lab")) {
          pragmas(line);
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          command(number, line);
        }
      }
    } catch (Spoilt spoilt) {
      return new Script.Read.Malformed(number, spoilt.getMessage());
    }
    return new Script.Read.Ok(new Script(Script.Kind.LAB, pragmas, new Script.Body.Lines(commands)));
  }

  private void pragmas(String line) throws Spoilt {
    for (String word : line.substring(5).strip().split("\\s+")) {
      int equals = word.indexOf('=');
      String key = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      if (!word.isEmpty() && !PRAGMAS.getOrDefault(key, Set.of()).contains(value)) {
        throw new Spoilt("unknown pragma \"" + word + "\"");
      }
      if (!word.isEmpty()) {
        pragmas.put(key, value);
      }
    }
  }

  private void command(int number, String whole) throws Spoilt {
    Matcher here = HERE.matcher(whole);
    boolean withInput = here.matches();
    String line = withInput ? here.group(1) : whole;
    List<String> input = withInput ? inputTo(here.group(2)) : List.of();
    List<String> raw = words(line, withInput);
    if (raw.isEmpty()) {
      return;
    }
    List<String> argv = raw;
    while (argv.size() > 4 && argv.subList(0, 3).equals(List.of("ip", "netns", "exec"))) {
      argv = argv.subList(4, argv.size());
    }
    check(raw, argv);
    List<String> run = new ArrayList<>(raw.subList(0, raw.size() - argv.size()));
    run.addAll(withDefaults(argv));
    commands.add(new Script.Line(number, line, run, input));
  }

  private List<String> inputTo(String end) throws Spoilt {
    int from = at;
    while (at < lines.size() && !lines.get(at).strip().equals(end)) {
      at++;
    }
    if (at == lines.size()) {
      throw new Spoilt("here-document has no end");
    }
    at++;
    return lines.subList(from, at - 1);
  }

  /** Shell syntax counts wherever it stands, quotes and comments included; only rules of iptables and nft may have it. */
  private static List<String> words(String line, boolean withInput) throws Spoilt {
    boolean rules = line.matches("(ip\\s+netns\\s+exec\\s+\\S+\\s+)*(iptables|ip6tables|nft)(\\s.*)?");
    Matcher syntax = SYNTAX.matcher(line.replace("->", "  "));
    if (syntax.find() && !withInput && !rules) {
      throw new Spoilt("column " + (syntax.start() + 1) + ": no shell syntax: " + syntax.group());
    }
    return switch (rules || withInput ? Words.plain(line) : Words.split(line)) {
      case Words.Split.Fine(List<Words.Word> words) -> words.stream().map(Words.Word::text).toList();
      case Words.Split.Unfinished(int column, String reason) -> throw new Spoilt("column " + column + ": " + reason);
      case Words.Split.Syntax(int column, String sign) -> throw new Spoilt(
          "column " + column + ": no shell syntax: " + sign);
    };
  }

  private static void check(List<String> raw, List<String> argv) throws Spoilt {
    String program = argv.getFirst();
    if (!PROGRAMS.contains(program) && !PSEUDO.contains(program)) {
      throw new Spoilt("program \"" + program + "\" is not allowed");
    }
    if (PSEUDO.contains(program) && argv.size() != raw.size()) {
      throw new Spoilt(program + " takes its namespace as an argument");
    }
    if (program.equals("ip") && (argv.contains("-b") || argv.contains("-batch"))) {
      throw new Spoilt("not allowed here: ip -batch");
    }
    if (program.equals("sysctl")) {
      boolean assigned = false;
      for (String word : argv.subList(1, argv.size())) {
        boolean key = word.matches("net[./](ipv4|ipv6|bridge|netfilter)[./].*");
        if (!word.startsWith("-") && !key && !word.equals("=") && !assigned) {
          throw new Spoilt("only net.ipv4/ipv6/bridge/netfilter keys: " + word);
        }
        assigned |= word.contains("=");
      }
    }
  }

  /** Labs end: what the programs would do for long they do briefly, unless the script says otherwise. */
  private static List<String> withDefaults(List<String> argv) {
    List<String> words = new ArrayList<>(List.of(argv.getFirst()));
    switch (argv.getFirst()) {
      case "ping", "ping6" -> {
        addUnless(has(argv, 'c') || has(argv, 'w'), words, "-c", "1");
        addUnless(has(argv, 'W') || has(argv, 'w'), words, "-W", "1");
        addUnless(has(argv, 'i'), words, "-i", "0.1");
        addUnless(has(argv, 'n'), words, "-n");
      }
      case "arping" -> {
        addUnless(begins(argv, "-c"), words, "-c", "1");
        addUnless(begins(argv, "-w"), words, "-w", "1");
      }
      case "traceroute" -> {
        addUnless(begins(argv, "-n"), words, "-n");
        addUnless(begins(argv, "-q"), words, "-q", "1");
        addUnless(begins(argv, "-w"), words, "-w", "1");
        addUnless(begins(argv, "-m"), words, "-m", "8");
      }
      case "tracepath" -> {
        addUnless(begins(argv, "-n") || begins(argv, "-b"), words, "-n");
        addUnless(begins(argv, "-m"), words, "-m", "8");
      }
      case "nc" -> {
        return ncWithDefaults(argv);
      }
      default -> {
        return argv;
      }
    }
    words.addAll(argv.subList(1, argv.size()));
    return words;
  }

  private static void addUnless(boolean said, List<String> words, String... more) {
    words.addAll(said ? List.of() : List.of(more));
  }

  private static boolean begins(List<String> argv, String option) {
    return argv.subList(1, argv.size()).stream().anyMatch(a -> a.startsWith(option));
  }

  /** The oracle's nc says what happens, resolves nothing and waits a second. */
  private static List<String> ncWithDefaults(List<String> argv) {
    List<String> words = new ArrayList<>(List.of("nc"));
    for (String option : List.of("v", "n", "w")) {
      if (argv.subList(1, argv.size()).stream().noneMatch(a -> a.matches("-\\w*" + option + ".*"))) {
        words.add("-" + option);
        words.addAll(option.equals("w") ? List.of("1") : List.of());
      }
    }
    words.addAll(argv.subList(1, argv.size()));
    return words;
  }

  /** Whether a word of options has this letter as the first of {@code cWiwn} in it. */
  private static boolean has(List<String> argv, char letter) {
    Pattern option = Pattern.compile("-[A-Za-z46]*?([cWiwn]).*", Pattern.DOTALL);
    return argv.subList(1, argv.size()).stream().filter(a -> !a.startsWith("--")).map(option::matcher)
        .anyMatch(m -> m.matches() && m.group(1).charAt(0) == letter);
  }
}
