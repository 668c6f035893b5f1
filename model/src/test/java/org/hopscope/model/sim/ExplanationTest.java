package org.hopscope.model.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Transport;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.RowRef;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is told about a trace")
class ExplanationTest {
  private static Trace ping(Wiring wiring, String from, String to) {
    return wiring.run(Probe.ping(Wiring.id(from), IpAddress.of(to)));
  }

  private static Wiring pair() {
    return new Wiring().netns("web", "db").link("web:eth0", "10.1.1.1/24", "db:eth1", "10.1.1.2/24");
  }

  private static List<Considered> rows(Trace trace, Predicate<Lookup> wanted) {
    Step step = trace.steps().stream()
        .filter(s -> s.event() instanceof Event.Looked(Lookup lookup) && wanted.test(lookup)).findFirst().orElseThrow();
    return Considerations.of(((Event.Looked) step.event()).lookup(), trace.stateAt(step.index()));
  }

  private static boolean isRoute(Lookup lookup, NetnsId netns) {
    return lookup instanceof Lookup.RouteLookup && lookup.netns().equals(netns);
  }

  @Test
  @DisplayName("a route lookup shows every row with the reason why it lost, and the winner with its bits")
  void routeRows() {
    Wiring wiring = pair().route("web", "10.244.2.0/24", "10.1.1.2").routeOn("web:eth0", "10.244.0.0/16")
        .route("web", "default", "10.1.1.2");
    List<Considered> rows = rows(ping(wiring, "web", "10.244.2.3"), l -> isRoute(l, Wiring.id("web")));
    assertThat(rows).extracting(Considered::row).containsExactlyInAnyOrder("default via 10.1.1.2 dev eth0",
        "10.1.1.0/24 dev eth0", "10.244.0.0/16 dev eth0", "10.244.2.0/24 via 10.1.1.2 dev eth0");
    assertThat(rows).extracting(Considered::reason).containsExactlyInAnyOrder("contains it, but 0 bits are fewer",
        "10.244.2.3 is not in 10.1.1.0/24", "contains it, but 16 bits are fewer", "longest match, 24 bits");
    assertThat(rows).filteredOn(Considered::won).singleElement()
        .satisfies(row -> assertThat(row.ref()).containsInstanceOf(RowRef.RouteRow.class));
  }

  @Test
  @DisplayName("a miss is a row of its own that says what follows")
  void misses() {
    Considered none = rows(ping(pair(), "web", "10.9.9.9"), l -> isRoute(l, Wiring.id("web"))).getLast();
    assertThat(none).isEqualTo(new Considered("no route", true, "Network is unreachable", none.ref()));
    assertThat(none.ref()).isEmpty();
    assertThat(rows(ping(pair(), "web", "10.1.1.2"), l -> l instanceof Lookup.NeighbourLookup).getLast().reason())
        .isEqualTo("ask everybody on eth0: who has 10.1.1.2?");
  }

  @Test
  @DisplayName("what a router told about the path is shown beside the rows")
  void toldByIcmp() {
    Wiring wiring = new Wiring().netns("web", "mid", "db").link("web:eth0", "10.1.1.1/24", "mid:a", "10.1.1.254/24")
        .link("mid:b", "10.1.2.254/24", "db:eth1", "10.1.2.1/24").route("web", "default", "10.1.1.254")
        .route("db", "default", "10.1.2.254").sysctl("mid", "net.ipv4.ip_forward", "1").mtu("mid:b", 900);
    wiring.run(new Probe(Wiring.id("web"), IpAddress.of("10.1.2.1"), Optional.empty(), Optional.empty(),
        new Probe.Ping(1, 1000, true, 1000, 1000, Optional.empty(), false)));
    assertThat(rows(ping(wiring, "web", "10.1.2.1"), l -> isRoute(l, Wiring.id("web"))))
        .extracting(Considered::row).contains("cache 10.1.2.1 mtu 900");
  }

  @Test
  @DisplayName("an unknown address is flooded, and the row says where to and where not")
  void flood() {
    Wiring wiring = new Wiring().bridge("@host:br0").station("web", "@host:br0", "10.0.0.1/24")
        .station("db", "@host:br0", "10.0.0.2/24").station("log", "@host:br0", "10.0.0.3/24")
        .permanent("web:eth0", "10.0.0.2", "02:00:00:00:00:77");
    List<Considered> rows = rows(ping(wiring, "web", "10.0.0.2"), l -> l instanceof Lookup.FdbLookup);
    assertThat(rows.getLast().row()).isEqualTo("no entry");
    assertThat(rows.getLast().reason()).isEqualTo("flood: p-log, p-db, not back to p-web");
    assertThat(rows).filteredOn(row -> row.row().contains("dev p-web 0 s"))
        .singleElement().satisfies(row -> assertThat(row.reason()).contains("is web:eth0, not"));
  }

