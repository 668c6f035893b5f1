package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.net.WireGuardPeer;
import org.hopscope.model.net.WireGuardSession;
import org.hopscope.model.net.WireGuardSession.Keypair;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.WireGuard;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.PacketCopy;

/**
 * WireGuard: cryptokey routing, handshakes, and packets in packets (kernel drivers/net/wireguard/device.c wg_xmit,
 * send.c, receive.c, noise.c, timers.c). Not checked against a kernel: the one at hand has none. Left out: cookies,
 * jitter, protection against replays. A handshake that nobody answers is begun anew every 5 s while the program waits;
 * once that is over, what waits for it is thrown away. Timers run within a trace only.
 */
final class WireGuardDriver {
  /** messages.h REKEY_TIMEOUT, KEEPALIVE_TIMEOUT, MESSAGE_PADDING_MULTIPLE, MAX_TIMER_HANDSHAKES. */
  private static final long RETRY = 5 * VirtualTime.SECOND;
  private static final long KEEPALIVE = 10 * VirtualTime.SECOND;
  private static final int PADDING = 16;
  private static final int MOST_TRIES = 18;

  private final Run run;
  private final Map<PeerId, Handshake> handshakes = new LinkedHashMap<>();
  private final Map<PeerId, VirtualTime> lastSent = new LinkedHashMap<>();
  private final Map<PeerId, VirtualTime> lastHeard = new LinkedHashMap<>();
  private Optional<Errno> refusal = Optional.empty();

  WireGuardDriver(Run run) {
    this.run = run;
  }

  private record PeerId(DeviceId device, WireGuardKey key) {
  }

  /** A handshake that this end has begun, with the packets that wait for it. */
  private static final class Handshake {
    private final List<Skb> staged = new ArrayList<>();
    private int index;
    private int tries;
    private Optional<Skb> last = Optional.empty();
  }

  /** A device with a peer of its own. */
  private record Pair(NetDev device, DeviceKind.WireGuard kind, WireGuardPeer peer) {
    PeerId id() {
      return new PeerId(device.id(), peer.key());
    }

    NetnsId home() {
      return kind.home().orElseThrow();
    }
  }

  /** What the device said to the program that sent last, once: the error of its sendmsg(2). */
  Optional<Errno> refusal() {
    Optional<Errno> said = refusal;
    refusal = Optional.empty();
    return said;
  }

  private WireGuardSession session(PeerId id) {
    return run.tables.session(id.device(), id.key());
  }

  private Optional<Endpoint> endpoint(Pair pair) {
    return session(pair.id()).found().map(WireGuardSession.Found::endpoint).or(pair.peer()::endpoint);
  }

  /** wg_xmit: behind which peer is the destination? */
  void transmit(Skb packet, NetDev device, DeviceKind.WireGuard kind) {
    IpAddress to = packet.ip().destination();
    Optional<WireGuardPeer> found = kind.settings().behind(to);
    run.recorder.step(packet, device, new Event.Looked(new Lookup.CryptokeyLookup(device.netns(), device.id(), to,
        Optional.empty(), found.map(WireGuardPeer::key))));
    if (found.isEmpty()) {
      refuse(packet, device, Errno.ENOKEY, DropReason.NO_PEER);
      return;
    }
    Pair pair = new Pair(device, kind, found.get());
    if (kind.home().isEmpty() || endpoint(pair).isEmpty()) {
      refuse(packet, device, Errno.EDESTADDRREQ, DropReason.NO_ENDPOINT);
      return;
    }
    Optional<Keypair> key = session(pair.id()).usableAt(run.queue.now());
    if (key.isPresent()) {
      encipher(packet, pair, key.get());
      if (key.get().initiator() && run.queue.now().since(key.get().born()) >= WireGuardSession.REKEY_AFTER) {
        begin(pair, Optional.of(packet));
      }
    } else {
      stage(packet, pair);
    }
  }

