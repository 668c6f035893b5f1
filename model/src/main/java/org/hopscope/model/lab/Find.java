package org.hopscope.model.lab;

import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** Finds what an edit names, or refuses in the words of the tool that would have looked it up. */
final class Find {
  private Find() {
  }

  static Host host(LabState lab, String name) {
    Host host = lab.hosts().get(name);
    if (host == null) {
      throw RefusedException.tool(Errno.ENOENT, "Cannot find host \"" + name + "\"");
    }
    return host;
  }

  static Netns netns(LabState lab, NetnsId id) {
    host(lab, id.host());
    return lab.find(id).orElseThrow(() -> RefusedException.tool(Errno.ENOENT,
        "Cannot open network namespace \"" + id.name() + "\": " + Errno.ENOENT.text()));
  }

  static Device device(LabState lab, DeviceRef ref) {
    netns(lab, ref.netns());
    return lab.find(ref).orElseThrow(() -> RefusedException.tool(Errno.ENODEV,
        "Cannot find device \"" + ref.name() + "\""));
  }
}
