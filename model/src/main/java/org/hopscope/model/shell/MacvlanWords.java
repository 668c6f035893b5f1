package org.hopscope.model.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.MacvlanMode;

/** {@code type macvlan} (iproute2 ip/iplink_macvlan.c, ip-link(8)). Source mode and flags are not modelled. */
final class MacvlanWords implements TypeWords {
  private static final Keywords WORDS =
      Keywords.of("mode* flag* macaddr* nopromisc* nodst* bcqueuelen* usedbcqueuelen* bclim* help*");
  private static final int QUEUE = 1000;

  @Override
  public LinkInfo read(Prompt prompt, Args args) throws Stop {
    Optional<MacvlanMode> mode = Optional.empty();
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed).orElseThrow(() -> TypeWords.unknown("macvlan", typed));
      if (!word.equals("mode")) {
        throw Stop.unsupported("macvlan " + word);
      }
      mode = Optional.of(mode(args.next()));
    }
    return new LinkInfo.Macvlan(mode);
  }

  private static MacvlanMode mode(String text) throws Stop {
    if (text.equals("source")) {
      throw Stop.unsupported("macvlan mode source");
    }
    return Arrays.stream(MacvlanMode.values()).filter(m -> m.word().equals(text)).findFirst()
        .orElseThrow(() -> Stop.exit(1, "Error: argument of \"mode\" must be \"private\", \"vepa\", \"bridge\", "
            + "\"passthru\" or \"source\", not \"" + text + "\""));
  }

  @Override
  public String write(LinkInfo info) {
    return info instanceof LinkInfo.Macvlan(Optional<MacvlanMode> mode)
        ? mode.map(m -> " mode " + m.word()).orElse("")
        : "";
  }

  @Override
  public List<Detail> details(LabState lab, Device device) {
    return device.kind() instanceof DeviceKind.Macvlan(var _, MacvlanMode mode)
        ? List.of(Detail.of("mode", mode.word()), Detail.of("bcqueuelen", QUEUE), Detail.of("usedbcqueuelen", QUEUE))
        : List.of();
  }
}
