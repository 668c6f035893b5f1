package org.hopscope.app.desktop.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.app.desktop.inspector.Row.Mood;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.iptables.CommandText;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.NftEdits;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.net.WireGuardPeer;
import org.hopscope.model.net.WireGuardSession;
import org.hopscope.model.net.WireGuardSettings;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Tally;
import org.hopscope.model.nft.Devices;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.nft.NftTable;
import org.hopscope.model.nft.NftText;
import org.hopscope.model.shell.ConntrackText;
import org.hopscope.model.trace.RowRef;

/** A namespace's packet filter, its tracked connections, and the peers of its WireGuard devices, as rows. */
final class FilterTables {
  /** A chain may have thousands of rules: so many are shown. */
  private static final int SHOWN = 500;
  private static final int KEY = 12;

  private final LabState lab;
  private final NetnsId netns;

  FilterTables(LabState lab, NetnsId netns) {
    this.lab = lab;
    this.netns = netns;
  }

  /** {@code iptables -vS}: tables, their chains with what ends them, their rules with what they have counted. */
  List<Row> rules() {
    Netns stack = lab.find(netns).orElseThrow();
    List<Row> rows = new ArrayList<>();
    for (IpFamily family : IpFamily.values()) {
      for (RuleTable table : stack.rulesets().of(family).tables().values()) {
        String where = CommandText.program(family) + " -t " + table.name().word();
        table.listed().forEach(chain -> chain(rows, where, chain));
      }
    }
    for (NftTable table : stack.nft().tables()) {
      table.chains().forEach(chain -> chain(rows, "nft " + table.key(), chain));
    }
    return rows;
  }

  private void chain(List<Row> rows, String where, NftChain chain) {
    NetfilterState state = lab.learned().netfilter(netns);
    Devices devices = NftEdits.devices(lab, netns);
    rows.add(new Row(chain.name(), where, chain.base().map(b -> b.policy().name()).orElse(""), Mood.PLAIN,
        Optional.of(new RowRef.FilterRow(netns, chain.place().id())), Optional.empty()));
    chain.rules().stream().limit(SHOWN)
        .forEach(rule -> rows.add(new Row("  " + NftText.rule(rule, devices), "", count(state.tally(rule.id())),
            Mood.PLAIN, Optional.of(new RowRef.FilterRow(netns, rule.id())), Optional.empty())));
    if (chain.rules().size() > SHOWN) {
      rows.add(Row.plain("  …", Messages.text("inspector.more", chain.rules().size() - SHOWN)));
    }
  }

  private void chain(List<Row> rows, String where, Chain chain) {
    NetfilterState state = lab.learned().netfilter(netns);
    rows.add(new Row(chain.name(), where, chain.policy().map(p -> p + " " + count(state.tally(chain.handle())))
        .orElse(""), Mood.PLAIN, Optional.of(new RowRef.FilterRow(netns, chain.handle())), Optional.empty()));
    List<Rule> shown = chain.rules().subList(0, Math.min(SHOWN, chain.rules().size()));
    for (Rule rule : shown) {
      rows.add(new Row("  " + SaveText.of(rule), "",
          count(state.tally(rule.handle())), Mood.PLAIN, Optional.of(new RowRef.FilterRow(netns, rule.handle())),
          Optional.empty()));
    }
    if (shown.size() < chain.rules().size()) {
      rows.add(Row.plain("  …", Messages.text("inspector.more", chain.rules().size() - shown.size())));
    }
  }

  private static String count(Tally tally) {
    return tally.packets() == 0 ? "" : Messages.text("inspector.packets", tally.packets());
  }

  /** {@code conntrack -L}: the connections that live. */
  List<Row> connections() {
    long now = lab.now().nanos();
    return lab.learned().netfilter(netns).conntrack().connections().values().stream().filter(c -> c.livesAt(now))
        .map(c -> connection(c, now)).toList();
  }

  private static Row connection(Connection connection, long now) {
    String[] words = ConntrackText.line(connection, now).trim().split("\\s+", 4);
    int reply = words[3].indexOf(" src=", words[3].indexOf("src=") + 1);
    return new Row(words[0] + " " + words[3].substring(0, Math.max(reply, 0)).strip(),
        words[3].substring(Math.max(reply, 0)).strip(), words[2] + " s",
        connection.flags().assured() ? Mood.GOOD : Mood.PLAIN, Optional.empty(), Optional.empty());
  }

  /** {@code wg show}: each device's peers, by what they may speak for. */
  List<Row> peers() {
    List<Row> rows = new ArrayList<>();
    for (Device device : lab.devicesOf(netns)) {
      if (device.kind() instanceof DeviceKind.WireGuard(var _, WireGuardSettings settings)) {
        rows.add(new Row(device.name() + settings.publicKey().map(k -> " " + abridged(k.base64())).orElse(""),
            settings.privateKey().isPresent() ? "" : Messages.text("inspector.wg.keyless"),
            settings.port() == 0 ? "" : "udp " + settings.port(), Mood.PLAIN,
            Optional.of(new RowRef.DeviceRow(device.id())), Optional.of(new Selection.OfDevice(device.id()))));
        settings.peers().forEach(p -> rows.add(peer(device, p)));
      }
    }
    return rows;
  }

  private static String abridged(String key) {
    return key.substring(0, KEY) + "…";
  }

  private Row peer(Device device, WireGuardPeer peer) {
    WireGuardSession session = lab.learned().session(device.id(), peer.key());
    String allowed = peer.allowedIps().stream().map(IpPrefix::toString).collect(Collectors.joining(" "));
    String where = session.found().map(WireGuardSession.Found::endpoint).or(peer::endpoint).map(e -> "endpoint " + e)
        .orElse(Messages.text("inspector.wg.nowhere"));
    String transfer = session.traffic().received() + session.traffic().sent() == 0 ? ""
        : Messages.text("inspector.wg.transfer", session.traffic().received(), session.traffic().sent());
    String since = session.handshake().map(h -> Messages.text("inspector.age",
        lab.now().since(h) / VirtualTime.SECOND)).orElse("");
    return new Row("peer " + abridged(peer.key().base64()) + "  " + allowed,
        Stream.of(where, transfer).filter(s -> !s.isEmpty()).collect(Collectors.joining("\n")), since,
        session.usableAt(lab.now()).isPresent() ? Mood.GOOD : Mood.PLAIN,
        Optional.of(new RowRef.PeerRow(device.id(), peer.key())), Optional.empty());
  }
}