  /** The host is told by ICMP, and the program by its system call. */
  private void refuse(Skb packet, NetDev device, Errno errno, DropReason why) {
    run.recorder.drop(packet, device, why, Optional.of(new Effect.Counted(device.id(),
        new Counters(0, 0, 0, 0, 0, 1))));
    switch (packet.ip()) {
      case Header.Ipv4 _ -> run.icmpErrors.unreachable(packet, device.netns(), IcmpErrors.HOST);
      case Header.Ipv6 _ -> run.icmpv6Errors.unreachable(packet, device, Icmpv6Errors.ADDRESS);
    }
    refusal = Optional.of(errno);
  }

  private void stage(Skb packet, Pair pair) {
    run.recorder.step(packet, pair.device(), new Event.Staged(pair.peer().key()));
    if (pair.kind().settings().privateKey().isEmpty()) {
      run.recorder.drop(packet, pair.device(), DropReason.NO_PRIVATE_KEY);
      return;
    }
    begin(pair, Optional.of(packet)).staged.add(packet);
  }

  /** Begins a handshake unless one is under way. */
  private Handshake begin(Pair pair, Optional<Skb> cause) {
    Handshake known = handshakes.get(pair.id());
    if (known != null) {
      return known;
    }
    Handshake begun = new Handshake();
    handshakes.put(pair.id(), begun);
    initiate(pair, begun, cause);
    return begun;
  }

  private void initiate(Pair pair, Handshake handshake, Optional<Skb> cause) {
    handshake.tries++;
    handshake.index = run.identities.index(pair.home());
    WireGuard message = new WireGuard.Initiation(handshake.index,
        pair.kind().settings().publicKey().orElseThrow(), pair.peer().key());
    handshake.last = Optional.of(send(pair, message, PacketCopy.Role.REQUEST, handshake.last.or(() -> cause)));
    run.queue.after(RETRY, () -> unanswered(pair, handshake));
  }

  private void unanswered(Pair pair, Handshake handshake) {
    if (handshakes.get(pair.id()) != handshake) {
      return;
    }
    if (run.program.isOver() || handshake.tries > MOST_TRIES) {
      handshakes.remove(pair.id());
      handshake.staged.forEach(skb -> run.recorder.drop(skb, pair.device(), DropReason.HANDSHAKE_UNANSWERED));
    } else {
      initiate(pair, handshake, Optional.empty());
    }
  }

  /** A message of the handshake: a packet of the kernel's own. */
  private Skb send(Pair pair, WireGuard message, PacketCopy.Role role, Optional<Skb> cause) {
    Packet packet = Packet.of(0, header(pair), ports(pair), message);
    PeerId id = pair.id();
    Skb skb = cause.map(c -> run.recorder.openBeside(c, cause, role, packet))
        .orElseGet(() -> run.recorder.open(cause, role, packet));
    run.recorder.step(skb, pair.home(), Optional.of(pair.device()), new Event.Made("kernel"),
        List.of(new Effect.Originated(pair.home(), run.tables.packetIds(pair.home()) + 1),
            new Effect.SessionSet(id.device(), id.key(), session(id).sent(message.length())),
            new Effect.Counted(id.device(), new Counters(0, 0, 1, message.length(), 0, 0))));
    lastSent.put(id, run.queue.now());
    out(pair, skb);
    return skb;
  }

  private Header.Ip header(Pair pair) {
    IpAddress to = endpoint(pair).orElseThrow().address();
    IpAddress from = session(pair.id()).found().map(WireGuardSession.Found::local)
        .filter(l -> run.fib.isLocal(pair.home(), l)).orElse(to.family().unspecified());
    return run.output.header(pair.home(), from, to, Header.Ip.UDP);
  }

  private Header ports(Pair pair) {
    return new Header.Udp(pair.kind().settings().port(), endpoint(pair).orElseThrow().port());
  }

