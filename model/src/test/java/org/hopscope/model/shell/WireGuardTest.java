package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.PacketBytes;
import org.hopscope.model.packet.WireGuard;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * WireGuard as kernel source (drivers/net/wireguard) and wg(8) say; what {@code wg} prints was taken from the real tool,
 * version 1.0.20210914, against a device of its user-space protocol.
 */
@DisplayName("WireGuard (les-A8)")
class WireGuardTest {
  private final Session session = new Session(Editor.fresh(5));
  private final Interpreter shell = new Interpreter(session);

  private Reply run(String text) {
    List<Reply> replies = new java.util.ArrayList<>();
    shell.run(NetnsId.root("host"), text, e -> replies.add(e.reply()));
    return replies.getLast();
  }

  private void does(String... lines) {
    for (String line : lines) {
      Reply reply = run(line);
      assertThat(reply.exit()).as(line + " " + reply.err()).isZero();
    }
  }

  private Trace ping(String netns, String address) {
    return run("ip netns exec " + netns + " ping -c 1 -W 1 " + address).traces().getFirst();
  }

  /** Two namespaces on a wire, with a tunnel between them; the left one knows where the right one is. */
  private void tunnel() {
    does("ip netns add l", "ip netns add r", "ip link add e0 netns l type veth peer name e1 netns r",
        "ip -n l addr add 192.0.2.1/24 dev e0", "ip -n r addr add 192.0.2.2/24 dev e1", "ip -n l link set e0 up",
        "ip -n r link set e1 up", "ip -n l link set lo up", "ip -n r link set lo up",
        "ip -n l link add wg0 type wireguard", "ip -n r link add wg0 type wireguard",
        "wg genkey | tee l.key | wg pubkey > l.pub", "wg genkey > r.key", "wg pubkey < r.key > r.pub",
        "ip netns exec l wg set wg0 listen-port 51820 private-key l.key peer $(cat r.pub) allowed-ips 10.0.0.2/32 "
            + "endpoint 192.0.2.2:51821",
        "ip netns exec r wg set wg0 listen-port 51821 private-key <(cat r.key) peer $(cat l.pub) "
            + "allowed-ips 10.0.0.1/32",
        "ip -n l addr add 10.0.0.1/24 dev wg0", "ip -n r addr add 10.0.0.2/24 dev wg0", "ip -n l link set wg0 up",
        "ip -n r link set wg0 up");
  }

  private static List<DropReason> deaths(Trace trace) {
    return trace.steps().stream().flatMap(s -> s.event() instanceof Event.Ended(Fate.Died(DropReason why))
        ? java.util.stream.Stream.of(why)
        : java.util.stream.Stream.<DropReason>empty()).toList();
  }

  @Test
  @DisplayName("public keys are those of Curve25519 (RFC 7748 6.1)")
  void keys() {
    String alice = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=";
    assertThat(WireGuardKey.parse(alice).orElseThrow().publicKey().base64())
        .isEqualTo("hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=");
    does("wg genkey > a", "wg genkey > b");
    assertThat(run("cat a").out()).isNotEqualTo(run("cat b").out());
    assertThat(run("echo bad | wg pubkey").err()).containsExactly("wg: Key is not the correct length or format");
  }

  @Test
  @DisplayName("a device is point-to-point without ARP, its MTU leaves room for the outside (device.c wg_setup)")
  void device() {
    does("ip link add wg0 type wireguard");
    assertThat(String.join(" ", run("ip -d link show wg0").out())).contains("<POINTOPOINT,NOARP> mtu 1420", "link/none",
        "minmtu 0 maxmtu 2147483552");
    does("ip link set wg0 up");
    assertThat(run("ip addr show wg0").out()).noneMatch(l -> l.contains("fe80"));
    assertThat(run("cat /proc/sys/net/ipv4/conf/wg0/send_redirects").out()).containsExactly("0");
    assertThat(Integer.parseInt(run("wg show wg0 listen-port").out().getFirst())).isBetween(32768, 60999);
    assertThat(run("ip link add br0 type bridge; ip link set wg0 master br0").err())
        .containsExactly("RTNETLINK answers: Invalid argument");
  }

