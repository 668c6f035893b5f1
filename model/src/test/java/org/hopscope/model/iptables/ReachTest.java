package org.hopscope.model.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rulesets;
import org.hopscope.model.netfilter.TableName;
import org.junit.jupiter.api.Test;

/** A file that changes a table is judged by what it changes; the whole table must be faultless all the same. */
class ReachTest {
  private static final List<String> CHAINS = List.of("C0", "C1", "C2", "C3", "C4", "C5");
  private static final List<String> HOOKS = List.of("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING");
  private static final List<String> ENDS = List.of("-p tcp -j DNAT --to-destination 10.0.0.1:80", "-j MASQUERADE",
      "-p udp -j REDIRECT --to-ports 53", "-j SNAT --to-source 10.0.0.2", "-j RETURN", "-m mac --mac-source "
          + "02:00:00:00:00:01 -j ACCEPT",
      "-m addrtype --src-type LOCAL --limit-iface-in -j ACCEPT");

  @Test
  void whatIsLoadedOverARandomTableLeavesNoFaultInIt() {
    SplittableRandom random = new SplittableRandom(4);
    int loaded = 0;
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      Filter filter = new Filter(Rulesets.NONE, NetfilterState.EMPTY);
      for (int file = 0; file < 6; file++) {
        RestoreEditor.Loaded after = load(filter, lines(random, file == 0));
        if (after.stopped().isPresent()) {
          refused++;
          assertThat(after.filter()).isEqualTo(filter);
        } else {
          loaded++;
          assertThat(Reach.fault(after.filter().rules().ipv4().table(TableName.NAT).orElseThrow())).isEmpty();
        }
        filter = after.filter();
      }
    }
    assertThat(loaded).isGreaterThan(400);
    assertThat(refused).isGreaterThan(400);
  }

  @Test
  void oneMoreServiceCostsNoMoreThanItsOwnRulesHoweverManyThereAre() {
    List<String> many = new ArrayList<>(List.of("*nat", ":KUBE-SERVICES - [0:0]"));
    for (int i = 0; i < 3000; i++) {
      many.add(":SVC" + i + " - [0:0]");
      many.add("-A SVC" + i + " -p tcp -j DNAT --to-destination 10.0.0.1:80");
      many.add("-A KUBE-SERVICES -d 10.96." + i / 250 + "." + i % 250 + " -p tcp -j SVC" + i);
    }
    many.addAll(List.of("-A PREROUTING -j KUBE-SERVICES", "COMMIT"));
    RestoreEditor.Loaded before = load(new Filter(Rulesets.NONE, NetfilterState.EMPTY), many);
    assertThat(before.stopped()).isEmpty();
    Filter filter = before.filter();
    for (int i = 0; i < 2000; i++) {
      RestoreEditor.Loaded after = load(filter, List.of("*nat", ":ONE-" + i + " - [0:0]",
          "-A ONE-" + i + " -p tcp -j DNAT --to-destination 10.0.0.2:80", "-I KUBE-SERVICES 1 -j ONE-" + i,
          "-D KUBE-SERVICES -j ONE-" + i, ":ONE-" + i + " - [0:0]", "-X ONE-" + i, "COMMIT"));
      assertThat(after.stopped()).isEmpty();
      filter = after.filter();
    }
  }

  private static List<String> lines(SplittableRandom random, boolean declares) {
    List<String> lines = new ArrayList<>(List.of("*nat"));
    CHAINS.stream().filter(_ -> declares || random.nextInt(8) == 0).forEach(c -> lines.add(":" + c + " - [0:0]"));
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      String chain = random.nextInt(3) == 0 ? pick(random, HOOKS) : pick(random, CHAINS);
      String what = random.nextInt(3) == 0 ? pick(random, ENDS) : "-j " + pick(random, CHAINS);
      lines.add((random.nextInt(3) == 0 ? "-I " + chain + " 1 " : "-A " + chain + " ") + what);
    }
    if (random.nextInt(3) == 0) {
      lines.add("-F " + pick(random, CHAINS));
    }
    lines.add("COMMIT");
    return lines;
  }

  private static String pick(SplittableRandom random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static RestoreEditor.Loaded load(Filter before, List<String> lines) {
    RestoreFile.Options options = new RestoreFile.Options(true, false, false, Optional.empty());
    RestoreFile file = RestoreFile.read(IpFamily.INET, lines, options, "iptables-restore");
    assertThat(file.stopped()).isEmpty();
    return RestoreEditor.load(before, IpFamily.INET, file.sections(), true, "iptables-restore");
  }
}
