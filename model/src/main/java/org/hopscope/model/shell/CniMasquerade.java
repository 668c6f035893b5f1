package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.NetConf;

/** {@code ipMasq}: what a container sends beyond its network wears the host's address (plugins pkg/ip/ipmasq_linux.go). */
final class CniMasquerade {
  private final CniDeeds deeds;
  private final String chain;
  private final String comment;

  CniMasquerade(CniDeeds deeds) {
    this.deeds = deeds;
    chain = deeds.chain("CNI-");
    comment = "name: \"" + deeds.call().network() + "\" id: \"" + deeds.call().container() + "\"";
  }

  private static String program(IpFamily family) {
    return family == IpFamily.INET ? "iptables" : "ip6tables";
  }

  void set(NetConf conf, List<CniResult.Ip> ips) throws Stop, CniException {
    if (!conf.is("ipMasq")) {
      return;
    }
    if (conf.text("ipMasqBackend").filter(b -> !b.equals("iptables")).isPresent()) {
      throw Stop.unsupported("cni ipMasqBackend " + conf.text("ipMasqBackend").orElseThrow());
    }
    for (CniResult.Ip ip : ips) {
      String program = program(ip.family());
      if (!deeds.has(ip.family(), "nat", chain)) {
        deeds.host(program, "-t", "nat", "-N", chain);
      }
      append(program, chain, "-d", ip.address().network().toString(), "-j", "ACCEPT");
      append(program, chain, "!", "-d", ip.family() == IpFamily.INET ? "224.0.0.0/4" : "ff00::/8", "-j", "MASQUERADE");
      append(program, "POSTROUTING", "-s", ip.address().address().toString(), "-j", chain);
    }
  }

  private void append(String program, String where, String... words) throws Stop, CniException {
    if (!deeds.holds(CniIptables.words(program, "nat", "-C", where, commented(words)))) {
      deeds.host(CniIptables.words(program, "nat", "-A", where, commented(words)));
    }
  }

  private String[] commented(String... words) {
    return CniIptables.joined(words, "-m", "comment", "--comment", comment);
  }

  void unset(NetConf conf, List<InterfaceAddress> addresses) throws Stop, CniException {
    if (!conf.is("ipMasq")) {
      return;
    }
    for (InterfaceAddress each : addresses) {
      IpAddress address = each.address();
      String program = program(address.family());
      deeds.tryHost(CniIptables.words(program, "nat", "-D", "POSTROUTING", commented("-s", address.toString(), "-j",
          chain)));
      deeds.tryHost(program, "-t", "nat", "-F", chain);
      deeds.tryHost(program, "-t", "nat", "-X", chain);
    }
  }
}
