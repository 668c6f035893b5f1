package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.FdbFilter;
import org.hopscope.model.lab.FdbSide;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.TraitsChange;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;

/** {@code ip link set}: everything that one command changes (ip-link(8)). */
final class IpLinkSet {
  private final Prompt prompt;
  private final Args args;

  IpLinkSet(Prompt prompt, Args args) {
    this.prompt = prompt;
    this.args = args;
  }

  Command read() throws Stop {
    LinkParts parts = new LinkParts(prompt, args).read();
    if (parts.group().isPresent()) {
      return group(parts);
    }
    DeviceRef link = parts.existing();
    if (parts.carrier().isPresent()) {
      throw carrier(prompt.device(link.name()), parts.carrier().get());
    }
    List<Edit> edits = new ArrayList<>();
    if (parts.type().isPresent()) {
      edits.addAll(typed(parts.type().get(), link));
    }
    parts.arp().ifPresent(arp -> edits.add(new Edit.SetArp(link, arp)));
    if (!parts.traits().equals(TraitsChange.NONE)) {
      edits.add(new Edit.SetTraits(link, parts.traits()));
    }
    parts.addresses().ifPresent(none -> edits.add(new Edit.SetGenMode(link, none)));
    LinkChange change = parts.change();
    if (edits.isEmpty() || !change.equals(LinkChange.NONE)) {
      edits.add(new Edit.SetLink(link, change));
    }
    return Command.Change.of(edits.size() == 1 ? edits.getFirst() : new Edit.Together(edits));
  }

  /** Only some drivers let somebody say what their carrier is (kernel ndo_change_carrier, tun_net_change_carrier). */
  private static Stop carrier(Device device, boolean on) {
    if (device.kind() instanceof DeviceKind.Tun tun && on && tun.program().isEmpty()) {
      return Stop.exit(2, "RTNETLINK answers: " + Errno.EPERM.text());
    }
    boolean changes = device.kind() instanceof DeviceKind.Tun || device.kind() instanceof DeviceKind.Dummy;
    return changes ? Stop.unsupported("carrier") : Stop.exit(2, "RTNETLINK answers: " + Errno.EOPNOTSUPP.text());
  }

  /** {@code ip link set group N …}: all that are in it (rtnetlink.c rtnl_group_changelink). */
  private Command group(LinkParts parts) throws Stop {
    LinkChange change = parts.change();
    List<Edit> edits = new ArrayList<>();
    for (DeviceRef member : IpLink.group(prompt, parts.group().orElseThrow())) {
      edits.add(new Edit.SetLink(member, change));
    }
    return edits.isEmpty() ? Command.Said.NOTHING : Command.Change.of(new Edit.Together(edits));
  }

  /**
   * The kernel changes what belongs to the type before the rest (rtnetlink.c rtnl_changelink); a type without a word
   * behind it changes nothing, not even when the device is of another.
   */
  private List<Edit> typed(String type, DeviceRef link) throws Stop {
    if (args.isEmpty() && (IpLink.isOurs(type) || !IpLink.isType(type))) {
      return List.of();
    }
    IpLink.refuseWords(type, args);
    return switch (type) {
      case "bridge", "bridge_slave" -> {
        List<Edit> flush = args.drop("fdb_flush")
            ? List.of(new Edit.FlushFdb(link, type.equals("bridge") ? FdbSide.SELF : FdbSide.MASTER,
                FdbFilter.ALL.withUnageing(false)))
            : List.of();
        Edit rest = type.equals("bridge") ? new Edit.SetBridge(link, BridgeWords.read(args))
            : new Edit.SetBridgePort(link,
                PortWords.slave(args, prompt.lab().find(link).filter(d -> d.port().isPresent()).isPresent()));
        yield flush.isEmpty() ? List.of(rest) : List.of(rest, flush.getFirst());
      }
      default -> {
        String known = IpLink.type(type);
        TypeWords words = IpLink.driver(known).flatMap(TypeWords::of)
            .orElseThrow(() -> Stop.unsupported("type " + type));
        yield List.of(new Edit.SetLinkInfo(link, words.read(prompt, args)));
      }
    };
  }
}
