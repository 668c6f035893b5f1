package org.hopscope.app.desktop.inspector;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.inspector.Row.Mood;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.kube.linux.Provenance;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.nft.Devices;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.nft.NftFamily;
import org.hopscope.model.nft.NftRule;
import org.hopscope.model.nft.NftTable;
import org.hopscope.model.nft.NftText;
import org.hopscope.model.trace.RowRef;

/** The very rules of a node that were written for a Service, chain by chain from where packets come in, each with what it is for. */
final class ServiceRules {
  private static final List<String> DOORS = List.of("KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-EXTERNAL-SERVICES");

  private final NetnsId node;
  private final ObjectKey service;
  private final Provenance provenance;
  private final List<Row> rows = new ArrayList<>();

  private ServiceRules(LabState lab, NetnsId node, ObjectKey service) {
    this.node = node;
    this.service = service;
    provenance = Provenance.of(lab);
  }

  static List<Row> of(LabState lab, NetnsId node, ObjectKey service) {
    ServiceRules rules = new ServiceRules(lab, node, service);
    lab.find(node).ifPresent(n -> {
      n.nft().table(new NftTable.Key(NftFamily.IP, "kube-proxy"))
          .ifPresent(t -> t.chains().stream().forEach(rules::walk));
      for (TableName name : List.of(TableName.NAT, TableName.FILTER)) {
        n.rulesets().of(IpFamily.INET).table(name).ifPresent(rules::walk);
      }
    });
    return rules.rows;
  }

  /** A chain of kube-proxy's table of nftables. */
  private void walk(NftChain chain) {
    List<Provenance.TableReason> reasons = provenance.tableReasons(node, IpFamily.INET, chain.name());
    boolean own = reasons.size() == chain.rules().size() && reasons.stream().allMatch(r -> r.service().equals(service));
    for (int i = 0; own && i < reasons.size(); i++) {
      NftRule rule = chain.rules().get(i);
      rows.add(new Row(chain.name() + "\n" + NftText.rule(rule, Devices.NONE), reasons.get(i).line().why().sentence(),
          "", Mood.PLAIN, Optional.of(new RowRef.FilterRow(node, rule.id())), Optional.empty()));
    }
  }

  private void walk(RuleTable table) {
    Deque<String> next = new ArrayDeque<>(DOORS);
    Set<String> seen = new HashSet<>();
    while (!next.isEmpty()) {
      String name = next.removeFirst();
      if (seen.add(name)) {
        table.chain(name).ifPresent(chain -> walk(table.name(), chain, next));
      }
    }
  }

  private void walk(TableName table, Chain chain, Deque<String> next) {
    List<Provenance.RuleReason> reasons = provenance.reasons(node, table, chain.name());
    if (reasons.size() != chain.rules().size()) {
      return;
    }
    List<String> deeper = new ArrayList<>();
    for (int i = 0; i < reasons.size(); i++) {
      Rule rule = chain.rules().get(i);
      if (reasons.get(i).service().equals(service)) {
        rows.add(new Row(chain.name() + "\n" + SaveText.of(rule), reasons.get(i).rule().why().sentence(), "",
            Mood.PLAIN, Optional.of(new RowRef.FilterRow(node, rule.handle())), Optional.empty()));
        if (rule.target() instanceof Target.Jump(String to)) {
          deeper.add(to);
        }
      }
    }
    deeper.reversed().forEach(next::addFirst);
  }
}
