package org.hopscope.model.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.Quiet;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Bridges (sem-B1 to B13, appendix D5 to D7)")
class BridgingTest {
  private static Wiring lan() {
    return new Wiring(Editor.fresh(7, Quiet.ENVIRONMENT)).bridge("@host:sw").station("ann", "@host:sw", "10.3.0.1/24")
        .station("bob", "@host:sw", "10.3.0.2/24").station("cat", "@host:sw", "10.3.0.3/24");
  }

  private static Optional<FdbEntry> row(Wiring wiring, String station) {
    return wiring.lab().learned().fdb(wiring.device("@host:sw").id())
        .find(wiring.device(station + ":eth0").link().mac());
  }

  private static List<DeviceId> ways(Trace trace, MacAddress mac) {
    return trace.steps().stream().flatMap(s -> s.event() instanceof Event.Looked(Lookup.FdbLookup lookup)
        && lookup.mac().equals(mac) ? lookup.out().stream() : List.<DeviceId>of().stream()).toList();
  }

  @Test
  @DisplayName("sem-B1, B2: it learns from whom frames come, floods the first question and no later frame")
  void learnsAndFloods() {
    Wiring wiring = lan();
    Trace trace = wiring.run(Probe.ping(Wiring.id("ann"), IpAddress.of("10.3.0.2")));
    assertThat(trace.result().succeeded()).isTrue();
    assertThat(ways(trace, MacAddress.BROADCAST)).containsExactlyInAnyOrder(wiring.device("@host:p-bob").id(),
        wiring.device("@host:p-cat").id(), wiring.device("@host:sw").id());
    assertThat(ways(trace, wiring.device("bob:eth0").link().mac())).containsOnly(wiring.device("@host:p-bob").id());
    assertThat(row(wiring, "ann").orElseThrow().device()).isEqualTo(wiring.device("@host:p-ann").id());
    assertThat(row(wiring, "bob").orElseThrow().device()).isEqualTo(wiring.device("@host:p-bob").id());
    assertThat(row(wiring, "cat")).isEmpty();
  }

  @Test
  @DisplayName("sem-B1: a row that has not been seen for 300 s counts no more")
  void ages() {
    Wiring wiring = lan();
    wiring.ping("ann", "10.3.0.2");
    MacAddress bob = wiring.device("bob:eth0").link().mac();
    wiring.permanent("cat:eth0", "10.3.0.2", bob.toString());
    wiring.edit(new Edit.Sleep(299 * VirtualTime.SECOND));
    Probe probe = Probe.ping(Wiring.id("cat"), IpAddress.of("10.3.0.2"));
    assertThat(ways(Simulator.run(wiring.lab(), probe), bob))
        .containsOnly(wiring.device("@host:p-bob").id());
    wiring.edit(new Edit.Sleep(2 * VirtualTime.SECOND));
    assertThat(ways(Simulator.run(wiring.lab(), probe), bob)).containsOnly(
        wiring.device("@host:p-ann").id(), wiring.device("@host:p-bob").id());
  }

  @Test
  @DisplayName("sem-B5: a bridge that is down passes nothing on")
  void bridgeDown() {
    Wiring wiring = lan().down("@host:sw");
    Trace trace = wiring.run(Probe.ping(Wiring.id("ann"), IpAddress.of("10.3.0.2")));
    assertThat(trace.result().succeeded()).isFalse();
    assertThat(trace.steps()).anyMatch(s -> s.event() instanceof Event.Ended(Fate.Died(DropReason why))
        && why == DropReason.PORT_DISABLED);
  }

  @Test
  @DisplayName("sem-B6: with an address the bridge is one more station")
  void hostSide() {
    Wiring wiring = lan().address("@host:sw", "10.3.0.254/24");
    assertThat(wiring.ping("ann", "10.3.0.254").succeeded()).isTrue();
    assertThat(wiring.ping("@host", "10.3.0.3").succeeded()).isTrue();
  }

  @Test
  @DisplayName("sem-R6, appendix D7: what is too long for the port it should leave by vanishes")
  void overThePortsMtu() {
    Wiring wiring = lan().mtu("@host:p-bob", 1400);
    assertThat(wiring.ping("ann", "10.3.0.2", new Probe.Ping(1, 1372, true, 1000, 1000, Optional.empty(), false))
        .succeeded()).isTrue();
    assertThat(wiring.ping("ann", "10.3.0.2", new Probe.Ping(1, 1400, true, 1000, 1000, Optional.empty(), false))
        .errors()).isEmpty();
  }

