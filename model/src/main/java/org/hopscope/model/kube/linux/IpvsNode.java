package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.proxy.IpvsTable;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;

/** What kube-proxy does on a node in IPVS mode, around its rules of iptables (pkg/proxy/ipvs/proxier.go). */
final class IpvsNode {
  private static final List<String> SETTINGS = List.of("conntrack", "expire_nodest_conn", "expire_quiescent_template");

  private IpvsNode() {
  }

  private static DeviceRef device(String node) {
    return new DeviceRef(NetnsId.root(node), IpvsTable.DEVICE);
  }

  /** What is made before the rules that look into it: settings and the device once, services, addresses, sets. */
  static List<Edit> before(String node, IpvsTable was, IpvsTable is, IpFamily family) {
    NetnsId root = NetnsId.root(node);
    List<Edit> edits = new ArrayList<>();
    if (was.sets().isEmpty() && !is.sets().isEmpty()) {
      SETTINGS.forEach(s -> edits.add(Made.sysctl(root, "net.ipv4.vs." + s, "1")));
      edits.add(new Edit.AddLink(new NewLink(device(node), Optional.empty(), Optional.empty(), Optional.empty(), false),
          Optional.empty(), new LinkInfo.Dummy()));
    }
    is.bound().stream().filter(a -> !was.bound().contains(a)).forEach(a -> edits.add(Made.address(device(node), a, a
        .width())));
    is.servicesAfter(was).forEach(c -> edits.add(new Edit.Ipvs(root, c)));
    is.setsAfter(was, family).forEach(c -> edits.add(new Edit.Ipset(root, c)));
    return edits;
  }

  /** What is taken away behind them: addresses and services that no Service has any more. */
  static List<Edit> after(String node, IpvsTable was, IpvsTable is) {
    List<Edit> edits = new ArrayList<>();
    for (IpAddress gone : was.bound()) {
      if (!is.bound().contains(gone)) {
        edits.add(new Edit.DeleteAddress(device(node), new InterfaceAddress(gone, gone.width()), true));
      }
    }
    is.servicesGone(was).forEach(c -> edits.add(new Edit.Ipvs(NetnsId.root(node), c)));
    return edits;
  }
}
