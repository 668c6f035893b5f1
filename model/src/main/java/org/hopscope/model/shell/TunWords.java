package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.TunFlag;
import org.hopscope.model.net.TunSettings;

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
    if (!(device.kind() instanceof DeviceKind.Tun tun)) {
      return List.of();
    }
    TunSettings settings = tun.settings();
    boolean queues = settings.has(TunFlag.MULTI_QUEUE);
    List<Detail> details = new ArrayList<>(List.of(Detail.of("type", settings.mode().word()),
        onOff(settings, TunFlag.PI), onOff(settings, TunFlag.VNET_HDR),
        new Detail(queues ? "multi_queue" : "", "multi_queue", queues)));
    if (queues) {
      details.add(Detail.of("numqueues", 0));
      details.add(Detail.of("numdisabled", 0));
    }
    details.add(new Detail("persist on", "persist", true));
    settings.owner().ifPresent(u -> details.add(Detail.of("user", name(u))));
    settings.group().ifPresent(g -> details.add(Detail.of("group", name(g))));
    return details;
  }

  private static Detail onOff(TunSettings settings, TunFlag flag) {
    return new Detail(flag.word() + (settings.has(flag) ? " on" : " off"), flag.word(), settings.has(flag));
  }

  /** Numbers have names only on a machine; root has one on all. */
  private static Object name(int id) {
    return id == 0 ? "root" : id;
  }
}
