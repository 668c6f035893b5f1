package org.hopscope.model.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult.Exchange;
import org.hopscope.model.probe.ProbeResult.ExchangeOutcome;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("TCP and UDP programs (sem-A5)")
class SocketsTest {
  private static Wiring pair() {
    return new Wiring().netns("cli", "srv").link("cli:v", "10.4.0.1/24", "srv:v", "10.4.0.2/24")
        .serve("srv", 8080, Transport.TCP).serve("srv", 53, Transport.UDP);
  }

  private static Probe tcp(String to, int port, Probe.ClientOptions options) {
    return new Probe(Wiring.id("cli"), IpAddress.of(to), Optional.empty(), Optional.empty(),
        new Probe.Connect(new PortNumber(port), options));
  }

  @Test
  @DisplayName("a server answers with what it sees of its client")
  void answered() {
    assertThat(pair().tcp("cli", "10.4.0.2", 8080)).satisfies(SocketsTest::seesTheClient);
    assertThat(pair().udp("cli", "10.4.0.2", 53)).satisfies(SocketsTest::seesTheClient);
  }

  private static void seesTheClient(Exchange exchange) {
    assertThat(exchange.outcome()).isEqualTo(ExchangeOutcome.ANSWERED);
    assertThat(exchange.answer().orElseThrow()).satisfies(answer -> {
      assertThat(answer.label()).isEqualTo("srv");
      assertThat(answer.client()).isEqualTo(IpAddress.of("10.4.0.1"));
      assertThat(answer.server()).isEqualTo(IpAddress.of("10.4.0.2"));
      assertThat(answer.clientPort()).isBetween(32768, 60999);
    });
  }

  @Test
  @DisplayName("a closed port: TCP by a reset, UDP by an ICMP message")
  void closedPort() {
    assertThat(pair().tcp("cli", "10.4.0.2", 81).outcome()).isEqualTo(ExchangeOutcome.REFUSED);
    Exchange udp = pair().udp("cli", "10.4.0.2", 54);
    assertThat(udp.outcome()).isEqualTo(ExchangeOutcome.REFUSED);
    assertThat(udp.icmp()).contains(FailureKind.PORT_UNREACHABLE);
    assertThat(udp.icmpFrom()).contains(IpAddress.of("10.4.0.2"));
  }

  @Test
  @DisplayName("no route, a silent neighbour, special routes")
  void errorsBeforeConnecting() {
    assertThat(pair().tcp("cli", "10.5.0.2", 80).outcome()).isEqualTo(ExchangeOutcome.NET_UNREACHABLE);
    Exchange silent = pair().exchange(tcp("10.4.0.9", 80,
        new Probe.ClientOptions(1, Optional.empty(), 0, 5000, false))).getFirst();
    assertThat(silent.outcome()).isEqualTo(ExchangeOutcome.HOST_UNREACHABLE);
    assertThat(silent.icmpFrom()).contains(IpAddress.of("10.4.0.1"));
    assertThat(pair().tcp("cli", "10.4.0.9", 80).outcome()).isEqualTo(ExchangeOutcome.TIMEOUT);
    assertThat(pair().special("cli", RouteType.PROHIBIT, "10.6.0.0/16").tcp("cli", "10.6.0.1", 80).outcome())
        .isEqualTo(ExchangeOutcome.PROHIBITED);
    assertThat(pair().special("cli", RouteType.BLACKHOLE, "10.6.0.0/16").udp("cli", "10.6.0.1", 80).outcome())
        .isEqualTo(ExchangeOutcome.INVALID);
  }

  @Test
  @DisplayName("a server that listens on 127.0.0.1 is reached from its own namespace only")
  void listeningOnLoopback() {
    Wiring wiring = pair().edit(new Edit.Serve(Wiring.id("srv"), new Server(new PortNumber(9000), Transport.TCP,
        Optional.of(IpAddress.of("127.0.0.1")), "inner")));
    assertThat(wiring.tcp("srv", "127.0.0.1", 9000).outcome()).isEqualTo(ExchangeOutcome.ANSWERED);
    assertThat(wiring.tcp("srv", "10.4.0.2", 9000).outcome()).isEqualTo(ExchangeOutcome.REFUSED);
    assertThat(wiring.tcp("cli", "10.4.0.2", 9000).outcome()).isEqualTo(ExchangeOutcome.REFUSED);
  }

