package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.PacketBytes;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Frames in UDP")
class VxlanTest {
  private static final String NODES = """
      ip netns add east; ip netns add west
      ip link add up0 netns east type veth peer name up0 netns west
      ip -n east addr add 172.16.3.1/24 dev up0; ip -n west addr add 172.16.3.2/24 dev up0
      ip -n east link set up0 up; ip -n west link set up0 up
      ip -n east link add over type vxlan id 77 remote 172.16.3.2 dstport 4789
      ip -n west link add over type vxlan id 77 remote 172.16.3.1 dev up0 dstport 4789
      ip -n east addr add 10.77.0.1/24 dev over; ip -n west addr add 10.77.0.2/24 dev over
      ip -n east link set over up; ip -n west link set over up
      """;

  private final Session session = new Session(Editor.fresh(7));

  private Reply run(String text) {
    Reply reply = null;
    for (String line : text.strip().split("\\n|; ")) {
      reply = Shell.run(session, session.state().firstHost().root(), line.strip());
    }
    return reply;
  }

  private Trace ping(String options) {
    run(NODES);
    return run("ip netns exec east ping -c 1 " + options + " 10.77.0.2").traces().getLast();
  }

  @Test
  @DisplayName("a frame is 50 bytes longer outside, and has its UDP port from the flow inside (sem-V1)")
  void overhead() {
    Trace trace = ping("-s 56");
    Step wrapped = trace.steps().stream()
        .filter(s -> s.event() instanceof Event.Rewritten(var _, var why) && why == Event.Rewriting.ENCAPSULATION
            && s.packet().carried().flatMap(Packet::ip).isPresent())
        .findFirst().orElseThrow();
    Packet inside = wrapped.packet().carried().orElseThrow();
    assertThat(wrapped.packet().length() - inside.networkLength()).isEqualTo(50);
    assertThat(wrapped.packet().upper()).isInstanceOf(Header.Udp.class);
    assertThat(wrapped.packet().find(Header.Vxlan.class)).contains(new Header.Vxlan(77));
    assertThat(wrapped.packet().find(Header.Echo.class)).isEmpty();
    assertThat(Narrator.sentence(trace, wrapped.index()))
        .isEqualTo(
            "The frame is put into a packet of VXLAN 77 from 172.16.3.1 to 172.16.3.2, which is 50 bytes longer.");
    assertThat(trace.result().succeeded()).isTrue();
  }

  @Test
  @DisplayName("the bytes outside hold the bytes inside unchanged, whole and in pieces")
  void nestedBytes() {
    for (Step step : ping("-s 1472 -M dont").steps()) {
      Packet packet = step.packet();
      Optional<Packet> inside = packet.carried();
      assertThat(PacketBytes.of(packet)).hasSize(packet.length());
      if (inside.isPresent() && packet.fragment().equals(Header.Fragment.WHOLE)) {
        byte[] all = PacketBytes.of(packet);
        byte[] inner = PacketBytes.of(inside.get());
        assertThat(java.util.Arrays.copyOfRange(all, all.length - inner.length, all.length)).isEqualTo(inner);
      }
    }
  }

  @Test
  @DisplayName("put together again, the pieces are the whole")
  void pieces() {
    List<Packet> first = new ArrayList<>();
    Packet whole = null;
    for (Step step : ping("-s 1472 -M dont").steps()) {
      boolean piece = step.event() instanceof Event.Transmitted
          && !step.packet().fragment().equals(Header.Fragment.WHOLE);
      if (piece && first.size() < 2) {
        first.add(step.packet().network());
      }
      if (step.event() instanceof Event.Made(String by) && by.equals("reassembly") && whole == null) {
        whole = step.packet().network();
      }
    }
    assertThat(first).hasSize(2);
    byte[] joined = new byte[whole.length()];
    for (Packet piece : first) {
      byte[] bytes = PacketBytes.of(piece);
      System.arraycopy(bytes, 20, joined, 20 + piece.fragment().offset(), bytes.length - 20);
    }
    byte[] wanted = PacketBytes.of(whole);
    System.arraycopy(wanted, 0, joined, 0, 20);
    assertThat(joined).isEqualTo(wanted);
  }

  @Test
  @DisplayName("tcpdump opens what comes to the registered port, and only that")
  void tcpdump() {
    run(NODES);
    List<String> outside = dump("ip netns exec east ping -c 1 10.77.0.2 | grep -c ttl; "
        + "ip netns exec west tcpdump -n -t -i up0 udp").subList(1, 3);
    assertThat(outside.getFirst())
        .matches("IP 172.16.3.1.\\d+ > 172.16.3.2.4789: VXLAN, flags \\[I\\] \\(0x08\\), vni 77");
    assertThat(outside.get(1)).isEqualTo("ARP, Request who-has 10.77.0.2 tell 10.77.0.1, length 28");
    assertThat(dump("ip netns exec east ping -c 1 10.77.0.2 | grep -c ttl; "
        + "ip netns exec west tcpdump -n -t -i over icmp").stream().filter(l -> l.contains("ICMP echo"))).hasSize(2);
  }

  private List<String> dump(String line) {
    return Shell.run(session, session.state().firstHost().root(), line).out();
  }

  @Test
  @DisplayName("every row and every tunnel that was looked at says why it won or lost (sem-V3)")
  void considered() {
    Trace trace = ping("");
    for (Step step : trace.steps()) {
      if (step.event() instanceof Event.Looked(var lookup)) {
        List<Considered> rows = Considerations.of(lookup, trace.stateAt(step.index()));
        assertThat(rows.stream().filter(Considered::won)).as("%s", lookup).hasSizeLessThanOrEqualTo(1);
      }
      assertThat(Narrator.sentence(trace, step.index())).isNotBlank();
      assertThat(Narrator.headline(trace, step.index())).isNotBlank();
    }
    assertThat(trace.steps().stream().map(s -> Narrator.sentence(trace, s.index())))
        .contains("west learns that east:over is behind 172.16.3.1.".replace("west", "over"));
  }

  @Test
  @DisplayName("a lab with tunnels is read as it was written, and undone step by step")
  void keeps() {
    ping("");
    run("bridge -n east fdb append 02:00:00:00:00:05 dev over dst 172.16.3.9 port 99 vni 5 via up0");
    LabState lab = session.state();
    assertThat(LabCodec.decode(LabCodec.encode(lab)))
        .isInstanceOfSatisfying(LabCodec.Decoded.Ok.class, ok -> assertThat(ok.lab()).isEqualTo(lab));
    run("ip -n east link del up0");
    assertThat(session.state().learned().fdbs().values().stream().flatMap(t -> t.present().stream())
        .flatMap(r -> r.remotes().stream()).filter(r -> r.via().isPresent())).isEmpty();
    session.undo();
    assertThat(session.state()).isEqualTo(lab);
  }
}
