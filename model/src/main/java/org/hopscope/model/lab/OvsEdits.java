package org.hopscope.model.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.ovs.FlowEditor;
import org.hopscope.model.ovs.FlowKey;
import org.hopscope.model.ovs.FlowParser;
import org.hopscope.model.ovs.OpenVswitch;
import org.hopscope.model.ovs.OvsBridge;
import org.hopscope.model.ovs.OvsComplaint;
import org.hopscope.model.ovs.OvsPort;
import org.hopscope.model.ovs.SwitchEditor;
import org.hopscope.model.ovs.WalkText;

/**
 * Changes of a host's Open vSwitch, with the devices that come and go with them. Left out: the device ovs-system that
 * stands for the datapath, those that stand for tunnels such as vxlan_sys_4789, and that a bridge wears the lowest
 * hardware address of its ports and has the least of their MTUs.
 */
final class OvsEdits {
  private OvsEdits() {
  }

  static LabState apply(LabState lab, Edit.Ovs edit) {
    Host host = Find.host(lab, edit.host());
    NetnsId root = host.root();
    try {
      if (edit.program().equals("ovs-appctl")) {
        return generated(lab, host, edit);
      }
      OpenVswitch after = edit.program().equals("ovs-ofctl")
          ? FlowEditor.apply(host.ovs(), edit.words(), edit.lines(), lab.now().nanos())
          : SwitchEditor.apply(host.ovs(), edit.words(), n -> lab.find(new DeviceRef(root, n)).isPresent(),
              lab.now().nanos()).ovs();
      if (after.equals(host.ovs())) {
        return lab;
      }
      LabState changed = lab.withHosts(lab.hosts().plus(host.name(), host.withOvs(after)));
      LabState made = devices(changed, root, after);
      return made.withLearned(made.learned().withOvs(host.name(), made.learned().ovs(host.name()).within(after)));
    } catch (OvsComplaint complaint) {
      throw complaint.isUnsupported()
          ? RefusedException.unsupported(complaint.getMessage())
          : RefusedException.tool(Errno.EINVAL, complaint.getMessage());
    }
  }

  /** {@code ofproto/trace BRIDGE FLOW -generate}: the switch learns as from a real frame. */
  private static LabState generated(LabState lab, Host host, Edit.Ovs edit) throws OvsComplaint {
    OvsBridge bridge = FlowEditor.bridge(host.ovs(), "ofproto/trace", edit.words().subList(1, edit.words().size()));
    FlowKey frame = WalkText.frame(FlowParser.which(bridge, edit.words().get(2)).flow().match());
    return lab.withLearned(lab.learned().withOvs(host.name(),
        WalkText.learning(host.ovs(), lab.learned().ovs(host.name()), lab.now().nanos(), bridge, frame)));
  }

  /** Internal ports have devices; those of ports that are gone go. */
  private static LabState devices(LabState lab, NetnsId root, OpenVswitch ovs) {
    Map<String, Boolean> wanted = new LinkedHashMap<>();
    ovs.bridges().forEach(b -> b.ports().stream().filter(p -> p.type() instanceof OvsPort.Type.Internal)
        .forEach(p -> wanted.put(p.name(), p.number() == OvsPort.LOCAL)));
    LabState next = lab;
    for (Device device : lab.devices().values()) {
      if (device.kind() instanceof DeviceKind.OvsInternal(String port, boolean _)
          && device.netns().host().equals(root.host()) && !wanted.containsKey(port)) {
        next = Detach.delete(next, next.device(device.id()));
      } else if (device.kind() instanceof DeviceKind.OvsInternal(String port, boolean _)
          && device.netns().host().equals(root.host())) {
        wanted.remove(port);
      }
    }
    for (Map.Entry<String, Boolean> port : wanted.entrySet()) {
      DeviceRef ref = new DeviceRef(root, port.getKey());
      if (next.find(ref).isPresent()) {
        throw RefusedException.tool(Errno.EEXIST, "ovs-vsctl: Error detected while setting up '" + port.getKey()
            + "': could not add network device " + port.getKey()
            + " to ofproto (File exists).  See ovs-vswitchd log for details.");
      }
      next = Creation.add(next, NewLink.named(ref), new DeviceKind.OvsInternal(port.getKey(), port.getValue()));
    }
    return next;
  }
}
