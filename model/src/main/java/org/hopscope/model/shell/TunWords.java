package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.TunMode;
import org.hopscope.model.net.TunProgram;

/** {@code type tun}: the kernel makes none that way (drivers/net/tun.c tun_validate); see {@link TuntapProgram}. */
final class TunWords implements TypeWords {
  @Override
  public LinkInfo read(Prompt prompt, Args args) throws Stop {
    throw Stop.exit(2, "Error: tun/tap creation via rtnetlink is not supported.");
  }

  @Override
  public String write(LinkInfo info) {
    return "";
  }

  @Override
  public List<Detail> details(LabState lab, Device device) {
    if (!(device
        .kind() instanceof DeviceKind.Tun(TunMode mode, Optional<Integer> owner, Optional<Integer> group, Optional<TunProgram> _, boolean _))) {
      return List.of();
    }
    List<Detail> details = new ArrayList<>(List.of(Detail.of("type", mode.word()), new Detail("pi off", "pi", false),
        new Detail("vnet_hdr off", "vnet_hdr", false), new Detail("", "multi_queue", false),
        new Detail("persist on", "persist", true)));
    owner.ifPresent(u -> details.add(Detail.of("user", name(u))));
    group.ifPresent(g -> details.add(Detail.of("group", name(g))));
    return details;
  }

  /** Numbers have names only on a machine; root has one on all. */
  private static Object name(int id) {
    return id == 0 ? "root" : id;
  }
}
