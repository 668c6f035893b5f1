package org.hopscope.model.shell;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.Trees;
import org.hopscope.model.net.BridgeId;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.SpanningTree;
import org.hopscope.model.net.SpanningTree.Timer;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.PSortedMap;

/** The tables of {@code brctl} (bridge-utils 1.7 brctl_cmd.c, brctl_disp.c). */
public final class BrctlText {
  private BrctlText() {
  }

  /** Whether the spanning tree protocol runs on a bridge. */
  public static boolean hasStp(Device bridge) {
    return settings(bridge).stp();
  }

  private static BridgeSettings settings(Device bridge) {
    return bridge.kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean _)
        ? settings
        : BridgeSettings.DEFAULT;
  }

  static List<String> list(LabState lab, List<Device> bridges) {
    List<String> lines = new ArrayList<>(List.of("bridge name\tbridge id\t\tSTP enabled\tinterfaces"));
    for (Device bridge : bridges) {
      String start = bridge.name() + "\t\t" + plain(Trees.root(lab, bridge).id()) + "\t"
          + (hasStp(bridge) ? "yes" : "no");
      List<String> ports = lab.portsOf(bridge.id()).stream().map(Device::name).sorted().toList();
      lines.add(start + (ports.isEmpty() ? "" : "\t\t" + ports.getFirst()));
      ports.stream().skip(1).forEach(p -> lines.add("\t\t\t\t\t\t\t" + p));
    }
    return lines;
  }

  static List<String> addresses(LabState lab, Device bridge) {
    List<String> lines = new ArrayList<>(List.of("port no\tmac addr\t\tis local?\tageing timer"));
    List<FdbEntry> rows = new ArrayList<>(Links.ownAddresses(lab, bridge));
    lab.learned().fdb(bridge.id()).present().stream().filter(r -> !Trees.isAged(lab, bridge, r)).forEach(rows::add);
    rows.stream().filter(r -> !r.device().equals(bridge.id())).sorted(Comparator.comparing(FdbEntry::mac))
        .forEach(r -> lines.add(String.format(Locale.ROOT, "%3d\t%s\t%s\t\t%s",
            lab.device(r.device()).port().orElseThrow().number(), r.mac(),
            r.kind() == FdbEntry.Kind.LOCAL ? "yes" : "no", age(r, lab.now()))));
    return lines;
  }

  private static String age(FdbEntry row, VirtualTime now) {
    return seconds(row.kind() == FdbEntry.Kind.LEARNED ? now.since(row.updated()) : 0);
  }

  static List<String> tree(LabState lab, Device bridge) {
    SpanningTree.Root root = Trees.root(lab, bridge);
    BridgeSettings settings = settings(bridge);
    List<String> lines = new ArrayList<>();
    lines.add(bridge.name());
    lines.add(" bridge id\t\t" + plain(root.id()));
    lines.add(" designated root\t" + plain(root.root()));
    lines.add(String.format(Locale.ROOT, " root port\t\t%4d\t\t\tpath cost\t\t%4d", root.rootPort(), root.cost()));
    lines.add(pair(" max age\t\t", root.times().maxAge(), "bridge max age\t\t", settings, BridgeOption.MAX_AGE));
    lines.add(pair(" hello time\t\t", root.times().hello(), "bridge hello time\t", settings, BridgeOption.HELLO_TIME));
    lines.add(pair(" forward delay\t\t", root.times().forwardDelay(), "bridge forward delay\t", settings,
        BridgeOption.FORWARD_DELAY));
    lines.add(" ageing time\t\t" + centis(Trees.ageingCentis(lab, bridge)));
    lines.add(" hello timer\t\t" + left(root.timers(), Timer.HELLO, lab) + "\t\t\ttcn timer\t\t"
        + left(root.timers(), Timer.TCN, lab));
    lines.add(" topology change timer\t" + left(root.timers(), Timer.TOPOLOGY_CHANGE, lab) + "\t\t\tgc timer\t\t"
        + left(root.timers(), Timer.GC, lab));
    lines.add(" flags\t\t\t" + (root.change().active() ? "TOPOLOGY_CHANGE " : "")
        + (root.change().detected() ? "TOPOLOGY_CHANGE_DETECTED " : ""));
    lines.add("");
    lines.add("");
    for (Device port : lab.portsOf(bridge.id())) {
      lines.addAll(port(lab, PortView.of(lab, port)));
    }
    return lines;
  }

  private static List<String> port(LabState lab, PortView view) {
    SpanningTree.Port port = Trees.port(lab, view.device());
    return List.of(view.device().name() + " (" + view.port().number() + ")",
        String.format(Locale.ROOT, " port id\t\t%04x\t\t\tstate\t\t%15s", view.port().id(), view.state()),
        String.format(Locale.ROOT, " designated root\t%s\tpath cost\t\t%4d", plain(port.claim().root()), view.cost()),
        " designated bridge\t" + plain(port.claim().bridge()) + "\tmessage age timer\t"
            + left(port.timers(), Timer.MESSAGE_AGE, lab),
        String.format(Locale.ROOT, " designated port\t%04x\t\t\tforward delay timer\t%s", port.claim().port(),
            left(port.timers(), Timer.FORWARD_DELAY, lab)),
        String.format(Locale.ROOT, " designated cost\t%4d\t\t\thold timer\t\t%s", port.claim().cost(),
            left(port.timers(), Timer.HOLD, lab)),
        " flags\t\t\t" + (port.pending() ? "CONFIG_PENDING " : "")
            + (port.acknowledge() ? "TOPOLOGY_CHANGE_ACK " : ""),
        "");
  }

  private static String pair(String one, long nanos, String other, BridgeSettings settings, BridgeOption option) {
    return one + seconds(nanos) + "\t\t\t" + other + centis(settings.value(option));
  }

  private static String left(PSortedMap<Timer, VirtualTime> timers, Timer timer, LabState lab) {
    return seconds(Optional.ofNullable(timers.get(timer)).map(t -> Math.max(0, t.since(lab.now()))).orElse(0L));
  }

  private static String centis(int centis) {
    return seconds(centis * 10L * VirtualTime.MILLI);
  }

  private static String seconds(long nanos) {
    BigDecimal whole = BigDecimal.valueOf(nanos / (10 * VirtualTime.MILLI), 2);
    return String.format(Locale.ROOT, "%7.2f", whole);
  }

  /** A bridge's identity as {@code brctl} writes it: without colons. */
  private static String plain(BridgeId id) {
    return id.toString().replace(":", "");
  }
}
