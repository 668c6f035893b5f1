package org.hopscope.model.iptables;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Wording;

/** Reads matches that look at the host: who sends, on which processor, by which helper or realm, for which node. */
final class HostMatches {
  private static final long UNSIGNED = 0xffff_ffffL;
  /** The only realm that {@code /etc/iproute2/rt_realms} names: 0. */
  private static final String COSMOS = "cosmos";
  /** So many letters of a helper's name are kept. */
  private static final int HELPER = 29;
  /** MAXGENRELEN. */
  private static final int GENRE = 32;
  /** XT_CLUSTER_NODES_MAX. */
  private static final int NODES = 32;
  /** Debian's own users. */
  private static final Map<String, Integer> USERS = Map.ofEntries(Map.entry("root", 0), Map.entry("daemon", 1),
      Map.entry("bin", 2), Map.entry("sys", 3), Map.entry("sync", 4), Map.entry("games", 5), Map.entry("man", 6),
      Map.entry("lp", 7), Map.entry("mail", 8), Map.entry("news", 9), Map.entry("uucp", 10), Map.entry("proxy", 13),
      Map.entry("www-data", 33), Map.entry("backup", 34), Map.entry("list", 38), Map.entry("irc", 39),
      Map.entry("_apt", 42), Map.entry("nobody", 65534));
  /** Debian's own groups that have no user of their name and number. */
  private static final Map<String, Integer> GROUPS = Map.ofEntries(Map.entry("adm", 4), Map.entry("tty", 5),
      Map.entry("disk", 6), Map.entry("man", 12), Map.entry("kmem", 15), Map.entry("dialout", 20),
      Map.entry("audio", 29), Map.entry("sudo", 27), Map.entry("shadow", 42), Map.entry("video", 44),
      Map.entry("staff", 50), Map.entry("games", 60), Map.entry("users", 100), Map.entry("nogroup", 65534));
  private static final Set<String> NO_GROUPS = Set.of("sync", "nobody", "_apt");

  private HostMatches() {
  }

  /** {@code rpfilter}: in PREROUTING of raw and mangle only (kernel rpfilter_check). */
  static Extension<Match> rpfilter() {
    return new Extension<>("rpfilter", "loose validmark accept-local invert") {
      @Override
      void read(String option, boolean inverted, String argument, Words more) {
        // options without values: that they were given is all
      }

      @Override
      Match done() {
        Phrases phrases = new Phrases().list("rpfilter");
        options().stream().map(Option::name).filter(this::has)
            .forEach(o -> phrases.save(false, o, "").list(o));
        return phrases.match("rpfilter",
            new Wording.Place(Set.of(), Set.of(Hook.PREROUTING), Set.of(TableName.RAW, TableName.MANGLE)),
            new Condition.ReversePath(has("loose"), has("validmark"), has("accept-local"), has("invert")));
      }
    };
  }

  static Extension<Match> owner() {
    return new Extension<>("owner", "uid-owner:! gid-owner:! socket-exists! suppl-groups") {
      private Optional<Condition.Sender.Who> user = Optional.empty();
      private Optional<Condition.Sender.Who> group = Optional.empty();
      private Match.Tri socket = Match.Tri.ANY;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "uid-owner" -> user = Optional.of(who(option, argument, Optional.ofNullable(USERS.get(argument)),
              inverted));
          case "gid-owner" -> group = Optional.of(who(option, argument, group(argument), inverted));
          case "socket-exists" -> socket = inverted ? Match.Tri.NO : Match.Tri.YES;
          default -> {
            if (group.isEmpty()) {
              throw Complaint
                  .parameter("owner: Bad value for \"--suppl-groups\" option: \"you need to use --gid-owner first\"");
            }
          }
        }
      }

      @Override
      void check() throws Complaint {
        if (user.isEmpty() && group.isEmpty() && socket == Match.Tri.ANY) {
          throw Complaint
              .parameter("owner: At least one of --uid-owner, --gid-owner or --socket-exists is required");
        }
      }