  /** Encryption is done by a worker: nobody waits for what becomes of the packet outside (udp_tunnel_xmit_skb). */
  private void out(Pair pair, Skb outer) {
    Skb marked = outer.with(SkbMeta.NONE.withMark(pair.kind().settings().mark()));
    Output.Order order = new Output.Order(pair.home(), Optional.empty(), run.recorder.role(outer), "kernel",
        Output.Options.KERNEL);
    run.transmit.backlog(() -> run.output.sendMade(order, marked));
  }

  private void encipher(Skb packet, Pair pair, Keypair key) {
    wrap(packet, pair, key, padding(packet.packet().length(), pair.device().mtu()), false);
  }

  /** send.c calculate_skb_padding. */
  private static int padding(int length, int mtu) {
    int last = mtu > 0 && length > mtu ? length % mtu : length;
    int padded = (last + PADDING - 1) / PADDING * PADDING;
    return (mtu > 0 ? Math.min(mtu, padded) : padded) - last;
  }

  private void wrap(Skb packet, Pair pair, Keypair key, int padding, boolean empty) {
    PeerId id = pair.id();
    Header message = new WireGuard.Data(key.remote(), key.counter(), padding);
    Packet outer = (empty ? Packet.of(0, message) : packet.packet().wrap(message)).wrap(ports(pair)).wrap(header(pair));
    int bytes = message.length() + (empty ? 0 : packet.packet().length());
    Skb wrapped = packet.with(outer);
    run.recorder.step(wrapped, pair.device().netns(), Optional.of(pair.device()),
        empty ? new Event.Made("kernel") : new Event.Rewritten(packet.packet(), Event.Rewriting.ENCIPHERED),
        List.of(new Effect.SessionSet(id.device(), id.key(),
            session(id).sentData(bytes, empty, run.queue.now())),
            new Effect.Originated(pair.home(), run.tables.packetIds(pair.home()) + 1),
            new Effect.Counted(id.device(), new Counters(0, 0, 1, bytes, 0, 0))));
    lastSent.put(id, run.queue.now());
    traversed(pair);
    out(pair, wrapped);
  }

  /** An empty packet: it says that this end is there, and that it has the key (wg_packet_send_keepalive). */
  private void keepAlive(Pair pair) {
    session(pair.id()).usableAt(run.queue.now()).ifPresent(key -> {
      Packet nothing = Packet.of(0, new WireGuard.Data(key.remote(), key.counter(), 0));
      wrap(run.recorder.open(Optional.empty(), PacketCopy.Role.REPLY, nothing), pair, key, 0, true);
    });
  }

  /** timers.c wg_timers_any_authenticated_packet_traversal. */
  private void traversed(Pair pair) {
    VirtualTime when = run.queue.now();
    int seconds = pair.peer().keepalive();
    if (seconds > 0) {
      run.queue.after(seconds * VirtualTime.SECOND, () -> {
        boolean silent = lastSent.getOrDefault(pair.id(), when).compareTo(when) <= 0
            && lastHeard.getOrDefault(pair.id(), when).compareTo(when) <= 0;
        if (silent && !run.program.isOver()) {
          keepAlive(pair);
        }
      });
    }
  }

  /**
   * A UDP packet came in. The socket of a device that was made in this namespace and is switched on takes all that is
   * for its port.
   *
   * @return whether there is one
   */
  boolean receive(Skb skb, NetDev in) {
    Header.Udp udp = skb.packet().find(Header.Udp.class).orElseThrow();
    for (NetDev device : run.fabric.wireguards(in.netns())) {
      if (device.isUp() && device.device().kind() instanceof DeviceKind.WireGuard kind
          && kind.settings().port() == udp.destinationPort()) {
        take(skb, in, device, kind, udp);
        return true;
      }
    }
    return false;
  }

