package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;

/** {@code type ipvlan} (iproute2 ip/iplink_ipvlan.c, ip-link(8)). */
final class IpvlanWords implements TypeWords {
  @Override
  public LinkInfo read(Prompt prompt, Args args) throws Stop {
    Optional<IpvlanMode> mode = Optional.empty();
    Optional<IpvlanFlag> flag = Optional.empty();
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "mode" -> mode = Optional.of(switch (args.next()) {
          case "l2" -> IpvlanMode.L2;
          case "l3" -> IpvlanMode.L3;
          case "l3s" -> IpvlanMode.L3S;
          default -> throw Stop.exit(1,
              "Error: argument of \"mode\" must be either \"l2\", \"l3\" or \"l3s\"");
        });
        case "bridge" -> flag = Optional.of(IpvlanFlag.BRIDGE);
        case "private" -> flag = Optional.of(IpvlanFlag.PRIVATE);
        case "vepa" -> flag = Optional.of(IpvlanFlag.VEPA);
        default -> throw TypeWords.unknown("ipvlan", word);
      }
    }
    return new LinkInfo.Ipvlan(mode, flag);
  }

  @Override
  public String write(LinkInfo info) {
    return info instanceof LinkInfo.Ipvlan(Optional<IpvlanMode> mode, Optional<IpvlanFlag> flag)
        ? mode.map(m -> " mode " + m.word()).orElse("") + flag.map(f -> " " + f.word()).orElse("")
        : "";
  }

  @Override
  public List<Detail> details(LabState lab, Device device) {
    return device.kind() instanceof DeviceKind.Ipvlan(var _, IpvlanMode mode, IpvlanFlag flag)
        ? List.of(new Detail("", "mode", mode.word()), new Detail(" mode " + mode.word(), "", ""),
            new Detail(flag.word(), "mode_flag", flag.word()))
        : List.of();
  }
}
