package org.hopscope.model.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.packet.Header;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Routing (sem-R1 to R10)")
class RoutingTest {
  /** Two hosts with a router between them that forwards; each has a default route. */
  private static Wiring routed() {
    return unforwarded().sysctl("mid", "net.ipv4.ip_forward", "1");
  }

  private static Wiring unforwarded() {
    return new Wiring().netns("west", "mid", "east").link("west:w0", "10.1.0.1/24", "mid:m0", "10.1.0.254/24")
        .link("east:e0", "10.2.0.1/24", "mid:m1", "10.2.0.254/24").route("west", "default", "10.1.0.254")
        .route("east", "default", "10.2.0.254");
  }

  private static Probe.Ping once(int size, boolean dontFragment) {
    return new Probe.Ping(1, size, dontFragment, 1000, 1000, Optional.empty(), false);
  }

  private static boolean died(Trace trace, String where, DropReason reason) {
    return trace.steps().stream().anyMatch(s -> s.where().equals(Wiring.id(where))
        && s.event() instanceof Event.Ended(Fate.Died(DropReason why)) && why == reason);
  }

  @Test
  @DisplayName("sem-R1: the longest prefix wins, then the lowest metric")
  void longestPrefix() {
    Wiring wiring = routed().route("west", "10.2.0.0/24", "10.1.0.77");
    Trace trace = wiring.run(Probe.ping(Wiring.id("west"), IpAddress.of("10.2.0.1")));
    assertThat(trace.steps()).anyMatch(s -> s.event() instanceof Event.Looked(Lookup.RouteLookup lookup)
        && lookup.winner().orElseThrow().destination().length() == 24
        && lookup.winner().orElseThrow().via().equals(Optional.of(IpAddress.of("10.1.0.77"))));
    assertThat(wiring.ping("west", "10.2.9.9").errors()).singleElement()
        .satisfies(e -> assertThat(e.from()).contains(IpAddress.of("10.1.0.254")));
  }

  @Test
  @DisplayName("an exact route of main goes before 127.0.0.0/8 of local, as in the kernel's one trie")
  void oneTrie() {
    Wiring wiring = routed().route("west", "127.0.0.2/32", "10.1.0.254");
    assertThat(wiring.ping("west", "127.0.0.2").replies()).isEmpty();
    assertThat(wiring.ping("west", "127.0.0.3").succeeded()).isTrue();
  }

  @Test
  @DisplayName("sem-R2: with forwarding off transit is dropped in silence, yet the far address answers")
  void forwardingOff() {
    Wiring wiring = unforwarded();
    assertThat(wiring.ping("west", "10.2.0.254").succeeded()).isTrue();
    Trace trace = wiring.run(new Probe(Wiring.id("west"), IpAddress.of("10.2.0.1"), Optional.empty(), Optional.empty(),
        once(56, false)));
    assertThat(((ProbeResult.Pinged) trace.result()).errors()).isEmpty();
    assertThat(died(trace, "mid", DropReason.FORWARDING_OFF)).isTrue();
  }

  @Test
  @DisplayName("sem-R3: every router takes one from the TTL")
  void timeToLive() {
    assertThat(routed().ping("west", "10.2.0.1").replies()).singleElement()
        .satisfies(r -> assertThat(r.ttl()).isEqualTo(63));
    ProbeResult.Pinged expired =
        routed().ping("west", "10.2.0.1", new Probe.Ping(1, 56, false, 1000, 1000, Optional.of(1), false));
    assertThat(expired.errors()).singleElement().satisfies(e -> {
      assertThat(e.kind()).isEqualTo(FailureKind.TTL_EXCEEDED);
      assertThat(e.from()).contains(IpAddress.of("10.1.0.254"));
    });
  }

  @Test
  @DisplayName("sem-A4: a router without a route says net unreachable, one whose neighbour is silent host unreachable")
  void routerReports() {
    assertThat(routed().ping("west", "10.9.9.9").errors()).singleElement().satisfies(e -> {
      assertThat(e.kind()).isEqualTo(FailureKind.NET_UNREACHABLE);
      assertThat(e.from()).contains(IpAddress.of("10.1.0.254"));
    });
    assertThat(routed().ping("west", "10.2.0.9").errors()).singleElement().satisfies(e -> {
      assertThat(e.kind()).isEqualTo(FailureKind.HOST_UNREACHABLE);
      assertThat(e.from()).contains(IpAddress.of("10.1.0.254"));
    });
  }

