package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;
import org.hopscope.model.net.Device;

/** loopback: the container's {@code lo} is switched on, whatever CNI_IFNAME says (plugins plugins/main/loopback). */
final class CniLoopback implements CniPlugin {
  private static final String LO = "lo";

  private final CniDeeds deeds;

  CniLoopback(CniDeeds deeds) {
    this.deeds = deeds;
  }

  @Override
  public CniResult add(NetConf conf) throws Stop, CniException {
    deeds.openSandbox();
    deeds.inside("ip", "link", "set", LO, "up");
    Optional<CniResult> before = CniResult.before(conf);
    if (before.isPresent()) {
      return before.get();
    }
    Device lo = deeds.within(LO).orElseThrow();
    List<CniResult.Ip> ips = new ArrayList<>();
    for (InterfaceAddress address : List.of(InterfaceAddress.of("127.0.0.1/8"), InterfaceAddress.of("::1/128"))) {
      if (lo.globalAddresses().contains(address)) {
        ips.add(new CniResult.Ip(0, address, Optional.empty()));
      }
    }
    return CniResult.NOTHING.withInterfaces(List.of(new CniResult.Interface(LO, "", deeds.call().netns()))).withIps(ips)
        .refreshed(deeds);
  }

  /** A version that is said is printed, but the result keeps its newest form (loopback.go prints it as it is). */
  @Override
  public JsonValue.Fields told(CniResult result, NetConf conf) throws CniException {
    return result.json(conf, conf.has("cniVersion"), false);
  }

  @Override
  public void delete(NetConf conf) throws Stop {
    if (deeds.hasSandbox()) {
      deeds.tryInside("ip", "link", "set", LO, "down");
    }
  }

  @Override
  public void check(NetConf conf) throws CniException {
    deeds.openSandbox();
    if (deeds.within(LO).filter(Device::isUp).isEmpty()) {
      throw new CniException("loopback interface is down");
    }
  }
}