  private void take(Skb skb, NetDev in, NetDev device, DeviceKind.WireGuard kind, Header.Udp udp) {
    Endpoint from = new Endpoint(skb.ip().source(), udp.sourcePort());
    WireGuardSession.Found found = new WireGuardSession.Found(from, skb.ip().destination());
    List<Header> headers = skb.packet().network().headers();
    int at = headers.indexOf(udp) + 1;
    if (at == headers.size() || !(headers.get(at) instanceof WireGuard message)) {
      run.recorder.drop(skb, in, DropReason.NOT_WIREGUARD);
      return;
    }
    switch (message) {
      case WireGuard.Initiation initiation -> initiated(skb, in, device, kind, initiation, found);
      case WireGuard.Response response -> responded(skb, in, device, kind, response, found);
      case WireGuard.Data data -> carried(skb, in, device, kind, data, found);
    }
  }

  /** noise.c wg_noise_handshake_consume_initiation, send.c wg_packet_send_handshake_response. */
  private void initiated(Skb skb, NetDev in, NetDev device, DeviceKind.WireGuard kind, WireGuard.Initiation message,
      WireGuardSession.Found found) {
    Optional<WireGuardPeer> peer = kind.settings().peer(message.from());
    run.recorder.step(skb, device, new Event.Looked(new Lookup.PeerLookup(device.netns(), device.id(), message.from(),
        message.to(), peer.isPresent())));
    boolean forUs = kind.settings().publicKey().equals(Optional.of(message.to()));
    if (!forUs || peer.isEmpty()) {
      run.recorder.drop(skb, in, forUs ? DropReason.UNKNOWN_PEER : DropReason.WRONG_KEY);
      return;
    }
    Pair pair = new Pair(device, kind, peer.get());
    int index = run.identities.index(pair.home());
    Keypair key = new Keypair(index, message.sender(), run.queue.now(), false, 0);
    WireGuardSession before = session(pair.id());
    taken(skb, in, pair, before.withFound(found).withKeys(before.keys().with(key)).received(message.length()),
        message.length());
    send(pair, new WireGuard.Response(index, message.sender(), preshared(pair)), PacketCopy.Role.REPLY,
        Optional.of(skb));
  }

  private static WireGuardKey preshared(Pair pair) {
    return pair.peer().preshared().orElse(WireGuardKey.ZERO);
  }

  /** noise.c wg_noise_handshake_consume_response: the key is there, and what waited is sent. */
  private void responded(Skb skb, NetDev in, NetDev device, DeviceKind.WireGuard kind, WireGuard.Response message,
      WireGuardSession.Found found) {
    Optional<Pair> asked = kind.settings().peers().stream().map(p -> new Pair(device, kind, p))
        .filter(p -> handshakes.containsKey(p.id()) && handshakes.get(p.id()).index == message.receiver()).findFirst();
    if (asked.isEmpty()) {
      run.recorder.drop(skb, in, DropReason.NO_KEYPAIR);
      return;
    }
    Pair pair = asked.get();
    if (!preshared(pair).equals(message.preshared())) {
      run.recorder.drop(skb, in, DropReason.WRONG_KEY);
      return;
    }
    Handshake handshake = handshakes.remove(pair.id());
    Keypair key = new Keypair(handshake.index, message.sender(), run.queue.now(), true, 0);
    WireGuardSession before = session(pair.id());
    taken(skb, in, pair, before.withFound(found).agreed(before.keys().with(key), run.queue.now())
        .received(message.length()), message.length());
    if (handshake.staged.isEmpty()) {
      keepAlive(pair);
    }
    release(handshake, pair);
  }

  private void release(Handshake handshake, Pair pair) {
    for (Skb staged : handshake.staged) {
      run.recorder.step(staged, pair.device(), new Event.Resumed());
      session(pair.id()).usableAt(run.queue.now()).ifPresent(key -> encipher(staged, pair, key));
    }
  }

