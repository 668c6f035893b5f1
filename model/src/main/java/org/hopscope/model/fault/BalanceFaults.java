package org.hopscope.model.fault;

import java.util.List;
import org.hopscope.model.ipvs.RealServer;
import org.hopscope.model.ipvs.ServiceKey;
import org.hopscope.model.ipvs.VirtualService;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** What can be broken about services of IPVS that are found by address: the service, and those who serve it. */
final class BalanceFaults {
  private final Breakages ways;

  BalanceFaults(Breakages ways) {
    this.ways = ways;
  }

  void add(Netns netns) {
    NetnsId at = netns.id();
    for (VirtualService service : netns.ipvs().services().values()) {
      ServiceKey key = service.key();
      if (key.isMark() || key.protocol() == ServiceKey.SCTP) {
        continue;
      }
      String name = (key.protocol() == ServiceKey.TCP ? " -t " : " -u ") + key.toString().substring(4);
      ways.can("ipvs-gone", at, Breakages.named("ipvsadm -A" + name), "ipvsadm -D" + name);
      String[] silent = service.servers().stream()
          .map(s -> "ipvsadm -e" + name + " -r " + s.key() + " -m -w 0").toArray(String[]::new);
      ways.can("ipvs-weight", at, Breakages.named("ipvsadm -e" + name), silent);
      String[] gone =
          service.servers().stream().map(s -> "ipvsadm -d" + name + " -r " + s.key()).toArray(String[]::new);
      ways.can("ipvs-no-server", at, Breakages.named("ipvsadm -a" + name), gone);
      for (RealServer server : service.servers()) {
        String own = name + " -r " + server.key();
        String there = name + " -r " + server.key().address() + ":";
        ways.can("ipvs-port", at, List.of(List.of("ipvsadm -d" + there), List.of("ipvsadm -a" + own)),
            "ipvsadm -d" + own, "ipvsadm -a" + there + (server.key().port() + 1) + " -m");
        ways.can("ipvs-stranger", at, Breakages.named("ipvsadm -d" + name + " -r 10.251.9.9"),
            "ipvsadm -a" + name + " -r 10.251.9.9:80 -m");
        ways.can("ipvs-forwarding", at, Breakages.named("ipvsadm -e" + own, "-m"), "ipvsadm -e" + own + " -g");
      }
    }
  }
}
