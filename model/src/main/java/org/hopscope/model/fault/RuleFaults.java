package org.hopscope.model.fault;

import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandText;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.RuleTable;

/**
 * What can be broken about the rules of a packet filter that are there: one is gone, or is about something else. Chains that
 * Docker and Calico keep are left alone: they would write them anew.
 */
final class RuleFaults {
  private final LabState lab;
  private final Breakages ways;

  RuleFaults(LabState lab, Breakages ways) {
    this.lab = lab;
    this.ways = ways;
  }

  void add(NetnsId at, IpFamily family) {
    for (RuleTable table : lab.find(at).orElseThrow().rulesets().of(family).tables().values()) {
      String base = CommandText.program(family) + " -t " + table.name().word() + " ";
      for (Chain chain : table.chains().values()) {
        String mark = table.name().word().equals("filter") ? chain.name() : "-t " + table.name().word();
        boolean kept = Stream.of("cali-", "DOCKER", "WEAVE").anyMatch(chain.name()::startsWith);
        chain.rules().stream().filter(_ -> !kept).forEach(rule -> add(at, base, mark, chain.name(), SaveText.of(rule)));
      }
    }
  }

  private void add(NetnsId at, String base, String mark, String chain, String words) {
    String delete = base + "-D " + chain + " " + words;
    String append = base + "-A " + chain + " ";
    boolean masquerades = words.contains("MASQUERADE");
    if (chain.startsWith("KUBE-")) {
      service(at, delete, append, words);
      return;
    }
    String kind = masquerades ? "masquerade" : words.contains("DNAT") ? "dnat" : "accept";
    List<List<String>> marks = kind.equals("accept")
        ? Breakages.named("tables", mark, "ACCEPT")
        : Breakages.named("tables", mark, masquerades ? "POSTROUTING" : "DNAT");
    ways.can(kind + "-missing", at, marks, delete);
    if (words.contains("--dport")) {
      ways.can(kind + "-port", at, marks, delete, append + words.replaceAll("--dport \\S+", "--dport 9999"));
    }
    if (words.contains("--to-destination")) {
      ways.can("dnat-target", at, marks, delete,
          append + words.replaceAll("--to-destination \\S+", "--to-destination 172.17.251.9:80"));
    }
    if (masquerades) {
      ways.can("masquerade-net", at, marks, delete, append + "-s 10.251.0.0/24 -j MASQUERADE");
    }
  }

  /** Of the rows that kube-proxy wrote for a Service. */
  private void service(NetnsId at, String delete, String append, String words) {
    ways.can("service-rule-missing", at, Breakages.named("tables", "KUBE-"), delete);
    if (words.contains("--to-destination")) {
      ways.can("service-rule-target", at, Breakages.named("tables", "DNAT"), delete,
          append + words.replaceAll("--to-destination \\S+", "--to-destination 10.99.99.9:80"));
    }
  }
}
