package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.iptables.PacketNames;
import org.hopscope.model.ipvs.IpvsCommand;
import org.hopscope.model.ipvs.IpvsComplaint;
import org.hopscope.model.ipvs.IpvsEditor;
import org.hopscope.model.ipvs.IpvsNames;
import org.hopscope.model.ipvs.IpvsReader;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.AddressType;

/** Changes of virtual services: {@code ipvsadm}. */
public final class IpvsEdits {
  /** The names of ports, as everywhere else. */
  public static final IpvsNames NAMES = new IpvsNames() {
    @Override
    public Optional<Integer> port(String service) {
      return PacketNames.serviceNumber(service);
    }

    @Override
    public Optional<String> service(int protocol, int port) {
      return Optional.of(PacketNames.serviceName(protocol, port));
    }
  };

  private IpvsEdits() {
  }

  /** The IPVS of a namespace. */
  public static IpvsEditor.State state(LabState lab, NetnsId netns) {
    return new IpvsEditor.State(Find.netns(lab, netns).ipvs(), lab.learned().netfilter(netns).ipvs());
  }

  /** Whether an address can be a real server's (ip_vs_new_dest). */
  public static Predicate<IpAddress> unicast(LabState lab, NetnsId netns) {
    return address -> {
      AddressType type = AddressTypes.of(lab, netns, address, Optional.empty());
      return type == AddressType.UNICAST || type == AddressType.LOCAL;
    };
  }

  static LabState apply(LabState lab, NetnsId netns, List<String> words) {
    try {
      IpvsCommand command = IpvsReader.read(words, NAMES);
      IpvsEditor.State after = IpvsEditor.apply(state(lab, netns), command, unicast(lab, netns));
      return lab.with(Find.netns(lab, netns).withIpvs(after.rules())).withLearned(lab.learned().withNetfilter(netns,
          lab.learned().netfilter(netns).withIpvs(after.memory())));
    } catch (IpvsComplaint complaint) {
      throw complaint.isUnsupported()
          ? RefusedException.unsupported(complaint.getMessage())
          : RefusedException.tool(Errno.EINVAL, String.join("\n", complaint.lines()));
    }
  }
}
