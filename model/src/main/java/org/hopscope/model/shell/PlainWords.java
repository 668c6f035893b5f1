package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.net.Device;

/**
 * A kind of which nothing more can be said behind {@code type} (iproute2 ip/iplink_dummy.c): {@code dummy}, and {@code wireguard},
 * whose rest is {@code wg}'s.
 *
 * @param made what is made
 */
record PlainWords(LinkInfo made) implements TypeWords {
  @Override
  public LinkInfo read(Prompt prompt, Args args) throws Stop {
    if (!args.isEmpty()) {
      throw Stop.exit(1, "Garbage instead of arguments \"" + args.next() + " ...\". Try \"ip link help\".");
    }
    return made;
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