  @Test
  @DisplayName("0.0.0.0 means the own host")
  void ownHost() {
    Exchange exchange = pair().tcp("srv", "0.0.0.0", 8080);
    assertThat(exchange.answer().orElseThrow().server()).isEqualTo(IpAddress.of("127.0.0.1"));
  }

  @Test
  @DisplayName("several tries come from different ports, a port of one's own from that one")
  void ports() {
    List<Exchange> tries = pair().exchange(tcp("10.4.0.2", 8080,
        new Probe.ClientOptions(5, Optional.empty(), 0, 800, false)));
    assertThat(tries).extracting(t -> t.answer().orElseThrow().clientPort()).doesNotHaveDuplicates().hasSize(5);
    List<Exchange> fixed = pair().exchange(tcp("10.4.0.2", 8080,
        new Probe.ClientOptions(2, Optional.of(new PortNumber(4444)), 0, 800, false)));
    assertThat(fixed).extracting(t -> t.answer().orElseThrow().clientPort()).containsExactly(4444, 4444);
  }

  @Test
  @DisplayName("a long question goes in segments, and shorter ones once a router says that they do not fit")
  void segments() {
    Wiring wiring = new Wiring().netns("cli", "r", "srv").link("cli:v", "10.4.0.1/24", "r:a", "10.4.0.254/24")
        .link("srv:v", "10.5.0.1/24", "r:b", "10.5.0.254/24").route("cli", "default", "10.4.0.254")
        .route("srv", "default", "10.5.0.254").sysctl("r", "net.ipv4.ip_forward", "1").mtu("r:b", 1000)
        .serve("srv", 80, Transport.TCP);
    Exchange exchange =
        wiring.exchange(tcp("10.5.0.1", 80, new Probe.ClientOptions(1, Optional.empty(), 20_000, 800, false)))
            .getFirst();
    assertThat(exchange.outcome()).isEqualTo(ExchangeOutcome.ANSWERED);
    assertThat(wiring.lab().learned().exception(Wiring.id("cli"), IpAddress.of("10.5.0.1")).orElseThrow().mtu().bytes())
        .isEqualTo(1000);
  }

  @Test
  @DisplayName("connected, and then nothing fits through: the try stalls")
  void stalled() {
    Wiring narrow = new Wiring().bridge("@host:sw").station("cli", "@host:sw", "10.4.0.1/24")
        .station("srv", "@host:sw", "10.4.0.2/24").serve("srv", 80, Transport.TCP).mtu("@host:p-srv", 600);
    Trace trace = narrow.run(tcp("10.4.0.2", 80, new Probe.ClientOptions(1, Optional.empty(), 5000, 800, false)));
    assertThat(trace.result().succeeded()).isFalse();
    assertThat(((org.hopscope.model.probe.ProbeResult.Exchanged) trace.result()).tries().getFirst().outcome())
        .isEqualTo(ExchangeOutcome.STALLED);
    assertThat(trace.end().nanos()).isGreaterThan(800 * VirtualTime.MILLI);
  }

  @Test
  @DisplayName("UDP with DF does not fit: the own kernel refuses")
  void datagramTooLong() {
    Probe probe = new Probe(Wiring.id("cli"), IpAddress.of("10.4.0.2"), Optional.empty(), Optional.empty(),
        new Probe.Datagram(new PortNumber(53), new Probe.ClientOptions(1, Optional.empty(), 4000, 800, true)));
    assertThat(pair().exchange(probe).getFirst().outcome()).isEqualTo(ExchangeOutcome.FRAG_NEEDED);
  }

  @Test
  @DisplayName("a source that is not one's own cannot be used")
  void foreignSource() {
    Probe probe = new Probe(Wiring.id("cli"), IpAddress.of("10.4.0.2"), Optional.of(IpAddress.of("10.4.0.77")),
        Optional.empty(), new Probe.Connect(new PortNumber(8080), Probe.ClientOptions.ONCE));
    assertThat(pair().exchange(probe).getFirst().outcome()).isEqualTo(ExchangeOutcome.NO_SUCH_ADDRESS);
  }
}
