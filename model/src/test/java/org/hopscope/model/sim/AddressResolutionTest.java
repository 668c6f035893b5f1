package org.hopscope.model.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Neighbour.State;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Address resolution and what a sender sees of it (sem-L12, sem-A1 to A14)")
class AddressResolutionTest {
  private static Wiring pair() {
    return new Wiring().netns("left", "right").link("left:eth0", "10.7.0.1/24", "right:eth0", "10.7.0.2/24");
  }

  private static Optional<Neighbour> neighbour(Wiring wiring, String place, String address) {
    DeviceId device = wiring.device(place).id();
    return wiring.lab().learned().neighbours(Wiring.ref(place).netns()).find(device, IpAddress.of(address));
  }

  private static long deaths(Trace trace, DropReason reason) {
    return trace.steps().stream()
        .filter(s -> s.event() instanceof Event.Ended(Fate.Died(DropReason why)) && why == reason).count();
  }

  @Test
  @DisplayName("sem-A1: without a route nothing is sent, and ping says so at once")
  void noRoute() {
    Wiring wiring = pair();
    Trace trace = wiring.run(Probe.ping(Wiring.id("left"), IpAddress.of("10.8.0.2")));
    ProbeResult.Pinged result = (ProbeResult.Pinged) trace.result();
    assertThat(result.transmitted()).isZero();
    assertThat(result.errors()).singleElement()
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.NET_UNREACHABLE))
        .satisfies(e -> assertThat(e.from()).isEmpty());
    assertThat(trace.steps()).noneMatch(s -> s.event() instanceof Event.Transmitted);
    assertThat(deaths(trace, DropReason.NO_ROUTE)).isEqualTo(1);
  }

  @Test
  @DisplayName("sem-A2: three questions a second apart, then the own kernel reports the host unreachable")
  void nobodyAnswers() {
    Wiring wiring = pair();
    Trace trace = wiring.run(Probe.ping(Wiring.id("left"), IpAddress.of("10.7.0.9")));
    ProbeResult.Pinged result = (ProbeResult.Pinged) trace.result();
    assertThat(result.errors()).singleElement().satisfies(e -> {
      assertThat(e.kind()).isEqualTo(FailureKind.HOST_UNREACHABLE);
      assertThat(e.from()).contains(IpAddress.of("10.7.0.1"));
    });
    assertThat(trace.steps().stream().filter(s -> s.event() instanceof Event.Made
        && trace.copies().get(s.copy()).role() == PacketCopy.Role.ARP_REQUEST).map(s -> s.at().nanos()))
        .containsExactly(0L, VirtualTime.SECOND, 2 * VirtualTime.SECOND);
    assertThat(result.elapsedNanos()).isBetween(3 * VirtualTime.SECOND, 3 * VirtualTime.SECOND + VirtualTime.MILLI);
    assertThat(neighbour(wiring, "left:eth0", "10.7.0.9").orElseThrow().state()).isEqualTo(State.FAILED);
  }

  @Test
  @DisplayName("sem-A2: packets that wait together are reported together")
  void reportedTogether() {
    ProbeResult.Pinged result = pair().ping("left", "10.7.0.9",
        new Probe.Ping(3, 56, false, 500, 10_000, Optional.empty(), false));
    assertThat(result.errors()).extracting(ProbeResult.PingError::sequence).containsExactly(1, 2, 3);
    assertThat(result.transmitted()).isEqualTo(3);
  }

  @Test
  @DisplayName("sem-A2: with little patience ping ends before the kernel gives up, and shows only loss")
  void impatient() {
    ProbeResult.Pinged result = pair().ping("left", "10.7.0.9",
        new Probe.Ping(1, 56, false, 1000, 1000, Optional.empty(), false));
    assertThat(result.errors()).isEmpty();
    assertThat(result.replies()).isEmpty();
    assertThat(result.elapsedNanos()).isEqualTo(VirtualTime.SECOND);
  }

  @Test
  @DisplayName("sem-L12: own addresses are reached over lo, and are silent while it is down")
  void ownAddress() {
    Wiring wiring = pair().down("left:eth0");
    assertThat(wiring.ping("left", "10.7.0.1").succeeded()).isTrue();
    wiring.up("left:eth0").down("left:lo");
    ProbeResult.Pinged silent = wiring.ping("left", "10.7.0.1");
    assertThat(silent.errors()).isEmpty();
    assertThat(silent.replies()).isEmpty();
    assertThat(silent.transmitted()).isEqualTo(1);
  }

  @Test
  @DisplayName("sem appendix D1: with lo down the own kernel's report is not heard either")
  void reportNeedsLo() {
    Wiring wiring = pair().down("left:lo");
    assertThat(wiring.ping("left", "10.7.0.9").errors()).isEmpty();
    wiring.up("left:lo");
    assertThat(wiring.ping("left", "10.7.0.9").errors()).hasSize(1);
  }

  @Test
  @DisplayName("a ping bound to a device hears its own address, but no errors that come over lo")
  void boundToDevice() {
    Wiring wiring = pair();
    Probe own = new Probe(Wiring.id("left"), IpAddress.of("10.7.0.1"), Optional.empty(), Optional.of("eth0"),
        Probe.Ping.ONCE);
    assertThat(wiring.run(own).result().succeeded()).isTrue();
    Probe silent = new Probe(Wiring.id("left"), IpAddress.of("10.7.0.9"), Optional.empty(), Optional.of("eth0"),
        Probe.Ping.ONCE);
    assertThat(((ProbeResult.Pinged) wiring.run(silent).result()).errors()).isEmpty();
  }

  @Test
  @DisplayName("a long ping is no storm")
  void longPing() {
    ProbeResult.Pinged result = pair().ping("left", "10.7.0.2",
        new Probe.Ping(2000, 56, false, 10, 1000, Optional.empty(), false));
    assertThat(result.replies()).hasSize(2000);
  }

  @Test
  @DisplayName("sem-A3: a peer that knows no way back is silent")
  void noWayBack() {
    Wiring wiring = new Wiring().netns("p", "q").link("p:x", "172.20.0.1/16", "q:y", "172.20.5.5/24");
    ProbeResult.Pinged result = wiring.ping("p", "172.20.5.5");
    assertThat(result.replies()).isEmpty();
    assertThat(result.errors()).isEmpty();
  }

  @Test
  @DisplayName("sem appendix D15: a question is answered and the asker remembered although no route leads back")
  void answeredWithoutWayBack() {
    Wiring wiring = new Wiring().netns("p", "q").link("p:x", "172.20.0.1/16", "q:y", "172.20.5.5/24");
    wiring.ping("p", "172.20.5.5");
    assertThat(neighbour(wiring, "p:x", "172.20.5.5").orElseThrow().state()).isEqualTo(State.REACHABLE);
    assertThat(neighbour(wiring, "q:y", "172.20.0.1").orElseThrow().state()).isEqualTo(State.STALE);
  }

  @Test
  @DisplayName("sem-A6, A7: the asker has a confirmed row, the one asked has used a fresh stale one")
  void statesAfterOnePing() {
    Wiring wiring = pair();
    wiring.ping("left", "10.7.0.2");
    assertThat(neighbour(wiring, "left:eth0", "10.7.0.2").orElseThrow().state()).isEqualTo(State.REACHABLE);
    assertThat(neighbour(wiring, "right:eth0", "10.7.0.1").orElseThrow().state()).isEqualTo(State.DELAY);
  }

  @Test
  @DisplayName("sem-A6: a row in use is checked after five seconds, with a question to it alone")
  void checkedAfterUse() {
    Wiring wiring = pair();
    Probe.Ping long10 = new Probe.Ping(8, 56, false, 1000, 1000, Optional.empty(), false);
    Trace trace = wiring.run(new Probe(Wiring.id("left"), IpAddress.of("10.7.0.2"), Optional.empty(), Optional.empty(),
        long10));
    MacAddress left = wiring.device("left:eth0").link().mac();
    assertThat(trace.steps()).anyMatch(s -> s.event() instanceof Event.Made && s.where().equals(Wiring.id("right"))
        && s.packet().ethernet().filter(e -> e.destination().equals(left)).isPresent()
        && trace.copies().get(s.copy()).role() == PacketCopy.Role.ARP_REQUEST
        && s.at().nanos() >= 5 * VirtualTime.SECOND);
    assertThat(neighbour(wiring, "right:eth0", "10.7.0.1").orElseThrow().state()).isEqualTo(State.REACHABLE);
  }

  @Test
  @DisplayName("sem-A6: a confirmation counts for 30 seconds")
  void confirmationAges() {
    Wiring wiring = pair();
    wiring.ping("left", "10.7.0.2");
    Neighbour row = neighbour(wiring, "left:eth0", "10.7.0.2").orElseThrow();
    Neighbour.Timing timing = new Neighbour.Timing(30 * VirtualTime.SECOND, 5 * VirtualTime.SECOND, VirtualTime.SECOND,
        3, 3);
    assertThat(row.stateAt(row.confirmed().plus(30 * VirtualTime.SECOND), timing)).isEqualTo(State.REACHABLE);
    assertThat(row.stateAt(row.confirmed().plus(30 * VirtualTime.SECOND + 1), timing)).isEqualTo(State.STALE);
  }

  @Test
  @DisplayName("sem-A8: a wrong permanent address is used, and the receiver ignores the frame")
  void wrongPermanent() {
    Wiring wiring = pair().permanent("left:eth0", "10.7.0.2", "02:00:00:00:00:99");
    Trace trace = wiring.run(Probe.ping(Wiring.id("left"), IpAddress.of("10.7.0.2")));
    assertThat(deaths(trace, DropReason.NOT_FOR_THIS_MAC)).isEqualTo(1);
    assertThat(((ProbeResult.Pinged) trace.result()).errors()).isEmpty();
    assertThat(neighbour(wiring, "left:eth0", "10.7.0.2").orElseThrow().state()).isEqualTo(State.PERMANENT);
  }

  @Test
  @DisplayName("sem-A9: a host answers for any of its addresses on any device, unless arp_ignore says no")
  void weakHost() {
    Wiring wiring = pair().address("right:lo", "192.0.2.80/32").routeOn("left:eth0", "192.0.2.80/32");
    assertThat(wiring.ping("left", "192.0.2.80").succeeded()).isTrue();
    Wiring strict = pair().address("right:lo", "192.0.2.80/32").routeOn("left:eth0", "192.0.2.80/32")
        .sysctl("right", "net.ipv4.conf.all.arp_ignore", "1");
    assertThat(strict.ping("left", "192.0.2.80").errors()).singleElement()
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.HOST_UNREACHABLE));
    assertThat(strict.ping("left", "10.7.0.2").succeeded()).isTrue();
  }

  @Test
  @DisplayName("sem-A10: a question from outside the own subnet is answered too")
  void askerFromOutside() {
    Wiring wiring = new Wiring().netns("in", "out").link("in:a", "10.7.0.1/24", "out:b", "10.99.0.1/24")
        .routeOn("out:b", "10.7.0.0/24").routeOn("in:a", "10.99.0.0/24");
    assertThat(wiring.ping("out", "10.7.0.1").succeeded()).isTrue();
    assertThat(neighbour(wiring, "in:a", "10.99.0.1")).isPresent();
  }

  @Test
  @DisplayName("sem-A11: a broadcast ping needs -b, and is ignored by default")
  void broadcastPing() {
    Wiring wiring = pair();
    assertThat(wiring.ping("left", "10.7.0.255").errors()).singleElement()
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.BROADCAST));
    Probe.Ping permitted = new Probe.Ping(1, 56, false, 1000, 1000, Optional.empty(), true);
    assertThat(wiring.ping("left", "10.7.0.255", permitted).replies()).isEmpty();
    wiring.sysctl("right", "net.ipv4.icmp_echo_ignore_broadcasts", "0");
    assertThat(wiring.ping("left", "10.7.0.255", permitted).replies()).singleElement()
        .satisfies(r -> assertThat(r.from()).isEqualTo(IpAddress.of("10.7.0.2")));
  }

  @Test
  @DisplayName("sem-A12: of two hosts with one address, the first answer is kept: that of the port that joined last")
  void duplicateAddress() {
    Wiring wiring = new Wiring().bridge("@host:br9").station("one", "@host:br9", "10.7.0.1/24")
        .station("two", "@host:br9", "10.7.0.5/24").station("three", "@host:br9", "10.7.0.5/24");
    assertThat(wiring.ping("one", "10.7.0.5").succeeded()).isTrue();
    assertThat(neighbour(wiring, "one:eth0", "10.7.0.5").orElseThrow().mac())
        .contains(wiring.device("three:eth0").link().mac());
  }

  @Test
  @DisplayName("sem-A14: a proxy answers for what it would send on by another device")
  void proxyArp() {
    Wiring wiring = new Wiring().netns("a", "r", "b").link("a:e", "10.7.0.1/16", "r:west", "10.7.0.254/24")
        .link("b:e", "10.7.9.1/16", "r:east", "10.7.9.254/24").sysctl("r", "net.ipv4.ip_forward", "1");
    assertThat(wiring.ping("a", "10.7.9.1").succeeded()).isFalse();
    wiring.sysctl("r", "net.ipv4.conf.west.proxy_arp", "1").sysctl("r", "net.ipv4.conf.east.proxy_arp", "1");
    assertThat(wiring.ping("a", "10.7.9.1").succeeded()).isTrue();
    assertThat(wiring.ping("a", "10.7.0.77").errors()).hasSize(1);
  }
}