  private void taken(Skb skb, NetDev in, Pair pair, WireGuardSession after, int bytes) {
    run.recorder.step(skb, in.netns(), Optional.of(in),
        new Event.Ended(new Fate.Delivered(pair.device().device().name())),
        heard(pair, after, bytes));
  }

  private List<Effect> heard(Pair pair, WireGuardSession after, int bytes) {
    lastHeard.put(pair.id(), run.queue.now());
    traversed(pair);
    return List.of(new Effect.SessionSet(pair.device().id(), pair.peer().key(), after),
        new Effect.Counted(pair.device().id(), new Counters(1, bytes, 0, 0, 0, 0)));
  }

  /** receive.c wg_packet_consume_data_done: what is inside must come from where its peer may speak for. */
  private void carried(Skb skb, NetDev in, NetDev device, DeviceKind.WireGuard kind, WireGuard.Data message,
      WireGuardSession.Found found) {
    Optional<Pair> owner = kind.settings().peers().stream().map(p -> new Pair(device, kind, p))
        .filter(p -> session(p.id()).keys().find(message.receiver()).isPresent()).findFirst();
    if (owner.isEmpty()) {
      run.recorder.drop(skb, in, DropReason.NO_KEYPAIR);
      return;
    }
    Pair pair = owner.get();
    WireGuardSession before = session(pair.id());
    Keypair key = before.keys().find(message.receiver()).orElseThrow();
    if (key.isOldAt(run.queue.now())) {
      run.recorder.drop(skb, in, DropReason.NO_KEYPAIR);
      return;
    }
    boolean confirms = before.keys().next().equals(Optional.of(key));
    WireGuardSession.Keys keys = before.keys().heard(key);
    Packet inner = inside(skb.packet(), message);
    int bytes = message.length() + (inner.headers().isEmpty() ? 0 : inner.length());
    WireGuardSession after =
        (confirms ? before.agreed(keys, run.queue.now()) : before).withFound(found).received(bytes);
    if (inner.headers().isEmpty()) {
      taken(skb, in, pair, after, bytes);
    } else {
      opened(skb, in, pair, inner, heard(pair, after, bytes));
      answerLater(pair);
    }
    if (confirms && handshakes.containsKey(pair.id())) {
      release(handshakes.remove(pair.id()), pair);
    }
  }

  private static Packet inside(Packet packet, WireGuard.Data message) {
    List<Header> headers = packet.headers();
    return new Packet(headers.subList(headers.indexOf(message) + 1, headers.size()), packet.payload(), packet.text());
  }

  private void opened(Skb skb, NetDev in, Pair pair, Packet inner, List<Effect> effects) {
    NetDev device = pair.device();
    Skb bare = skb.with(inner).with(SkbMeta.NONE);
    run.recorder.step(bare, in.netns(), Optional.of(in),
        new Event.Rewritten(skb.packet(), Event.Rewriting.DECIPHERED), effects);
    IpAddress from = bare.ip().source();
    Optional<WireGuardPeer> allowed = pair.kind().settings().behind(from);
    run.recorder.step(bare, device, new Event.Looked(new Lookup.CryptokeyLookup(device.netns(), device.id(), from,
        Optional.of(pair.peer().key()), allowed.map(WireGuardPeer::key))));
    if (allowed.filter(p -> p.key().equals(pair.peer().key())).isEmpty()) {
      run.recorder.drop(bare, device, DropReason.SOURCE_NOT_ALLOWED);
    } else {
      run.recorder.step(bare, device, new Event.Received());
      run.receive.up(bare, device, PacketType.HOST);
    }
  }

  /** Who has nothing to say to what it hears says so after a while (wg_timers_data_received). */
  private void answerLater(Pair pair) {
    VirtualTime heard = run.queue.now();
    run.queue.after(KEEPALIVE, () -> {
      if (!run.program.isOver() && lastSent.getOrDefault(pair.id(), VirtualTime.START).compareTo(heard) < 0) {
        keepAlive(pair);
      }
    });
  }
}