  @Test
  @DisplayName("the first packet waits for a handshake; then 60 bytes more go around it, padded to 16")
  void handshake() {
    tunnel();
    Trace trace = ping("l", "10.0.0.2");
    assertThat(trace.result().succeeded()).isTrue();
    List<Packet> outside = trace.steps().stream().filter(s -> s.event() instanceof Event.Transmitted)
        .map(s -> s.packet().network()).filter(p -> p.headers().getLast() != p.upper()).toList();
    assertThat(outside).extracting(Packet::length).containsExactly(148 + 28, 92 + 28, 96 + 60, 96 + 60);
    assertThat(PacketBytes.of(outside.get(2))).hasSize(156);
    assertThat(PacketBytes.of(outside.get(2))[28]).isEqualTo((byte) 4);
    assertThat(ping("r", "10.0.0.1").steps().stream().map(Step::packet).flatMap(p -> p.headers().stream())
        .filter(WireGuard.Initiation.class::isInstance)).isEmpty();
    assertThat(run("ip netns exec l wg show wg0 transfer").out().getFirst()).endsWith("\t" + (92 + 2 * 128) + "\t"
        + (148 + 2 * 128));
  }

  @Test
  @DisplayName("no peer: ENOKEY and host unreachable; no endpoint: EDESTADDRREQ (wg_xmit)")
  void refusals() {
    tunnel();
    Reply nobody = run("ip netns exec l ping -c 1 10.0.0.3");
    assertThat(String.join("\n", nobody.out())).contains("From 10.0.0.1 icmp_seq=1 Destination Host Unreachable");
    assertThat(nobody.err()).contains("ping: sendmsg: Required key not available");
    assertThat(run("ip netns exec r ping -c 1 10.0.0.1").err())
        .contains("ping: sendmsg: Destination address required");
  }

  @Test
  @DisplayName("allowed-ips is a table with the longest prefix first, and every row is considered")
  void cryptokeyRouting() {
    tunnel();
    does("ip netns exec l wg set wg0 peer $(wg genkey | wg pubkey) allowed-ips 10.0.0.0/24,fd00::/8 "
        + "endpoint 192.0.2.9:1");
    Trace trace = ping("l", "10.0.0.2");
    Step asked = trace.steps().stream().filter(s -> s.event() instanceof Event.Looked(Lookup.CryptokeyLookup _))
        .findFirst().orElseThrow();
    List<Considered> rows = Considerations.of(((Event.Looked) asked.event()).lookup(), trace.stateAt(asked.index()));
    assertThat(rows).hasSize(3);
    assertThat(rows.getFirst()).returns("10.0.0.2/32 peer r:wg0", Considered::row).returns(true, Considered::won);
    assertThat(rows.get(1).reason()).isEqualTo("matches, but a longer one does too");
    assertThat(trace.result().succeeded()).isTrue();
  }

  @Test
  @DisplayName("what comes in must be from an address that its peer may speak for (receive.c)")
  void liar() {
    tunnel();
    does("ip netns exec r wg set wg0 peer $(cat l.pub) allowed-ips 10.0.0.9/32");
    assertThat(deaths(ping("l", "10.0.0.2"))).containsExactly(DropReason.SOURCE_NOT_ALLOWED);
  }

  @Test
  @DisplayName("a wrong key, an unknown peer and another preshared key end the handshake")
  void wrongKeys() {
    tunnel();
    does("ip netns exec r wg set wg0 private-key <(wg genkey)");
    assertThat(deaths(ping("l", "10.0.0.2"))).contains(DropReason.WRONG_KEY, DropReason.HANDSHAKE_UNANSWERED);
    does("ip netns exec r wg set wg0 private-key r.key", "ip netns exec l wg set wg0 private-key <(wg genkey)");
    assertThat(deaths(ping("l", "10.0.0.2"))).contains(DropReason.UNKNOWN_PEER);
    does("ip netns exec l wg set wg0 private-key l.key peer $(cat r.pub) preshared-key <(wg genpsk)");
    assertThat(deaths(ping("l", "10.0.0.2"))).contains(DropReason.WRONG_KEY);
    does("ip netns exec l wg set wg0 peer $(cat r.pub) preshared-key /dev/null");
    assertThat(ping("l", "10.0.0.2").result().succeeded()).isTrue();
  }