  @Test
  @DisplayName("sem-R5: a router tells which length fits, and the sender remembers it")
  void pathMtu() {
    Wiring wiring = routed().mtu("mid:m1", 1300).mtu("east:e0", 1300);
    assertThat(wiring.ping("west", "10.2.0.1", once(1400, true)).errors()).singleElement().satisfies(e -> {
      assertThat(e.kind()).isEqualTo(FailureKind.FRAG_NEEDED);
      assertThat(e.mtu()).isEqualTo(1300);
      assertThat(e.from()).contains(IpAddress.of("10.1.0.254"));
    });
    assertThat(wiring.ping("west", "10.2.0.1", once(1400, true)).errors()).singleElement().satisfies(e -> {
      assertThat(e.mtu()).isEqualTo(1300);
      assertThat(e.from()).isEmpty();
    });
    assertThat(wiring.ping("west", "10.2.0.1", once(1300 - 28, true)).succeeded()).isTrue();
  }

  @Test
  @DisplayName("sem-R5: without DF what is too long is cut, and put together where it is for")
  void fragments() {
    Wiring wiring = routed().mtu("mid:m1", 900).mtu("east:e0", 900);
    Trace trace = wiring.run(new Probe(Wiring.id("west"), IpAddress.of("10.2.0.1"), Optional.empty(), Optional.empty(),
        once(4000, false)));
    assertThat(trace.result().succeeded()).isTrue();
    assertThat(trace.steps()).filteredOn(s -> s.where().equals(Wiring.id("east")))
        .filteredOn(s -> s.event() instanceof Event.Received)
        .allSatisfy(s -> assertThat(s.packet().networkLength()).isLessThanOrEqualTo(900))
        .anyMatch(s -> s.packet().ipv4().filter(ip -> ip.fragment().offset() > 0).isPresent());
    assertThat(((ProbeResult.Pinged) trace.result()).replies()).singleElement()
        .satisfies(r -> assertThat(r.bytes()).isEqualTo(4008));
  }

  @Test
  @DisplayName("sem-R6: over the receiver's MTU a frame vanishes without a word")
  void overMtu() {
    Wiring wiring = routed().mtu("west:w0", 9000);
    Trace trace = wiring.run(new Probe(Wiring.id("west"), IpAddress.of("10.1.0.254"), Optional.empty(),
        Optional.empty(), once(2000, true)));
    assertThat(died(trace, "mid", DropReason.OVER_MTU)).isTrue();
    assertThat(((ProbeResult.Pinged) trace.result()).errors()).isEmpty();
  }

