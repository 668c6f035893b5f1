package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.net.Device;

/** {@code type wireguard}: nothing more can be said; the rest is {@code wg}'s. */
final class WireGuardWords implements TypeWords {
  @Override
  public LinkInfo read(Prompt prompt, Args args) throws Stop {
    if (!args.isEmpty()) {
      throw Stop.exit(255, "Garbage instead of arguments \"" + args.next() + " ...\". Try \"ip link help\".");
    }
    return new LinkInfo.WireGuard();
  }

  @Override
  public String write(LinkInfo info) {
    return "";
  }

  @Override
  public List<Detail> details(LabState lab, Device device) {
    return List.of();
  }
}
