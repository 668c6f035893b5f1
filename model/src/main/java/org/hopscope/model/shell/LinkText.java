package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.SysctlGroup;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.Lifetime;
import org.hopscope.model.net.LinkFlag;
import org.hopscope.model.net.LinkTraits;
import org.hopscope.model.net.NetnsId;

/** Devices in the shapes of {@code ip link} and {@code ip addr} (iproute2 6.1 ip/ipaddress.c). */
final class LinkText {
  private static final String QUEUES = "%3$s numtxqueues %1$d numrxqueues %1$d gso_max_size 65536 "
      + "gso_max_segs 65535 tso_max_size %2$d tso_max_segs 65535 gro_max_size 65536";

  private final LabState lab;
  private final IpProgram.Options options;
  private final boolean addresses;
  /** What the kernel tells of devices when all of IPv6 is asked for: nothing of queues, groups and far ends. */
  private final boolean plain;

  /** Whether other namespaces are told by name. */
  private final boolean named;

  private LinkText(LabState lab, IpProgram.Options options, boolean addresses, boolean plain) {
    this(lab, options, addresses, plain, true);
  }

  private LinkText(LabState lab, IpProgram.Options options, boolean addresses, boolean plain, boolean named) {
    this.lab = lab;
    this.named = named;
    this.plain = plain;
    this.options = options;
    this.addresses = addresses;
  }

  /** The lines for all of them. */
  static List<String> of(LabState lab, IpProgram.Options options, boolean addresses, List<Device> devices,
      boolean plain) {
    LinkText text = new LinkText(lab, options, addresses, plain);
    List<String> lines = new ArrayList<>();
    for (Device device : devices) {
      LinkView view = plain ? LinkView.byNumber(lab, device) : LinkView.of(lab, device);
      if (options.brief()) {
        lines.add(text.brief(view));
      } else if (options.oneLine() && addresses) {
        lines.addAll(text.addressPerLine(view));
      } else if (options.oneLine()) {
        lines.add(String.join("\\", text.full(view)));
      } else {
        lines.addAll(text.full(view));
      }
    }
    return lines;
  }

  /** The lines of their addresses alone. */
  static List<String> addresses(LabState lab, IpProgram.Options options, List<Device> devices) {
    LinkText text = new LinkText(lab, options, true, false);
    return devices.stream().flatMap(d -> options.oneLine()
        ? text.addressPerLine(LinkView.of(lab, d)).stream()
        : text.addresses(d).stream().flatMap(List::stream)).toList();
  }

  /** What {@code ip monitor} writes of a device. */
  static List<String> event(LabState lab, IpProgram.Options options, Device device, boolean named) {
    LinkView view = LinkView.of(lab, device);
    return new LinkText(lab, options, false, false, named).event(view, view.allFlags(), view.operstate(), view.qdisc());
  }

  /** The same once it is switched off, as it is before it goes; {@code last} when nothing of it is left. */
  static List<String> off(LabState lab, IpProgram.Options options, Device device, boolean named, boolean last) {
    LinkView view = LinkView.of(lab, device);
    List<String> flags =
        view.allFlags().stream().filter(f -> !Set.of("UP", "LOWER_UP", "NO-CARRIER").contains(f)).toList();
    return new LinkText(lab, options, false, false, named).event(view, flags, "DOWN", last ? "noop" : view.qdisc());
  }

  private List<String> event(LinkView view, List<String> flags, String state, String qdisc) {
    List<String> lines = new ArrayList<>();
    lines.add(view.device().place().ifindex() + ": " + name(view) + ": <" + String.join(",", flags) + "> mtu "
        + view.mtu() + " qdisc " + qdisc + view.master().map(m -> " master " + m.name()).orElse("") + " state " + state
        + " group " + TraitWords.group(view.device().link().traits().group()) + " ");
    lines.add(linkLine(view));
    if (options.details()) {
      lines.addAll(moreDetails(view));
    }
    return lines;
  }

  private String linkLine(LinkView view) {
    return "    link/" + view.linkType() + " " + (view.hasAddress()
        ? view.address() + (view.isPointToPoint() ? " peer " : " brd ") + view.broadcast() : "")
        + netns(view) + (options.details() ? details(view) : "");
  }

  /** The lines of each address of a device. */
  static List<List<String>> eachAddress(LabState lab, IpProgram.Options options, Device device) {
    return new LinkText(lab, options, true, false).addresses(device);
  }

  private String brief(LinkView view) {
    StringBuilder tail = new StringBuilder();
    if (addresses) {
      if (options.shows(IpFamily.INET)) {
        view.device().addresses().forEach(a -> tail.append(local(a)).append(' '));
      }
      if (options.shows(IpFamily.INET6)) {
        view.device().inet6().addresses().forEach(a -> tail.append(Inet6Text.local(a)).append(' '));
      }
    } else {
      tail.append(view.address()).append(" <").append(String.join(",", view.allFlags())).append("> ");
    }
    return String.format(Locale.ROOT, "%-16s %-14s %s", name(view), view.operstate(), tail);
  }

  private List<String> addressPerLine(LinkView view) {
    String head = view.device().place().ifindex() + ": " + view.device().name();
    return addresses(view.device()).stream().map(lines -> head + String.join("\\", lines)).toList();
  }

