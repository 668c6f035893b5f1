package org.hopscope.app.cli.facts;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.shell.Answer;
import org.hopscope.model.shell.Executed;
import org.hopscope.model.shell.Folder;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Script;

/** Runs a script from its beginning and tells what each line came to. */
public final class ScriptRun {
  /** The schema of the documents. */
  public static final String SCHEMA = "netlab-oracle/1";

  private final Session session;
  private final Owners owners;
  private final boolean exactCounters;
  private final Set<IpFamily> dumped;
  private final List<Result> results = new ArrayList<>();

  private ScriptRun(Script script, long seed) {
    LabState start = script.start(seed);
    session = new Session(start);
    owners = new Owners(start);
    dumped = "on".equals(script.pragmas().get("ipv6")) ? EnumSet.allOf(IpFamily.class) : EnumSet.of(IpFamily.INET);
    exactCounters = "exact".equals(script.pragmas().get("counters"));
  }

  /**
   * What one line came to.
   *
   * @param command the command
   * @param netns the namespace of its {@code ip netns exec} prefix, else {@code @host}
   * @param className the oracle's word for how it went
   * @param facts the answer as facts; empty where there are none
   * @param out normalised output lines
   * @param err normalised error lines
   */
  public record Result(Executed command, String netns, String className,
      Optional<Map<String, Object>> facts, List<String> out, List<String> err) {
    /** The result as the schema has it. */
    public Map<String, Object> document() {
      Map<String, Object> map = new TreeMap<>(Map.of("line", command.line(), "cmd", command.text(), "ns", netns, "rc",
          command.reply().exit(), "class", className, "out", out, "err", err));
      map.put("facts", facts.map(f -> (Object) f).orElse(Absent.NULL));
      return map;
    }
  }

  /** Stands for JSON's null, so that no map has to hold a Java one. */
  public enum Absent {
    NULL
  }

  /**
   * A finished run.
   *
   * @param results one per command, in order
   * @param end the lab afterwards
   */
  public record Done(List<Result> results, LabState end) {
    public Done {
      results = List.copyOf(results);
    }
  }

  /** Runs it. */
  public static Done of(Script script) {
    return of(script, Folder.EMPTY);
  }

  /** As {@link #of(Script)}; its programs find the files of a folder too. */
  public static Done of(Script script, Folder folder) {
    return of(script, folder, 1);
  }

  /** As {@link #of(Script)}; what a kernel draws at boot follows from a seed. */
  public static Done of(Script script, long seed) {
    return of(script, Folder.EMPTY, seed);
  }

  private static Done of(Script script, Folder folder, long seed) {
    ScriptRun run = new ScriptRun(script, seed);
    script.run(run.session, folder, run::saw);
    return new Done(run.results, run.session.state());
  }

  /** The whole document of a run. */
  public static Map<String, Object> document(String name, Script script, Done done, String version) {
    Map<String, Object> map = new TreeMap<>();
    map.put("schema", SCHEMA);
    map.put("name", name);
    map.put("group", name.replaceFirst("[-_.].*", ""));
    map.put("pragmas", new TreeMap<>(
        script.pragmas().isEmpty() ? Map.of("ipv6", "off", "counters", "hit") : script.pragmas()));
    map.put("engine", new TreeMap<>(Map.of("kind", "model", "name", "hopscope", "version", version)));
    map.put("results", done.results().stream().map(Result::document).toList());
    return map;
  }

  private void saw(Executed executed) {
    NetnsId root = session.state().firstHost().root();
    owners.see(session.state());
    Where where = Where.of(executed.words());
    Reply reply = ProbeFacts.heard(where.argv().getFirst(), executed.reply());
    Optional<ProbeRefusal> refusal = ProbeRefusal.of(where.argv(), reply);
    boolean netcat = where.argv().getFirst().equals("nc") && reply.exit() != Reply.UNSUPPORTED;
    String className = netcat
        ? Netcat.className(reply)
        : refusal.map(ProbeRefusal::className).orElseGet(() -> className(reply));
    Optional<Map<String, Object>> facts = refusal.isPresent()
        ? refusal.map(ProbeRefusal::facts)
        : netcat ? Optional.empty()
        : !isAskedAgain(where.argv(), reply) ? Optional.empty()
        : reply.exit() == 0 || reply.answer() instanceof Answer.Probed
            ? new Facts(owners, exactCounters, dumped).of(reply.answer())
        : Optional.empty();
    NormalText text = new NormalText(owners);
    NormalText.Kind out = kind(where, root);
    boolean silent = where.argv().getFirst().equals("probe") && reply.answer() instanceof Answer.Probed probed
        && !(probed.result() instanceof ProbeResult.Pinged);
    results.add(new Result(executed, where.netns(), className, facts,
        silent ? List.of() : text.of(reply.out(), out),
        text.of(reply.err(), new NormalText.Kind(false, false, root, Optional.empty()))));
  }

  /**
   * The recorder asks for names of namespaces as data only where the command says one of these words, or none, and for a
   * way only where {@code get} is written out.
   */
  private static boolean isAskedAgain(List<String> argv, Reply reply) {
    return switch (reply.answer()) {
      case Answer.NetnsNames _ ->
          "netns".startsWith(argv.getLast()) || Set.of("show", "list", "lst", "ls").contains(argv.getLast());
      case Answer.RouteGot _,Answer.RouteMatched _ -> argv.contains("get");
      default -> true;
    };
  }

  private static String className(Reply reply) {
    if (reply.exit() == Reply.UNSUPPORTED) {
      return "unsupported";
    }
    if (reply.answer() instanceof Answer.Probed probed) {
      return ProbeFacts.className(probed);
    }
    return reply.exit() == 0 ? "ok" : "error:" + ErrorCodes.of(reply.err(), reply.out());
  }

  private NormalText.Kind kind(Where where, NetnsId root) {
    List<String> argv = where.argv();
    List<String> near = argv.subList(1, Math.min(5, argv.size()));
    boolean table = Set.of("ip", "bridge").contains(argv.getFirst())
        && near.stream().anyMatch(Set.of("neigh", "neighbour", "neighbor", "n", "fdb", "netns")::contains);
    boolean fdb = argv.getFirst().equals("bridge") && near.contains("fdb");
    int dev = argv.indexOf("dev");
    Optional<String> device = dev >= 0 && dev + 1 < argv.size() ? Optional.of(argv.get(dev + 1)) : Optional.empty();
    boolean option = fdb && (argv.get(1).equals("-n") || argv.get(1).equals("-netns"));
    String netns = option ? argv.get(2) : where.netns();
    return new NormalText.Kind(table, fdb, netns.equals("@host") ? root : new NetnsId(root.host(), netns), device);
  }

  /**
   * The parts of a line's words.
   *
   * @param netns the namespace of the last {@code ip netns exec}
   * @param argv what is behind the prefix; never empty
   */
  private record Where(String netns, List<String> argv) {
    static Where of(List<String> words) {
      List<String> argv = words.isEmpty() ? List.of("") : words;
      String netns = "@host";
      int prefix = prefix(argv);
      while (prefix > 0) {
        netns = prefix == 4 ? argv.get(3) : netns;
        argv = argv.subList(prefix, argv.size());
        prefix = prefix(argv);
      }
      return new Where(netns, argv);
    }

    /** How many words of a prefix stand in front of a command. */
    private static int prefix(List<String> argv) {
      boolean exec = argv.size() > 4 && argv.subList(0, 3).equals(List.of("ip", "netns", "exec"));
      return exec ? 4 : argv.size() > 1 && argv.getFirst().equals("sudo") ? 1 : 0;
    }
  }
}