      @Override
      Match done() {
        Phrases phrases = new Phrases();
        if (socket != Match.Tri.ANY) {
          boolean not = socket == Match.Tri.NO;
          phrases.save(not, "socket-exists", "").list((not ? "! " : "") + "owner socket exists");
        }
        user.ifPresent(w -> say(phrases, "uid-owner", "UID", w));
        group.ifPresent(w -> say(phrases, "gid-owner", "GID", w));
        if (has("suppl-groups")) {
          phrases.save("--suppl-groups").list("incl. suppl. groups");
        }
        return phrases.match("owner", Wording.Place.at(Hook.OUTPUT, Hook.POSTROUTING),
            new Condition.Sender(user, group, socket));
      }
    };
  }

  private static Optional<Integer> group(String name) {
    return Optional.ofNullable(GROUPS.get(name))
        .or(() -> Optional.ofNullable(USERS.get(name)).filter(_ -> !NO_GROUPS.contains(name)));
  }

  private static void say(Phrases phrases, String option, String shown, Condition.Sender.Who who) {
    String range = who.least() == who.most() ? Long.toString(who.least()) : who.least() + "-" + who.most();
    Map<String, Integer> names = shown.equals("UID") ? USERS : GROUPS;
    String name = who.least() != who.most() ? range : names.entrySet().stream()
        .filter(n -> n.getValue() == who.least()).map(Map.Entry::getKey).findFirst()
        .or(() -> USERS.entrySet().stream().filter(n -> n.getValue() == who.least() && !NO_GROUPS.contains(n.getKey()))
            .map(Map.Entry::getKey).findFirst())
        .orElse(range);
    phrases.save(who.inverted(), option, range).list((who.inverted() ? "! " : "") + "owner " + shown + " match")
        .either(range, name);
  }

  private static Condition.Sender.Who who(String option, String text, Optional<Integer> named, boolean inverted)
      throws Complaint {
    if (named.isPresent()) {
      return new Condition.Sender.Who(named.get(), named.get(), inverted);
    }
    Complaint bad = Complaint.parameter("owner: Bad value for \"--" + option + "\" option: \"" + text + "\"");
    String[] ends = text.split("[-:]", 2);
    long least = Values.number(ends[0]).filter(n -> n < UNSIGNED).orElseThrow(() -> bad);
    long most = ends.length == 1 ? least : Values.number(ends[1]).filter(n -> n < UNSIGNED).orElseThrow(() -> bad);
    return new Condition.Sender.Who(least, most, inverted);
  }

  /** Objects that count are made by another program, {@code nfacct}, which a lab has not: there is none of any name. */
  static Extension<Match> nfacct() {
    return new Extension<>("nfacct", "nfacct-name:*") {
      @Override
      void read(String option, boolean inverted, String argument, Words more) {
      }

      @Override
      Match done() {
        return new Phrases().match("nfacct", Wording.Place.UNKNOWN, new Condition.Fixed(false));
      }
    };
  }

  /** A lab has one processor, number 0. */
  static Extension<Match> cpu() {
    return new Extension<>("cpu", "cpu:!*") {
      private long number;
      private boolean not;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        number = number(option, argument, 0, UNSIGNED);
        not = inverted;
      }

      @Override
      Match done() {
        return new Phrases().save(not, "cpu", Long.toString(number)).list("cpu " + (not ? "! " : "") + number)
            .match("cpu", Wording.Place.ANY, new Condition.Fixed(number == 0 != not));
      }
    };
  }

  /** Routes of a lab have no realm, which reads as 0. */
  static Extension<Match> realm() {
    return new Extension<>("realm", "realm:!*") {
      private int[] realm = {0, 0};
      private boolean not;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        realm = argument.equals(COSMOS) ? new int[] {0, -1} : marked(option, argument);
        not = inverted;
      }

      @Override
      Match done() {
        String text = Values.hex(realm[0]) + (realm[1] == -1 ? "" : "/" + Values.hex(realm[1]));
        return new Phrases().save(not, "realm", text.equals("0x0") ? COSMOS : text)
            .list((not ? "! " : "") + "realm", text).match("realm",
                Wording.Place.at(Hook.INPUT, Hook.FORWARD, Hook.OUTPUT, Hook.POSTROUTING),
                new Condition.Fixed(realm[0] == 0 != not));
      }
    };
  }

  /** No connection of a lab was expected by a helper: none is at work unless a rule says so, and no rule can. */
  static Extension<Match> helper() {
    return new Extension<>("helper", "helper:!*") {
      private String name = "";
      private boolean not;

      @Override
      void read(String option, boolean inverted, String argument, Words more) {
        name = Values.cut(argument, HELPER);
        not = inverted;
      }

      @Override
      Match done() {
        return new Phrases().save(not, "helper", Values.quoted(name))
            .list("helper match " + (not ? "! " : "") + "\"" + name + "\"")
            .match("helper", Wording.Place.ANY, new Condition.Fixed(not));
      }
    };
  }

  /** Every program of a lab is in the root of the hierarchy, and of no class. */
  static Extension<Match> cgroup() {
    return new Extension<>("cgroup", "cgroup:! path:!") {
      private long number;
      private String path = "";
      private boolean not;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        not = inverted;
        if (option.equals("path")) {
          path = argument;
        } else {
          number = number(option, argument, 0, UNSIGNED);
        }
      }

      @Override
      Match done() {
        boolean byPath = has("path");
        boolean there = byPath != has("cgroup") && path.matches("/*");
        String value = byPath ? '"' + path + '"' : Long.toString(number);
        return new Phrases().save(not, byPath ? "path" : "cgroup", value)
            .list("cgroup " + (not ? "! " : "") + (byPath ? path : value))
            .match("cgroup",
                there ? Wording.Place.at(Hook.INPUT, Hook.OUTPUT, Hook.POSTROUTING) : Wording.Place.NOWHERE,
                new Condition.All(List.of(new Condition.Sender(Optional.empty(), Optional.empty(), Match.Tri.YES),
                    new Condition.Fixed((byPath || number == 0) != not))));
      }
    };
  }

  /** Devices of a lab are in group 0. */
  static Extension<Match> devgroup() {
    return new Extension<>("devgroup", "src-group:! dst-group:!") {
      private final Phrases phrases = new Phrases();
      private boolean holds = true;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        int[] group = argument.equals("default") ? new int[] {0, -1} : group(option, argument);
        String text = Values.hex(group[0]) + (group[1] == -1 ? "" : "/" + Values.hex(group[1]));
        phrases.save(inverted, option, text.equals("0x0") ? "default" : text)
            .list((inverted ? "! " : "") + option).either(text, text.equals("0x0") ? "default" : text);
        holds &= (group[0] & group[1]) == 0 != inverted;
      }

      private int[] group(String option, String text) throws Complaint {
        if (Values.leading(text).filter(n -> n.value() <= UNSIGNED).isEmpty()) {
          throw Complaint.parameter(
              "devgroup: could not map name " + text + " to an integer value for option \"--" + option + "\".");
        }
        return marked(option, text);
      }

      @Override
      void check() throws Complaint {
        if (!has("src-group") && !has("dst-group")) {
          throw Complaint.parameter("devgroup match: You must specify either '--src-group' or '--dst-group'");
        }
      }

      @Override
      Match done() {
        Wording.Place place = !has("dst-group") ? Wording.Place.at(Hook.PREROUTING, Hook.INPUT, Hook.FORWARD)
            : has("src-group") ? Wording.Place.at(Hook.FORWARD)
            : Wording.Place.at(Hook.FORWARD, Hook.OUTPUT, Hook.POSTROUTING);
        return phrases.match("devgroup", place, new Condition.Fixed(holds));
      }
    };
  }

  /** Nobody has told the kernel of a lab any fingerprint, without which it knows no system. */
  static Extension<Match> osf() {
    return new Extension<>("osf", "genre:!* ttl: log:") {
      private String genre = "";
      private boolean not;
      private final Phrases rest = new Phrases();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (option.equals("genre")) {
          genre = argument;
          not = inverted;
        } else {
          rest.save("--" + option, Long.toString(number(option, argument, 0, 2)));
        }
      }

      @Override
      Match done() {
        return new Phrases().save(not, "genre", Values.quoted(genre)).save(rest.words())
            .list("OS fingerprint match", (not ? "! " : "") + genre)
            .match("osf", genre.isEmpty() || genre.length() >= GENRE ? Wording.Place.NOWHERE : new Wording.Place(
                Set.of(Protocols.TCP), Set.of(Hook.PREROUTING, Hook.INPUT, Hook.FORWARD), Set.of()),
                new Condition.Fixed(false));
      }
    };
  }

  static Extension<Match> cluster() {
    return new Extension<>("cluster",
        "cluster-total-nodes:* cluster-local-node:! cluster-local-nodemask:! cluster-hash-seed:*") {
      private int total;
      private int nodes;
      private int seed;
      private boolean not;

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("cluster-local-node", "cluster-local-nodemask"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "cluster-total-nodes" -> total = (int) number(option, argument, 1, NODES);
          case "cluster-hash-seed" -> seed = (int) number(option, argument, 0, UNSIGNED);
          default -> {
            int value = (int) number(option, argument, 1, NODES);
            nodes = option.endsWith("mask") ? value : 1 << value - 1;
            not = inverted;
          }
        }
      }

      @Override
      void check() throws Complaint {
        boolean one = has("cluster-local-node");
        if (!one && !has("cluster-local-nodemask")) {
          throw Complaint
              .parameter("cluster match: `--cluster-local-node' or`--cluster-local-nodemask' is missing");
        }
        if (has("cluster-total-nodes") && has("cluster-hash-seed")
            && Integer.toUnsignedLong(nodes) >= 1L << total) {
          throw Complaint.parameter(one
              ? "cluster match: `--cluster-local-node' must be <= `--cluster-total-nodes'"
              : "cluster match: `--cluster-local-nodemask' too big for `--cluster-total-nodes'");
        }
      }

      @Override
      Match done() {
        String mask = Phrases.wordHex(nodes);
        return new Phrases().save(not, "cluster-local-nodemask", mask)
            .save("--cluster-total-nodes", Integer.toString(total), "--cluster-hash-seed", Phrases.wordHex(seed))
            .list("cluster", Phrases.not(not) + "node_mask=" + mask,
                String.format(Locale.ROOT, "total_nodes=%d hash_seed=%s", total, Phrases.wordHex(seed)))
            .match("cluster", Wording.Place.ANY, new Condition.Share(total, nodes, seed, not));
      }
    };
  }
}
