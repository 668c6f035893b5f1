package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.NetConf;

/**
 * firewall: what a container sends, and answers to it, may pass even where the host forwards nothing (plugins
 * plugins/meta/firewall, by iptables); with {@code ingressPolicy} also isolation between bridges. firewalld is refused by name.
 */
final class CniFirewall implements CniPlugin {
  private static final String STAGE = "CNI-ISOLATION-STAGE-";

  private final CniDeeds deeds;

  CniFirewall(CniDeeds deeds) {
    this.deeds = deeds;
  }

  private void load(NetConf conf) throws Stop, CniException {
    if (conf.text("backend").filter("firewalld"::equals).isPresent()) {
      throw Stop.unsupported("cni firewall backend firewalld");
    }
  }

  private static String program(IpFamily family) {
    return family == IpFamily.INET ? "iptables" : "ip6tables";
  }

  private static String admin(NetConf conf) throws CniException {
    return conf.text("iptablesAdminChainName").filter(a -> !a.isEmpty()).orElse("CNI-ADMIN");
  }

  private void once(IpFamily family, String verb, String chain, String... rule) throws Stop, CniException {
    if (!deeds.holds(CniIptables.words(program(family), "filter", "-C", chain, rule))) {
      deeds.host(CniIptables.words(program(family), "filter", verb, chain, rule));
    }
  }

  private void chain(IpFamily family, String name) throws Stop, CniException {
    if (!deeds.has(family, "filter", name)) {
      deeds.host(program(family), "-t", "filter", "-N", name);
    }
  }

  @Override
  public CniResult add(NetConf conf) throws Stop, CniException {
    load(conf);
    CniResult before = CniContainer.required(conf, "missing prevResult from earlier plugin");
    for (IpFamily family : List.of(IpFamily.INET, IpFamily.INET6)) {
      List<CniResult.Ip> ips = before.ips().stream().filter(i -> i.family() == family).toList();
      if (!ips.isEmpty()) {
        passes(conf, family, ips);
      }
    }
    isolation(conf, before);
    return before;
  }

  private void passes(NetConf conf, IpFamily family, List<CniResult.Ip> ips) throws Stop, CniException {
    chain(family, "CNI-FORWARD");
    chain(family, admin(conf));
    once(family, "-I", "FORWARD", "-m", "comment", "--comment", "CNI firewall plugin rules", "-j", "CNI-FORWARD");
    once(family, "-I", "CNI-FORWARD", "-m", "comment", "--comment", "CNI firewall plugin admin overrides", "-j", admin(
        conf));
    for (CniResult.Ip ip : ips) {
      once(family, "-A", "CNI-FORWARD", in(ip));
      once(family, "-A", "CNI-FORWARD", out(ip));
    }
  }

  private static String host(CniResult.Ip ip) {
    IpAddress address = ip.address().address();
    return address + "/" + address.width();
  }

  private static String[] in(CniResult.Ip ip) {
    return new String[] {"-d", host(ip), "-m", "conntrack", "--ctstate", "RELATED,ESTABLISHED", "-j", "ACCEPT"};
  }

  private static String[] out(CniResult.Ip ip) {
    return new String[] {"-s", host(ip), "-j", "ACCEPT"};
  }

  /** {@code same-bridge}, and {@code isolated}, which no two containers pass even on one bridge (ingresspolicy.go). */
  private void isolation(NetConf conf, CniResult before) throws Stop, CniException {
    String policy = conf.text("ingressPolicy").orElse("");
    if (policy.isEmpty() || policy.equals("open")) {
      return;
    }
    if (!List.of("same-bridge", "isolated").contains(policy)) {
      throw new CniException("unknown ingress policy: \"" + policy + "\"");
    }
    if (policy.equals("isolated")) {
      throw Stop.unsupported("cni firewall ingressPolicy isolated");
    }
    String bridge = before.interfaces().stream().map(CniResult.Interface::name).findFirst().orElseThrow(
        () -> new CniException("interface #0 not found in prevResult"));
    String[] comment = {"-m", "comment", "--comment", "CNI firewall plugin rules (ingressPolicy: same-bridge)", "-j"};
    for (IpFamily family : List.of(IpFamily.INET, IpFamily.INET6)) {
      chain(family, STAGE + 1);
      chain(family, STAGE + 2);
      once(family, "-I", "FORWARD", CniIptables.joined(comment, STAGE + 1));
      once(family, "-I", STAGE + 1, CniIptables.joined(CniIptables.joined(new String[] {"-i", bridge, "!", "-o",
          bridge}, comment), STAGE + 2));
      once(family, "-A", STAGE + 1, CniIptables.joined(comment, "RETURN"));
      once(family, "-I", STAGE + 2,
          CniIptables.joined(CniIptables.joined(new String[] {"-o", bridge}, comment), "DROP"));
      once(family, "-A", STAGE + 2, CniIptables.joined(comment, "RETURN"));
    }
  }

  /** Takes the rules of the container away; without the result of ADD it does not know them. */
  @Override
  public void delete(NetConf conf) throws Stop, CniException {
    load(conf);
    for (CniResult.Ip ip : CniResult.before(conf).orElse(CniResult.NOTHING).ips()) {
      deeds.tryHost(CniIptables.words(program(ip.family()), "filter", "-D", "CNI-FORWARD", in(ip)));
      deeds.tryHost(CniIptables.words(program(ip.family()), "filter", "-D", "CNI-FORWARD", out(ip)));
    }
  }

  @Override
  public void check(NetConf conf) throws Stop, CniException {
    load(conf);
    for (CniResult.Ip ip : CniContainer.required(conf, "missing prevResult from earlier plugin").ips()) {
      for (String[] rule : List.of(in(ip), out(ip))) {
        if (!deeds.holds(CniIptables.words(program(ip.family()), "filter", "-C", "CNI-FORWARD", rule))) {
          throw new CniException("expected rule [" + String.join(" ", rule) + "] not found");
        }
      }
    }
  }
}
