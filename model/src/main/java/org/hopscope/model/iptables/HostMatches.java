package org.hopscope.model.iptables;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Wording;

/** Reads matches that look at the host: who sends, on which processor, by which helper or realm, for which node. */
final class HostMatches {
  private static final long UNSIGNED = 0xffff_ffffL;
  /** The only realm that {@code /etc/iproute2/rt_realms} names: 0. */
  private static final String COSMOS = "cosmos";
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
    phrases.save(who.inverted(), option, range).list((who.inverted() ? "! " : "") + "owner " + shown + " match", range);
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
        name = argument;
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

  /** No packet of a lab goes through IPsec. */
  static Extension<Match> policy() {
    return new Extension<>("policy",
        "dir: pol: strict reqid:!+ spi:!+ tunnel-src:!+ tunnel-dst:!+ proto:!+ mode:!+ next+") {
      private String direction = "";
      private boolean none;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "dir" -> {
            if (!argument.equals("in") && !argument.equals("out")) {
              throw Complaint.parameter("policy_match: invalid dir \"" + argument + "\"");
            }
            direction = argument;
          }
          case "pol" -> {
            if (!argument.equals("none") && !argument.equals("ipsec")) {
              throw Complaint.parameter("policy match: invalid policy \"" + argument + "\"");
            }
            none = argument.equals("none");
          }
          default -> throw Complaint.unsupported("policy --" + option);
        }
      }

      @Override
      void check() throws Complaint {
        if (direction.isEmpty()) {
          throw Complaint.parameter("policy match: neither --dir in nor --dir out specified");
        }
      }

      @Override
      Match done() {
        String policy = none ? "none" : "ipsec";
        return new Phrases().save("--dir", direction, "--pol", policy)
            .list("policy match dir", direction, "pol", policy)
            .match("policy",
                direction.equals("in") ? Wording.Place.at(Hook.PREROUTING, Hook.INPUT, Hook.FORWARD)
                    : Wording.Place.at(Hook.FORWARD, Hook.OUTPUT, Hook.POSTROUTING),
                new Condition.Fixed(none));
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