  @Test
  @DisplayName("labels and headlines are short and in the field's words")
  void headlines() {
    Trace trace = ping(pair(), "web", "10.1.1.2");
    List<String> headlines = trace.steps().stream().map(s -> Narrator.headline(trace, s.index())).toList();
    assertThat(headlines).contains("echo 1", "ROUTE main", "NEIGH 10.1.1.2", "waits for 10.1.1.2", "who-has 10.1.1.2",
        "10.1.1.2 is-at", "ROUTE local", "reply 1", "delivered: ping");
    Trace missed = ping(pair(), "web", "10.9.9.9");
    assertThat(Narrator.headline(missed, missed.steps().size() - 1)).isEqualTo("died: no route");
    Trace tcp = pair().run(Probe.tcp(Wiring.id("web"), IpAddress.of("10.1.1.2"), 80));
    assertThat(Narrator.headline(tcp, 0)).isEqualTo("SYN :80");
  }

  @Test
  @DisplayName("every step has the layer it works on")
  void layers() {
    Trace trace = pair().run(Probe.tcp(Wiring.id("web"), IpAddress.of("10.1.1.2"), 80));
    assertThat(Layer.of(trace.steps().getFirst())).isEqualTo(Layer.L4);
    assertThat(trace.steps()).allSatisfy(s -> {
      switch (s.event()) {
        case Event.Looked(Lookup.RouteLookup _) -> assertThat(Layer.of(s)).isEqualTo(Layer.L3);
        case Event.Looked(Lookup.NeighbourLookup _),Event.Transmitted _ ->
            assertThat(Layer.of(s)).isEqualTo(Layer.L2);
        case Event.Looked(Lookup.ListenerLookup _) -> assertThat(Layer.of(s)).isEqualTo(Layer.L4);
        case Event.Looked _,Event.Made _,Event.Rewritten _,Event.HandedDown _,Event.HandedUp _,Event.Received _,Event.Switched _,Event.Forked _,Event.Parked _,Event.Resumed _,Event.Waited _,Event.Confirmed _,Event.Tunnelled _,Event.Learned _,Event.Narrowed _,Event.Staged _,Event.Ended _ ->
            {
        }
      }
    });
  }

  @Test
  @DisplayName("a failed probe is explained by what decided it")
  void whyFailed() {
    assertThat(why(pair(), "10.9.9.9")).isEqualTo("web has no route to 10.9.9.9: Network is unreachable.");
    assertThat(why(pair().down("db:eth1"), "10.1.1.2"))
        .isEqualTo("eth0 in web has no carrier: nobody is at the other end.");
    assertThat(why(pair(), "10.1.1.7"))
        .isEqualTo("Nobody on eth0 told web the hardware address of 10.1.1.7: the packet for 10.1.1.7 is given up.");
    assertThat(why(pair().down("web:lo"), "10.1.1.1"))
        .isEqualTo("lo in web is switched off: the packet is lost there.");
    assertThat(why(pair().special("web", RouteType.BLACKHOLE, "10.5.0.0/16"), "10.5.0.1"))
        .isEqualTo("A blackhole route of web swallows what is for 10.5.0.1.");
    Wiring oneWay = new Wiring().netns("web", "db").link("web:eth0", "10.1.0.1/16", "db:eth1", "10.1.9.2/24");
    assertThat(why(oneWay, "10.1.9.2")).isEqualTo("db has no route to 10.1.0.1: Network is unreachable.");
    Wiring router = new Wiring().netns("web", "mid", "db").link("web:eth0", "10.1.1.1/24", "mid:a", "10.1.1.254/24")
        .link("mid:b", "10.1.2.254/24", "db:eth1", "10.1.2.1/24").route("web", "default", "10.1.1.254");
    assertThat(why(router, "10.1.2.1")).isEqualTo("10.1.2.1 is not an address of mid, and mid does not forward "
        + "(ip_forward is 0): dropped in silence.");
    Trace closed = pair().serve("db", 81, Transport.TCP)
        .run(Probe.tcp(Wiring.id("web"), IpAddress.of("10.1.1.2"), 80));
    assertThat(Narrator.whyFailed(closed)).contains("Nobody in db listens on port 80.");
    assertThat(Narrator.whyFailed(ping(pair(), "web", "10.1.1.2"))).isEmpty();
  }

  private static String why(Wiring wiring, String to) {
    return Narrator.whyFailed(ping(wiring, "web", to)).orElseThrow();
  }
}
