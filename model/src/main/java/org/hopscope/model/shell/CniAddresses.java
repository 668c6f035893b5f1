package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.cni.Conflist;
import org.hopscope.model.kube.cni.HostLocal;

/**
 * host-local, whose only memory is a folder of the host: {@code /var/lib/cni/networks/NETWORK} holds a file for each address
 * that is given, with the container's name and its device in it, and {@code last_reserved_ip.N} for each range.
 */
final class CniAddresses {
  private static final String FOLDER = "/var/lib/cni/networks/";

  private final CniDeeds deeds;
  private final String folder;
  private final String owner;

  CniAddresses(CniDeeds deeds) {
    this.deeds = deeds;
    folder = FOLDER + deeds.network();
    owner = deeds.container() + "\n" + CniPlugins.DEVICE + "\n";
  }

  /** An address of each range, with its gateway. */
  record Given(InterfaceAddress address, IpAddress gateway) {
  }

  List<Given> give(Conflist.Ipam ipam) throws Stop {
    if (!ipam.type().equals("host-local")) {
      throw Stop.unsupported("cni ipam " + ipam.type());
    }
    if (ipam.ranges().isEmpty()) {
      throw Stop.exit(1, "no IP ranges specified");
    }
    List<Given> given = new ArrayList<>();
    for (int i = 0; i < ipam.ranges().size(); i++) {
      HostLocal range = new HostLocal(ipam.ranges().get(i));
      Optional<IpAddress> last = deeds.file(folder + "/last_reserved_ip." + i).map(String::strip)
          .flatMap(IpAddress::parse);
      IpAddress next = range.next(last, taken()).orElseThrow(() -> Stop.exit(1, "failed to allocate for range 0: no IP "
          + "addresses available in range set: " + range.range().subnet()));
      deeds.write(folder + "/" + next, owner.lines().toList());
      deeds.write(folder + "/last_reserved_ip." + i, List.of(next.toString()));
      given.add(new Given(new InterfaceAddress(next, range.range().subnet().length()), range.gateway()));
    }
    return given;
  }

  private Set<IpAddress> taken() {
    Set<IpAddress> taken = new HashSet<>();
    deeds.files(folder).keySet().forEach(name -> IpAddress.parse(name).ifPresent(taken::add));
    return taken;
  }

  /** The addresses that the container has. */
  List<IpAddress> held() {
    List<IpAddress> held = new ArrayList<>();
    for (Map.Entry<String, String> file : deeds.files(folder).entrySet()) {
      if (file.getValue().equals(owner)) {
        IpAddress.parse(file.getKey()).ifPresent(held::add);
      }
    }
    return held;
  }

  /** Takes them back; the memory of the last one stays. */
  void takeBack() {
    held().forEach(a -> deeds.remove(folder + "/" + a));
  }
}
