package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.kube.proxy.RuleReason;
import org.hopscope.model.netfilter.TableName;

/** flannel's rules (flannel pkg/trafficmngr/iptables/iptables.go masqRules, forwardRules; sem-V8). */
final class FlannelRules {
  private static final String MASQ = "FLANNEL-POSTRTG";
  private static final String FORWARD = "FLANNEL-FWD";

  private FlannelRules() {
  }

  /**
   * The rules on a node.
   *
   * @param network the addresses of all pods
   * @param own those of the node's pods
   */
  static NodeRules of(IpPrefix network, IpPrefix own) {
    String all = network.toString();
    String here = own.toString();
    String multicast = network.address().family() == IpFamily.INET ? "224.0.0.0/4" : "ff00::/8";
    List<ProxyRule> masq = new ArrayList<>();
    masq.add(rule(RuleReason.FLANNEL_MARKED, List.of("-m", "mark", "--mark", "0x4000/0x4000"), "RETURN"));
    masq.add(rule(RuleReason.FLANNEL_INSIDE, List.of("-s", here, "-d", all), "RETURN"));
    masq.add(rule(RuleReason.FLANNEL_INSIDE, List.of("-s", all, "-d", here), "RETURN"));
    masq.add(rule(RuleReason.FLANNEL_TO_OWN, List.of("!", "-s", all, "-d", here), "RETURN"));
    masq.add(
        rule(RuleReason.FLANNEL_OUT, List.of("-s", all, "!", "-d", multicast), "MASQUERADE", "--random-fully"));
    masq.add(rule(RuleReason.FLANNEL_IN, List.of("!", "-s", all, "-d", all), "MASQUERADE", "--random-fully"));
    List<ProxyRule> forward = List.of(accept("-s", all), accept("-d", all));
    SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>();
    chains.put(new ChainKey(TableName.NAT, MASQ), masq);
    chains.put(new ChainKey(TableName.FILTER, FORWARD), forward);
    return new NodeRules(chains, List.of(), List.of(
        new BaseRules.Jump(TableName.NAT, "POSTROUTING", words(List.of(), "flanneld masq", MASQ)),
        new BaseRules.Jump(TableName.FILTER, "FORWARD", words(List.of(), "flanneld forward", FORWARD))));
  }

  private static ProxyRule rule(RuleReason why, List<String> asks, String... target) {
    return new ProxyRule(TableName.NAT, MASQ, words(asks, "flanneld masq", target), why);
  }

  private static ProxyRule accept(String side, String all) {
    return new ProxyRule(TableName.FILTER, FORWARD, words(List.of(side, all), "flanneld forward", "ACCEPT"),
        RuleReason.FLANNEL_FORWARD);
  }

  private static List<String> words(List<String> asks, String comment, String... target) {
    List<String> words = new ArrayList<>(asks);
    words.addAll(List.of("-m", "comment", "--comment", comment, "-j"));
    words.addAll(List.of(target));
    return words;
  }
}
