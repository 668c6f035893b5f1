package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.WireGuardPeer;
import org.hopscope.model.net.WireGuardSettings;

/** What a WireGuard device had in hand when it asked behind which peer an address is, or who a peer is. */
final class PeerRows {
  private static final int SHOWN = 8;

  private final LabState lab;

  PeerRows(LabState lab) {
    this.lab = lab;
  }

  private WireGuardSettings settings(DeviceId device) {
    return lab.device(device).kind() instanceof DeviceKind.WireGuard wg ? wg.settings() : WireGuardSettings.NONE;
  }

  /** A peer by the device of the lab that has its key, or by the beginning of the key. */
  String name(WireGuardKey key) {
    for (Device device : lab.devices().values()) {
      if (device.kind() instanceof DeviceKind.WireGuard wg && wg.settings().publicKey().equals(Optional.of(key))) {
        return new Naming(lab).place(device.id());
      }
    }
    return key.base64().substring(0, SHOWN) + "…";
  }

  /** One row for each allowed prefix: the longest that the address lies in wins. */
  List<Considered> consider(Lookup.CryptokeyLookup lookup) {
    List<Considered> rows = new ArrayList<>();
    Optional<IpPrefix> best = settings(lookup.device()).peers().stream()
        .filter(p -> lookup.found().equals(Optional.of(p.key()))).flatMap(p -> p.allowedIps().stream())
        .filter(a -> holds(a, lookup)).max(Comparator.comparingInt(IpPrefix::length));
    for (WireGuardPeer peer : settings(lookup.device()).peers()) {
      for (IpPrefix prefix : peer.allowedIps()) {
        boolean won = best.equals(Optional.of(prefix));
        rows.add(new Considered(prefix + " peer " + name(peer.key()), won, reason(lookup, prefix, won),
            Optional.of(new RowRef.PeerRow(lookup.device(), peer.key()))));
      }
    }
    if (lookup.found().isEmpty()) {
      rows.add(new Considered(Sentences.say("none.entry"), true,
          Sentences.say(lookup.sender().isPresent() ? "peer.miss.source" : "peer.miss", lookup.address()),
          Optional.empty()));
    }
    return rows;
  }

  private static boolean holds(IpPrefix prefix, Lookup.CryptokeyLookup lookup) {
    return prefix.address().family() == lookup.address().family() && prefix.contains(lookup.address());
  }

  private String reason(Lookup.CryptokeyLookup lookup, IpPrefix prefix, boolean won) {
    if (!won) {
      return holds(prefix, lookup) ? Sentences.say("peer.lose.shorter") : Sentences.say("peer.lose", lookup.address());
    }
    return lookup.sender().isEmpty() ? Sentences.say("peer.win", lookup.address())
        : lookup.sender().equals(lookup.found()) ? Sentences.say("peer.win.source", lookup.address())
        : Sentences.say("peer.win.liar", lookup.address(), name(lookup.sender().get()));
  }

  /** One row for each peer: that with the key that asks wins. */
  List<Considered> consider(Lookup.PeerLookup lookup) {
    List<Considered> rows = new ArrayList<>();
    boolean ours = settings(lookup.device()).publicKey().equals(Optional.of(lookup.to()));
    for (WireGuardPeer peer : settings(lookup.device()).peers()) {
      boolean won = ours && peer.key().equals(lookup.from());
      rows.add(new Considered("peer " + name(peer.key()) + " allowed-ips " + peer.allowedIps().stream()
          .map(IpPrefix::toString).collect(Collectors.joining(",")), won,
          Sentences.say(won ? "peer.known" : ours ? "peer.other" : "peer.unread"),
          Optional.of(new RowRef.PeerRow(lookup.device(), peer.key()))));
    }
    if (!ours || !lookup.known()) {
      rows.add(new Considered(Sentences.say("none.entry"), true,
          Sentences.say(ours ? "peer.unknown" : "peer.notours", name(lookup.from()), name(lookup.to())),
          Optional.empty()));
    }
    return rows;
  }

  String sentence(Lookup.CryptokeyLookup lookup) {
    String device = new Naming(lab).place(lookup.device());
    if (lookup.sender().isPresent()) {
      return Sentences.say(lookup.sender().equals(lookup.found()) ? "looked.peer.source" : "looked.peer.liar", device,
          lookup.address(), name(lookup.sender().get()));
    }
    return lookup.found().map(key -> Sentences.say("looked.peer", device, lookup.address(), name(key)))
        .orElseGet(() -> Sentences.say("looked.peer.miss", device, lookup.address()));
  }

  String sentence(Lookup.PeerLookup lookup) {
    boolean ours = settings(lookup.device()).publicKey().equals(Optional.of(lookup.to()));
    return Sentences.say(!ours ? "looked.handshake.notours" : lookup.known() ? "looked.handshake"
        : "looked.handshake.unknown", new Naming(lab).place(lookup.device()), name(lookup.from()));
  }
}
