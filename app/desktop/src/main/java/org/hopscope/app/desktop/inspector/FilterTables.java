package org.hopscope.app.desktop.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.app.desktop.inspector.Row.Mood;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.net.WireGuardPeer;
import org.hopscope.model.net.WireGuardSession;
import org.hopscope.model.net.WireGuardSettings;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.TcpState;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.shell.ConntrackText;
import org.hopscope.model.trace.RowRef;

/** A namespace's packet filter, its tracked connections, and the peers of its WireGuard devices, as rows. */
final class FilterTables {
  private static final int KEY = 12;

  private final LabState lab;
  private final NetnsId netns;

  FilterTables(LabState lab, NetnsId netns) {
    this.lab = lab;
    this.netns = netns;
  }

  /** {@code iptables -vS} and {@code nft list ruleset}: tables, their chains with what ends them, their rules with what they have counted. */
  RuleList rules() {
    return RuleList.of(lab, netns);
  }

  /** {@code conntrack -L}: the connections that live. */
  List<Row> connections() {
    long now = lab.now().nanos();
    return lab.learned().netfilter(netns).conntrack().connections().values().stream().filter(c -> c.livesAt(now))
        .map(c -> connection(netns, c, now)).toList();
  }

  private static Row connection(NetnsId netns, Connection connection, long now) {
    String tcp = connection.tcp() == TcpState.NONE ? "" : " " + connection.tcp().name();
    String head = ConntrackText.protocol(connection.original().protocol()) + tcp;
    String answered = connection.flags().seenReply() ? "" : " " + Messages.text("inspector.unreplied");
    boolean translated = connection.flags().sourceNat() || connection.flags().destinationNat();
    return new Row(head + answered + "\n" + ends(connection.original()),
        Messages.text("inspector.reply", ends(connection.reply())),
        Messages.text("inspector.age", (connection.times().expires() - now) / VirtualTime.SECOND),
        connection.flags().assured() ? Mood.GOOD : Mood.PLAIN,
        Optional.of(new RowRef.ConnectionRow(netns, connection.original())), Optional.empty(),
        translated ? Row.Form.TRANSLATED : Row.Form.PLAIN);
  }

  private static String ends(Tuple tuple) {
    return Protocols.hasPorts(tuple.protocol())
        ? tuple.source() + ":" + tuple.sourcePort() + " → " + tuple.destination() + ":" + tuple.destinationPort()
        : tuple.source() + " → " + tuple.destination();
  }

  /** {@code wg show}: each device's peers, by what they may speak for. */
  List<Row> peers() {
    List<Row> rows = new ArrayList<>();
    for (Device device : lab.devicesOf(netns)) {
      if (device.kind() instanceof DeviceKind.WireGuard(var _, WireGuardSettings settings)) {
        rows.add(new Row(device.name(), settings.publicKey().map(k -> "public key " + abridged(k.base64()))
            .orElse(Messages.text("inspector.wg.keyless")),
            settings.port() == 0 ? "" : "udp " + settings.port(), Mood.PLAIN,
            Optional.of(new RowRef.DeviceRow(device.id())), Optional.of(new Selection.OfDevice(device.id())))
            .set(Row.Form.TITLE));
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
    String since = session.handshake().map(h -> Messages.text("inspector.wg.handshake",
        lab.now().since(h) / VirtualTime.SECOND)).orElse("");
    boolean usable = session.usableAt(lab.now()).isPresent();
    return new Row("peer " + abridged(peer.key().base64()),
        Stream.of("allowed " + allowed, where, since, transfer).filter(s -> !s.isEmpty())
            .collect(Collectors.joining("\n")),
        usable ? Messages.text("inspector.wg.key") : "", Mood.GOOD,
        Optional.of(new RowRef.PeerRow(device.id(), peer.key())), Optional.empty());
  }
}