  private List<String> full(LinkView view) {
    List<String> lines = new ArrayList<>();
    LinkTraits traits = view.device().link().traits();
    lines.add(view.device().place().ifindex() + ": " + name(view) + ": <" + String.join(",", view.allFlags()) + "> mtu "
        + view.mtu() + (plain ? "" : " qdisc " + view.qdisc())
        + view.master().filter(_ -> !plain).map(m -> " master " + m.name()).orElse("") + " state " + view.operstate()
        + (addresses ? "" : " mode DEFAULT") + (plain ? "" : " group " + TraitWords.group(traits.group())) + " qlen "
        + view.queueLength()
        + (addresses && options.family().isPresent() && !plain ? netns(view) : ""));
    if (plain && options.details()) {
      lines.add("    link/" + view.linkType() + (view.hasAddress() ? " " + view.address() : ""));
    }
    if (!plain && (!(addresses && options.family().isPresent()) || options.details())) {
      lines.add(linkLine(view));
      if (options.details()) {
        lines.addAll(moreDetails(view));
      }
      if (!addresses || options.details()) {
        traits.alias().ifPresent(a -> lines.add("    alias " + a));
      }
    }
    if (addresses) {
      addresses(view.device()).forEach(lines::addAll);
    }
    if (options.stats()) {
      lines.addAll(stats(view.device()));
    }
    return lines;
  }

  private String name(LinkView view) {
    return view.device().name() + view.suffix();
  }

  /** The lines of each address of the families asked for. */
  private List<List<String>> addresses(Device device) {
    List<List<String>> all = new ArrayList<>();
    if (options.shows(IpFamily.INET)) {
      device.addresses().forEach(a -> all.add(address(a)));
    }
    if (options.shows(IpFamily.INET6)) {
      device.inet6().addresses().forEach(a -> all.add(Inet6Text.lines(a, lab.now())));
    }
    return all;
  }

  private String netns(LinkView view) {
    return view.farNetns().map(there -> " link-" + netns(lab, view.device().netns(), there, named)).orElse("");
  }

  /** Another namespace: by its name where it has one and that is known, else by the number that it has here. */
  static String netns(LabState lab, NetnsId here, NetnsId there, boolean named) {
    return named && !there.isRoot() ? "netns " + there.name()
        : "netnsid " + Optional.ofNullable(lab.find(here).orElseThrow().nsids().get(there)).orElse(0);
  }

  private String details(LinkView view) {
    boolean port = view.master().isPresent();
    Driver.Mtu range = Links.mtuRange(lab, view.device());
    String limits = "minmtu " + range.min() + " maxmtu " + range.max();
    LinkTraits traits = view.device().link().traits();
    int promiscuity = (port ? 1 : 0) + (traits.has(LinkFlag.PROMISC) ? 1 : 0);
    int allmulti = (port ? 1 : 0) + (traits.has(LinkFlag.ALLMULTI) ? 1 : 0);
    String here = " promiscuity " + promiscuity + "  allmulti " + allmulti + " " + limits;
    return view.kind().isPresent() ? here + " " : here + queues(view) + " ";
  }

  private List<String> moreDetails(LinkView view) {
    if (view.kind().isEmpty()) {
      return List.of();
    }
    String own = "    " + (view.device().kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean _)
        ? "bridge " + BridgeDetails.ofBridge(lab, view.device(), settings).text().stripTrailing()
        : Stream.concat(view.kind().stream(), view.details(lab).stream().map(TypeWords.Detail::text))
            .filter(t -> !t.isEmpty()).collect(Collectors.joining(" ")));
    String queues = queues(view) + " ";
    List<TypeWords.Detail> slave = BondWords.slave(lab, view.device());
    if (!slave.isEmpty()) {
      return List.of(own + " ", "    bond_slave " + slave.stream().map(TypeWords.Detail::text)
          .collect(Collectors.joining(" ")) + queues);
    }
    return view.device().port().map(_ -> List.of(own + " ", "    bridge_slave "
        + BridgeDetails.ofPort(lab, PortView.of(lab, view.device())).text().stripTrailing() + queues))
        .orElseGet(() -> List.of(own + queues));
  }

  private String queues(LinkView view) {
    return String.format(Locale.ROOT, QUEUES, view.device().kind().queueing().count(), view.tsoMaxSize(lab),
        addresses ? "" : " addrgenmode " + genMode(lab, view.device()));
  }

  /** How it makes its own IPv6 address. */
  static String genMode(LabState lab, Device device) {
    return Sysctls.onDevice(lab, device, SysctlGroup.CONF6, "addr_gen_mode").equals("1") ? "none" : "eui64";
  }

  private static String local(AssignedAddress address) {
    int metric = address.traits().metric();
    return address.toldPeer().map(p -> address.address() + " peer " + p + "/" + address.local().length())
        .orElse(address.local().toString()) + (metric > 0 ? " metric " + metric : "");
  }

  private List<String> address(AssignedAddress address) {
    Optional<String> broadcast = address.broadcast().map(b -> " brd " + b);
    Lifetime lifetime = address.traits().lifetime();
    return List.of("    inet " + local(address) + broadcast.orElse("")
        + " scope " + address.scope().word() + (address.secondary() ? " secondary" : "")
        + (lifetime.isDeprecatedAt(lab.now()) ? " deprecated" : "") + (lifetime.valid().isPresent() ? " dynamic" : "")
        + (address.noprefixroute() ? " noprefixroute" : "") + " "
        + address.label(), Inet6Text.times(Inet6Text.shown(lifetime), lab.now()));
  }

  private List<String> stats(Device device) {
    Counters c = lab.learned().counters(device.id());
    return List.of("    RX:  bytes packets errors dropped  missed   mcast           ",
        String.format(Locale.ROOT, "    %10d %7d      0 %7d       0       0 ", c.rxBytes(), c.rxPackets(),
            c.rxDropped()),
        "    TX:  bytes packets errors dropped carrier collsns           ",
        String.format(Locale.ROOT, "    %10d %7d      0 %7d       0       0 ", c.txBytes(), c.txPackets(),
            c.txDropped()));
  }
}