  @Test
  @DisplayName("appendix D6: a static row follows its station and stays static; only sticky pins it")
  void staticRowMoves() {
    Wiring wiring = lan().mac("bob:eth0", "02:00:00:00:00:bb").fdb("@host:p-cat", "02:00:00:00:00:bb", false);
    assertThat(wiring.ping("ann", "10.3.0.2").succeeded()).isTrue();
    assertThat(row(wiring, "bob").orElseThrow()).satisfies(r -> {
      assertThat(r.device()).isEqualTo(wiring.device("@host:p-bob").id());
      assertThat(r.kind()).isEqualTo(FdbEntry.Kind.STATIC);
    });
    Wiring pinned = lan().mac("bob:eth0", "02:00:00:00:00:bb").fdb("@host:p-cat", "02:00:00:00:00:bb", true);
    assertThat(pinned.ping("ann", "10.3.0.2").succeeded()).isFalse();
    assertThat(row(pinned, "bob").orElseThrow().device()).isEqualTo(pinned.device("@host:p-cat").id());
  }

  @Test
  @DisplayName("sem-B13: isolated ports hear each other no more, others they do")
  void isolated() {
    Wiring wiring = lan().portOption("@host:p-ann", "isolated", true).portOption("@host:p-bob", "isolated", true);
    assertThat(wiring.ping("ann", "10.3.0.2").succeeded()).isFalse();
    assertThat(wiring.ping("ann", "10.3.0.3").succeeded()).isTrue();
  }

  @Test
  @DisplayName("port switches: a port that does not learn is flooded to, one that takes no broadcast is not asked")
  void portSwitches() {
    Wiring deaf = lan().portOption("@host:p-bob", "learning", false);
    assertThat(deaf.ping("ann", "10.3.0.2").succeeded()).isTrue();
    assertThat(row(deaf, "bob")).isEmpty();
    assertThat(lan().portOption("@host:p-bob", "bcast_flood", false).ping("ann", "10.3.0.2").succeeded()).isFalse();
  }

  @Test
  @DisplayName("sem-B11: a frame goes back by its port only with hairpin")
  void hairpin() {
    Wiring wiring = lan();
    wiring.ping("ann", "10.3.0.2");
    String ann = wiring.device("ann:eth0").link().mac().toString();
    wiring.permanent("ann:eth0", "10.3.0.9", ann);
    Trace without = wiring.run(Probe.ping(Wiring.id("ann"), IpAddress.of("10.3.0.9")));
    assertThat(ways(without, MacAddress.of(ann))).isEmpty();
    assertThat(without.steps()).anyMatch(s -> s.event() instanceof Event.Ended(Fate.Died(DropReason why))
        && why == DropReason.SAME_PORT);
    wiring.portOption("@host:p-ann", "hairpin", true);
    assertThat(ways(wiring.run(Probe.ping(Wiring.id("ann"), IpAddress.of("10.3.0.9"))), MacAddress.of(ann)))
        .containsExactly(wiring.device("@host:p-ann").id());
  }

  @Test
  @DisplayName("sem-B9: a loop without STP ends as a storm, and never hangs")
  void storm() {
    Wiring wiring = lan().bridge("@host:sw2");
    for (String cable : List.of("x", "y")) {
      wiring.veth("@host:" + cable + "0", "@host:" + cable + "1");
      wiring.edit(new Edit.SetLink(Wiring.ref("@host:" + cable + "0"), LinkChange.master("sw")));
      wiring.edit(new Edit.SetLink(Wiring.ref("@host:" + cable + "1"), LinkChange.master("sw2")));
      wiring.up("@host:" + cable + "0", "@host:" + cable + "1");
    }
    Trace trace = wiring.run(Probe.ping(Wiring.id("ann"), IpAddress.of("10.3.0.77")));
    assertThat(trace.steps()).hasSizeGreaterThanOrEqualTo(Simulator.Limits.USUAL.storm());
    assertThat(trace.steps()).anyMatch(s -> s.event() instanceof Event.Ended(Fate.Died(DropReason why))
        && why == DropReason.STORM);
    assertThat(trace.result().succeeded()).isFalse();
  }
}
