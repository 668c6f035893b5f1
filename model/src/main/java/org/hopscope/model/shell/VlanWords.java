package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.packet.Header;

/** {@code type vlan} (iproute2 ip/iplink_vlan.c, ip-link(8)). Flags and maps of priorities are not modelled. */
final class VlanWords implements TypeWords {
  private static final Keywords WORDS = Keywords.of("protocol* id* reorder_hdr* gvrp* mvrp* loose_binding* "
      + "bridge_binding* ingress-qos-map* egress-qos-map* help*");

  @Override
  public LinkInfo read(Prompt prompt, Args args) throws Stop {
    Optional<Integer> id = Optional.empty();
    Optional<Integer> protocol = Optional.empty();
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed)
          .orElseThrow(() -> Stop.exit(1, "vlan: unknown command \"" + typed + "\"?", "Usage: ... vlan id VLANID"));
      switch (word) {
        case "id" -> id = Optional.of(args.number(0, 65535, "id is invalid"));
        case "protocol" -> protocol = Optional.of(protocol(args.next()));
        default -> throw Stop.unsupported("vlan " + word);
      }
    }
    return new LinkInfo.Vlan(id, protocol);
  }

  private static int protocol(String text) throws Stop {
    if (text.equalsIgnoreCase("802.1q")) {
      return Header.Vlan.CUSTOMER;
    }
    if (text.equalsIgnoreCase("802.1ad")) {
      return Header.Vlan.SERVICE;
    }
    throw Stop.wrong(text, "protocol is invalid");
  }

  private static String name(int protocol) {
    return protocol == Header.Vlan.CUSTOMER ? "802.1Q" : "802.1ad";
  }

  @Override
  public String write(LinkInfo info) {
    return info instanceof LinkInfo.Vlan(Optional<Integer> id, Optional<Integer> protocol)
        ? protocol.map(p -> " protocol " + name(p)).orElse("") + id.map(i -> " id " + i).orElse("")
        : "";
  }

  @Override
  public List<Detail> details(LabState lab, Device device) {
    return device.kind() instanceof DeviceKind.Vlan(var _, int id, int protocol)
        ? List.of(Detail.of("protocol", name(protocol)), Detail.of("id", id),
            new Detail("<REORDER_HDR>", "flags", List.of("REORDER_HDR")))
        : List.of();
  }
}
