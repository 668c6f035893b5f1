package org.hopscope.app.cli.fuzz;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A difference that is kept: see {@code model/KNOWN_DIFFERENCES.md}.
 *
 * @param id its id there
 * @param parts whether the labs are not the same any more afterwards
 * @param is whether a difference is of this kind; as narrow as can be said
 */
record Known(String id, boolean parts, Predicate<Verdict.Difference> is) {
  /** A command that both refuse, and that a kernel may have done part of. */
  static final String HALF_DONE = "kd-13";

  private static final Pattern BRIDGE =
      Pattern.compile("\\b(?:link add (?:dev |name )?|addbr )([^ ]+)(?= .*type bridge|$)");

  private static final Predicate<String> ADDS_A_ROUTE =
      Pattern.compile("\\b(?:r|ro|route) (?:add|a|replace|append|prepend)\\b").asPredicate();

  private static final String FDB = "\"fdb\":\\[[^\\]]*\\]";

  private static final Pattern OWNER = Pattern.compile("\"(?:lladdr|mac)\":\"([^\"]*)\"|fe80::\\{([^}]*)\\}");

  private static final List<Known> ALL = List.of(
      // Of several clients in a row a kernel tells the first few only that there is no way.
      new Known("kd-10", false, d -> d.command().contains(" n=") && d.kernel().toString().contains("timeout")
          && d.model().get("class").getAsString().equals("net-unreachable")),
      // Each piece of a long ping was answered that there is no way, so that nothing is left for who asks next.
      new Known("kd-10", false, d -> Set.of("timeout", "loss").contains(d.kernel().get("class").getAsString())
          && d.model().get("class").getAsString().endsWith("-unreachable")
          && d.before().stream().anyMatch(Pattern.compile("ping .*-s (1[5-9]\\d\\d|\\d{4,}) ").asPredicate())),
      // Of an address that was given a time to live the kernel at hand forgets the network.
      new Known("kd-83", true, d -> d.kernel().toString().matches(".*(net-unreachable|ENETUNREACH|\"routes\":).*")
          && d.before().stream().anyMatch(l -> l.matches(".*\\baddr? (change|replace) .*valid_lft \\d+.*"))),
      // A device that moves to another namespace forgets what it was to hear for the macvlans above it.
      new Known("kd-85", false, d -> d.what().stream().allMatch(w -> w.contains("fdb"))
          && d.model().toString().contains("\"self\"")
          && d.before().stream().anyMatch(l -> l.matches(".*\\bmacvlan\\b.*"))
          && d.before().stream().anyMatch(l -> l.matches(".*\\bset .*\\bnetns .*"))),
      // A learned row that is to be forgotten within a second or two, while the kernel's clock goes on between the commands.
      new Known("kd-9", false, d -> d.what().stream().allMatch(w -> w.contains("fdb"))
          && d.before().stream().anyMatch(l -> l.matches(".*\\bageing_time \\d{1,3}\\b.*"))),
      // Who was put into delay by hand is asked at once, and is reachable or gone a few seconds later.
      new Known("kd-97", true, d -> d.before().stream().anyMatch(l -> l.matches(".*\\bnud (delay|probe)\\b.*")
          && (d.what().stream().anyMatch(w -> w.contains("neigh")) || Arrays.stream(l.split(" "))
              .anyMatch(w -> w.matches("[0-9a-f.:]{5,}") && d.command().contains(w))))),
      // Which next hop of several a question gets hangs on a number drawn at boot.
      new Known("kd-16", false, d -> d.command().contains("route get")
          && d.before().stream().anyMatch(l -> l.split("\\bnexthop\\b", -1).length > 2)
          && d.what().stream().allMatch(w -> w.startsWith("facts"))),
      // A ping that a rule in OUTPUT sends where there is no way counts as lost.
      new Known("kd-43", false, d -> d.kernel().get("class").getAsString().equals("loss")
          && d.model().get("err").toString().contains("sendmsg: Network is unreachable")
          && d.before().stream().anyMatch(l -> l.contains("OUTPUT"))),
      // The answer to a ping to oneself dies on its way out; the oracle takes that for the request (IpOutDiscards).
      new Known("kd-87", false, d -> d.kernel().get("class").getAsString().equals("prohibited")
          && d.model().get("class").getAsString().equals("loss") && d.command().contains("ping ")
          && d.before().stream().anyMatch(l -> l.matches(".*(OUTPUT|POSTROUTING).*\\b(DROP|REJECT)\\b.*"))),
      // A device and a macvlan on it both answer ARP for each other, and a kernel's work queue decides who comes first.
      new Known("kd-88", true, d -> d.what().stream().allMatch(w -> w.contains("neigh"))
          && named(d.kernel()).equals(named(d.model()))
          && d.before().stream().anyMatch(l -> l.matches(".*\\bmacvlan\\b.*"))),
      // A chain that is not there has no rule to zero; which error is told is left over from another.
      new Known("kd-90", false, d -> d.kernel().toString().contains("Incompatible with this kernel")
          && d.model().toString().contains("Bad rule")),
      // A program that holds a device open keeps its namespace alive.
      new Known("kd-91", true, d -> d.before().stream().anyMatch(l -> l.matches(".*\\battach .*"))
          && d.before().stream().anyMatch(l -> l.matches(".*\\bnetns d.*"))),
      // Rows of those that need no ARP, which a kernel makes for whatever it sends.
      new Known("kd-68", false, d -> d.what().stream().allMatch(w -> w.contains("neigh"))
          && withoutNoarp(d.kernel()).equals(withoutNoarp(d.model()))),
      // Who of several with one address a bridge's row names.
      new Known("kd-92", false, d -> d.what().stream().allMatch(w -> w.contains("fdb"))
          && withoutDevices(d.kernel()).equals(withoutDevices(d.model()))),
      // The kernel at hand refuses to tell of VLANs in detail, as it has none.
      new Known("kd-40", false, d -> d.kernel().get("class").getAsString().equals("error:EOPNOTSUPP")
          && d.command().matches(".*\\bbridge .*\\bvlan\\b.*")),
      // Nor does it take rows of a VLAN.
      new Known("kd-40", true, d -> d.kernel().get("class").getAsString().equals("error:EINVAL")
          && d.command().matches(".*\\bbridge fdb .*\\bvlan [1-9].*")),
      // A refused route has made its table.
      new Known("kd-13", false, d -> d.model().get("err").toString().contains("FIB table does not exist")
          && (d.kernel().get("facts").toString().equals("{\"routes\":[]}")
              || d.kernel().get("err").toString().contains("No such process")
                  && d.before().stream().anyMatch(ADDS_A_ROUTE))),
      // A bridge or macvlan that was never without carrier says UNKNOWN until the kernel's link watch comes round, up to 1 s later.
      new Known("kd-35", false, d -> d.what().stream().allMatch(w -> w.startsWith("facts"))
          && d.kernel().toString().matches(".*\"kind\":\"(bridge|macvlan)\".*")
          && settled(d.kernel()).equals(settled(d.model()))),
      // What a bridge has learned from what devices say of their own over IPv6, and a kernel repeats by chance.
      new Known("kd-50", true, d -> d.kernel().toString().contains("fe80::")
          && named(d.kernel()).replaceAll(FDB, "").equals(named(d.model()).replaceAll(FDB, ""))),
      // Which port lends a bridge its hardware address, or has lent it, shows in whom an address is named after.
      new Known("kd-12", true, d -> d.what().stream().allMatch(w -> w.startsWith("facts"))
          && named(d.kernel()).equals(named(d.model())) && speaksOfABridge(d)));