  @ParameterizedTest(name = "rp_filter={0}, a way back by another device: answered {1}")
  @CsvSource({"0,true", "1,false", "2,true"})
  @DisplayName("sem-R7: the reverse path filter")
  void reversePath(String mode, boolean answered) {
    Wiring wiring = new Wiring().netns("a", "r").link("a:e1", "10.1.0.1/24", "r:in1", "10.1.0.254/24")
        .link("a:e2", "10.2.0.1/24", "r:in2", "10.2.0.254/24").address("a:lo", "192.0.2.1/32")
        .route("r", "192.0.2.1/32", "10.1.0.1").sysctl("r", "net.ipv4.conf.in2.rp_filter", mode);
    Probe probe = new Probe(Wiring.id("a"), IpAddress.of("10.2.0.254"), Optional.of(IpAddress.of("192.0.2.1")),
        Optional.empty(), once(56, false));
    assertThat(wiring.run(probe).result().succeeded()).isEqualTo(answered);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({"BLACKHOLE,INVALID", "UNREACHABLE,HOST_UNREACHABLE", "PROHIBIT,PROHIBITED", "THROW,NET_UNREACHABLE"})
  @DisplayName("sem-R8: what the special routes tell the own programs")
  void specialRoutes(RouteType type, FailureKind told) {
    Wiring wiring = routed().special("west", type, "10.66.0.0/16");
    assertThat(wiring.ping("west", "10.66.1.1").errors()).singleElement()
        .satisfies(e -> assertThat(e.kind()).isEqualTo(told)).satisfies(e -> assertThat(e.from()).isEmpty());
  }

  @Test
  @DisplayName("sem-R9: the source is the primary address of the device the route leaves by")
  void sourceChoice() {
    Wiring wiring = routed().address("west:w0", "10.1.0.9/24").address("west:lo", "192.0.2.7/32");
    assertThat(wiring.ping("west", "10.2.0.1").source()).contains(IpAddress.of("10.1.0.1"));
  }

  @Test
  @DisplayName("sem-R10, appendix D12: the first redirect only starts ARP, the second changes the way")
  void redirects() {
    Wiring wiring = new Wiring().bridge("@host:lan").station("host1", "@host:lan", "10.5.0.1/24")
        .station("rtr1", "@host:lan", "10.5.0.2/24").station("rtr2", "@host:lan", "10.5.0.3/24").netns("far")
        .link("rtr2:out", "10.6.0.254/24", "far:eth0", "10.6.0.1/24").route("far", "default", "10.6.0.254")
        .route("host1", "default", "10.5.0.2").route("rtr1", "10.6.0.0/24", "10.5.0.3")
        .sysctl("rtr1", "net.ipv4.ip_forward", "1").sysctl("rtr2", "net.ipv4.ip_forward", "1");
    ProbeResult.Pinged result = wiring.ping("host1", "10.6.0.1",
        new Probe.Ping(4, 56, false, 1000, 1000, Optional.empty(), false));
    assertThat(result.replies()).hasSize(4);
    assertThat(result.errors()).extracting(ProbeResult.PingError::kind)
        .containsExactly(FailureKind.REDIRECT, FailureKind.REDIRECT);
    assertThat(result.errors()).allSatisfy(e -> assertThat(e.gateway()).contains(IpAddress.of("10.5.0.3")));
    assertThat(wiring.lab().learned().exception(Wiring.id("host1"), IpAddress.of("10.6.0.1")).orElseThrow().gateway())
        .contains(IpAddress.of("10.5.0.3"));
  }

  @Test
  @DisplayName("an ICMP error is never about an ICMP error")
  void noErrorAboutErrors() {
    Wiring wiring = new Wiring().netns("a", "r", "s").link("a:e", "10.1.0.1/24", "r:w", "10.1.0.254/24")
        .link("r:e", "10.2.0.1/24", "s:w", "10.2.0.254/24").route("a", "default", "10.1.0.254")
        .route("r", "default", "10.2.0.254").sysctl("r", "net.ipv4.ip_forward", "1")
        .sysctl("s", "net.ipv4.ip_forward", "1");
    Trace trace = wiring.run(new Probe(Wiring.id("a"), IpAddress.of("10.9.0.1"), Optional.empty(), Optional.empty(),
        once(56, false)));
    assertThat(trace.steps()).allSatisfy(s -> assertThat(s.packet().find(Header.IcmpError.class)
        .filter(e -> e.about().find(Header.IcmpError.class).isPresent())).isEmpty());
    assertThat(died(trace, "s", DropReason.NO_ROUTE)).isTrue();
  }

  @Test
  @DisplayName("a source of one's own cannot come from outside, 127/8 cannot arrive")
  void martians() {
    Wiring wiring = new Wiring().netns("a", "b").link("a:e", "10.1.0.1/24", "b:e", "10.1.0.2/24")
        .address("a:lo", "10.1.0.2/32");
    Probe spoofed = new Probe(Wiring.id("a"), IpAddress.of("10.1.0.2"), Optional.of(IpAddress.of("10.1.0.2")),
        Optional.of("e"), once(56, false));
    wiring.permanent("a:e", "10.1.0.2", wiring.device("b:e").link().mac().toString());
    assertThat(died(wiring.run(spoofed), "b", DropReason.MARTIAN_SOURCE)).isTrue();
    Wiring loopback = routed().route("west", "127.0.0.9/32", "10.1.0.254");
    Trace trace = loopback.run(Probe.ping(Wiring.id("west"), IpAddress.of("127.0.0.9")));
    assertThat(died(trace, "mid", DropReason.MARTIAN_DESTINATION)).isTrue();
  }
}