  @Test
  @DisplayName("a peer is followed to wherever it speaks from, and keys end after 180 seconds or with the device")
  void roamingAndTime() {
    tunnel();
    ping("l", "10.0.0.2");
    does("ip -n l addr add 192.0.2.7/24 dev e0", "ip -n l addr del 192.0.2.1/24 dev e0",
        "ip -n l addr add 192.0.2.7/24 dev e0", "ip netns exec l wg set wg0 listen-port 5");
    assertThat(ping("l", "10.0.0.2").result().succeeded()).isTrue();
    assertThat(run("ip netns exec r wg show wg0 endpoints").out().getFirst()).endsWith("192.0.2.7:5");
    does("sleep 200");
    assertThat(ping("r", "10.0.0.1").steps().stream().map(Step::packet).flatMap(p -> p.headers().stream())
        .filter(WireGuard.Initiation.class::isInstance)).isNotEmpty();
    does("ip -n l link set wg0 down", "ip -n l link set wg0 up");
    assertThat(deaths(ping("r", "10.0.0.1"))).containsExactly(DropReason.NO_KEYPAIR);
    does("sleep 15");
    assertThat(ping("r", "10.0.0.1").result().succeeded()).isTrue();
  }

  @Test
  @DisplayName("the socket stays in the namespace the device was made in")
  void home() {
    tunnel();
    does("ip netns add inner", "ip -n l link set wg0 netns inner", "ip -n inner addr add 10.0.0.1/24 dev wg0",
        "ip -n inner link set wg0 up");
    assertThat(ping("inner", "10.0.0.2").result().succeeded()).isTrue();
    does("ip netns del l");
    assertThat(String.join(" ", run("ip -n inner link show wg0").out())).contains("NO-CARRIER", "state DOWN");
    assertThat(run("ip netns exec inner wg set wg0 listen-port 7").err())
        .containsExactly("Unable to modify interface: Operation not permitted");
  }

  @Test
  @DisplayName("wg show, showconf and setconf speak as the tool does, and a lab with all of it is saved")
  void tool() {
    tunnel();
    ping("l", "10.0.0.2");
    does("sleep 75", "ip netns exec l wg set wg0 fwmark 0x2a peer $(cat r.pub) persistent-keepalive 25");
    String peer = run("cat r.pub").out().getFirst();
    assertThat(run("ip netns exec l wg show").out()).containsExactly("interface: wg0",
        "  public key: " + run("cat l.pub").out().getFirst(), "  private key: (hidden)", "  listening port: 51820",
        "  fwmark: 0x2a", "", "peer: " + peer, "  endpoint: 192.0.2.2:51821", "  allowed ips: 10.0.0.2/32",
        "  latest handshake: 1 minute, 15 seconds ago", "  transfer: 220 B received, 276 B sent",
        "  persistent keepalive: every 25 seconds");
    assertThat(run("ip netns exec l wg show wg0 dump").out()).hasSize(2).last().isEqualTo(peer
        + "\t(none)\t192.0.2.2:51821\t10.0.0.2/32\t0\t220\t276\t25");
    does("ip netns exec l wg showconf wg0 > conf", "ip netns exec l wg setconf wg0 conf");
    assertThat(run("ip netns exec l wg showconf wg0").out()).isEqualTo(run("cat conf").out());
    assertThat(LabCodec.decode(LabCodec.encode(session.state())))
        .isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    assertThat(run("ip netns exec l wg set wg0 listen-port 4 peer " + peer + " listen-port 5").err())
        .containsExactly("Invalid argument: listen-port");
    assertThat(run("ip netns exec l wg set wg0 peer " + peer + " endpoint 1.2.3.4").err())
        .containsExactly("Unable to find port of endpoint: `1.2.3.4'");
    assertThat(run("ip netns exec l wg set wg0 private-key nowhere").err())
        .containsExactly("fopen: No such file or directory");
    assertThat(run("wg set nope listen-port 4").err())
        .containsExactly("Unable to modify interface: No such device");
    assertThat(run("ip netns exec l wg set wg0 peer " + peer + " allowed-ips 10.0.0.5/24").err())
        .containsExactly("Warning: AllowedIP has nonzero host part: 10.0.0.5/24");
  }
}