  /**
   * Whether a kernel refused one of several changes, a new master after it took the old one away (do_set_master), or a
   * state for a neighbour that it had made for it (neigh_add).
   */
  static boolean isHalfDone(JsonObject kernel) {
    String command = kernel.get("cmd").getAsString();
    long changes = Pattern.compile("\\b(up|down|mtu|name|address|netns|master|nomaster|type)\\b").matcher(command)
        .results().count();
    boolean link = command.matches(".*\\b(l|link) set\\b.*") && (changes > 1 || command.contains(" master "));
    boolean neighbour = kernel.get("err").toString().contains("No link layer address given");
    return kernel.get("rc").getAsInt() == 2 && (link || neighbour);
  }

  /** Whether wherever the two name another owner of an address, one of them names a bridge. */
  private static boolean speaksOfABridge(Verdict.Difference difference) {
    Set<String> bridges = difference.before().stream().map(BRIDGE::matcher).filter(Matcher::find).map(m -> m.group(1))
        .collect(Collectors.toSet());
    List<String> kernel = owners(difference.kernel());
    List<String> model = owners(difference.model());
    return kernel.size() == model.size() && IntStream.range(0, kernel.size()).allMatch(
        i -> kernel.get(i).equals(model.get(i)) || isBridge(kernel.get(i), bridges) || isBridge(model.get(i), bridges));
  }

  private static String withoutNoarp(JsonObject result) {
    return result.get("facts").toString().replaceAll("\\{[^{}]*\"state\":\"noarp\"\\},?", "").replace(",]", "]");
  }

  private static String withoutDevices(JsonObject result) {
    return named(result).replaceAll("\"dev\":\"[^\"]*\"", "");
  }

  private static String settled(JsonObject result) {
    return result.get("facts").toString().replace("\"operstate\":\"UNKNOWN\"", "\"operstate\":\"UP\"");
  }

  private static boolean isBridge(String owner, Set<String> bridges) {
    return bridges.contains(owner.substring(owner.lastIndexOf(':') + 1));
  }

  private static List<String> owners(JsonObject result) {
    return OWNER.matcher(result.get("facts").toString()).results()
        .map(m -> Optional.ofNullable(m.group(1)).orElseGet(() -> m.group(2))).toList();
  }

  /** A result's facts without the names of those whose hardware addresses stand in them. */
  private static String named(JsonObject result) {
    return OWNER.matcher(result.get("facts").toString()).replaceAll("?");
  }

  /** The kept difference that explains one that was found. */
  static Optional<Known> of(Verdict.Difference difference) {
    return ALL.stream().filter(k -> k.is.test(difference)).findFirst();
  }
}
