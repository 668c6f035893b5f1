package org.hopscope.lessons.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links.OperState;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private static final Check PING = reach("left -> 10.9.0.2");

  @Test
  void namesTheDeviceThatSleepsInsteadOfThePingThatFailed() {
    Finding found = judge(PING, Lab.pair());
    assertThat(found.holds()).isFalse();
    assertThat(found.seen()).isEqualTo("l0 in left is down");
    assertThat(found.band()).isEqualTo(Band.WIRING);
    assertThat(found.tried()).contains("ping left → 10.9.0.2: network is unreachable");
    assertThat(found.about()).contains(ThingName.OfDevice.of("left:l0"));
  }

  @Test
  void namesTheFarEndWhenTheNearOneIsUp() {
    assertThat(judge(PING, Lab.after(Lab.pair(), Lab.up("left:l0"))).seen()).isEqualTo("r0 in right is down");
  }

  @Test
  void findsThatThePingIsAnswered() {
    Finding found = judge(PING, Lab.joined());
    assertThat(found.holds()).isTrue();
    assertThat(found.demand()).isEqualTo("ping left → 10.9.0.2 is answered");
    assertThat(found.tried()).contains("ping left → 10.9.0.2: answered");
  }

  @Test
  void takesAnyAddressOfAPlace() {
    assertThat(judge(reach("left -> right"), Lab.joined()).holds()).isTrue();
    LabState more = Lab.after(Lab.joined(), Lab.address("right:r0", "172.16.0.1/24"));
    assertThat(judge(reach("left -> right"), more).holds()).isTrue();
    LabState bare = Lab.after(Lab.joined(), new Edit.FlushAddresses(Lab.device("right:r0")));
    assertThat(judge(reach("left -> right"), bare).seen()).isEqualTo("right has no address");
  }

  @Test
  void saysWhoHasNoRouteThereOrBack() {
    LabState lab = Lab.after(Lab.joined(), new Edit.FlushAddresses(Lab.device("right:r0")),
        Lab.address("right:r0", "10.9.0.2/32"));
    assertThat(judge(PING, lab).seen()).isEqualTo("right has no route to 10.9.0.1");
    assertThat(judge(reach("left -> 10.8.0.1"), lab).seen()).isEqualTo("left has no route to 10.8.0.1");
  }

  @Test
  void saysThatNobodyHasTheAddress() {
    assertThat(judge(reach("left -> 10.9.0.77"), Lab.joined()).seen())
        .isEqualTo("Nobody behind l0 of left has the address 10.9.0.77");
  }

  @Test
  void tellsAServerElsewhereFromNone() {
    Check web = reach("left -> 10.9.0.2:80/tcp");
    assertThat(judge(web, Lab.joined()).seen()).isEqualTo("Nothing listens on 80/tcp in right");
    LabState inner = Lab.after(Lab.joined(), Lab.up("right:lo"), Lab.serve("right", 80, Optional.of("127.0.0.1")));
    assertThat(judge(web, inner).seen()).isEqualTo("The server on 80/tcp in right listens on 127.0.0.1 only");
    LabState open = Lab.after(Lab.joined(), Lab.serve("right", 80, Optional.empty()));
    assertThat(judge(web, open).holds()).isTrue();
    Check.Reach wished =
        new Check.Reach(ProbeSpec.of("left -> right:80"), Optional.of("right"), Optional.of(IpAddress.of("10.9.0.1")));
    assertThat(judge(wished, open).holds()).isTrue();
    Check.Reach other = new Check.Reach(wished.probe(), Optional.of("other"), Optional.empty());
    assertThat(judge(other, open).seen()).isEqualTo("10.9.0.2 was answered by right, not by other");
  }

  @Test
  void demandsThatSomethingIsNotReachedAndHowItEnds() {
    Check.NoReach silent = new Check.NoReach(ProbeSpec.of("left -> 10.9.0.2"), Set.of(ProbeOutcome.SILENCE));
    assertThat(judge(silent, Lab.after(Lab.pair(), Lab.up("left:l0"))).holds()).isTrue();
    assertThat(judge(silent, Lab.pair()).seen()).isEqualTo("10.9.0.2 from left: network is unreachable");
    assertThat(judge(silent, Lab.joined()).seen()).isEqualTo("10.9.0.2 from left: answered");
  }

  @Test
  void comparesADeviceWithWhatIsWishedOfIt() {
    LabState half = Lab.after(Lab.pair(), Lab.up("left:l0"));
    assertThat(judge(device(Optional.of(true), Optional.of(OperState.LOWERLAYERDOWN)), half).holds()).isTrue();
    assertThat(judge(device(Optional.empty(), Optional.of(OperState.UP)), half).seen())
        .isEqualTo("l0 in left: state is LOWERLAYERDOWN, not UP");
    assertThat(judge(device(Optional.of(false), Optional.empty()), half).seen()).isEqualTo("l0 in left is still up");
    LabState gone = Lab.after(half, new Edit.DeleteLink(Lab.device("right:r0")));
    Finding absent = judge(device(Optional.of(true), Optional.empty()), gone);
    assertThat(absent.seen()).isEqualTo("There is no device l0 in left");
    assertThat(absent.band()).isEqualTo(Band.EXISTENCE);
  }

  @Test
  void readsAddressesRoutesAndServers() {
    LabState lab = Lab.after(Lab.joined(), Lab.serve("right", 80, Optional.empty()));
    Place left = Place.of("left");
    assertThat(judge(new Check.HasAddress(left, Optional.of("l0"), InterfaceAddress.of("10.9.0.1/24")), lab).holds())
        .isTrue();
    assertThat(judge(new Check.HasAddress(left, Optional.of("lo"), InterfaceAddress.of("10.9.0.1/24")), lab).seen())
        .isEqualTo("10.9.0.1/24 in left is on l0");
    Check.HasRoute route = new Check.HasRoute(left, IpPrefix.of("10.9.0.0/24"), Optional.empty(), Optional.of("l0"),
        Optional.of(false));
    assertThat(judge(route, lab).holds()).isTrue();
    assertThat(judge(route, Lab.after(lab, Lab.down("right:r0"))).holds()).as("linkdown").isFalse();
    Check.Listens everywhere = new Check.Listens(Place.of("right"), new PortNumber(80), Transport.TCP,
        Optional.of(IpAddress.of("0.0.0.0")));
    assertThat(judge(everywhere, lab).holds()).isTrue();
  }

  @Test
  void readsNeighboursAsTheyAreNowAndNotAsTheyWere() {
    Check.HasNeighbour reachable = new Check.HasNeighbour(Place.of("left"), IpAddress.of("10.9.0.2"),
        Optional.of(Neighbour.State.REACHABLE));
    assertThat(judge(reachable, Lab.joined()).seen())
        .isEqualTo("left does not know the hardware address of 10.9.0.2");
    LabState asked =
        Simulator.run(Lab.joined(), Probe.ping(Lab.netns("left"), IpAddress.of("10.9.0.2"))).finish();
    assertThat(judge(reachable, asked).holds()).isTrue();
    LabState later = Lab.after(asked, new Edit.Sleep(600 * VirtualTime.SECOND));
    assertThat(judge(reachable, later).holds()).as("stale by then").isFalse();
    assertThat(judge(new Check.HasNeighbour(reachable.in(), reachable.address(), Optional.empty()), later).holds())
        .isTrue();
  }

  @Test
  void readsKernelSettings() {
    Check.SysctlIs forwards = new Check.SysctlIs(Place.of("left"), "net.ipv4.ip_forward", "1");
    assertThat(judge(forwards, Lab.pair()).seen()).isEqualTo("net.ipv4.ip_forward in left is 0");
    LabState on = Lab.after(Lab.pair(), new Edit.WriteSysctl(Lab.netns("left"), "net.ipv4.ip_forward", "1"));
    assertThat(judge(forwards, on).holds()).isTrue();
    assertThat(judge(new Check.SysctlIs(Place.of("left"), "net.ipv4.wishes", "1"), on).seen())
        .isEqualTo("left has no setting net.ipv4.wishes");
  }

  @ParameterizedTest
  @CsvSource({"NAMESPACES,@host,2,2", "DEVICES,left,2,2", "ROUTES,left,1,1", "NEIGHBOURS,left,0,0",
      "PORTS,@host:br9,0,0",
      "LEARNED,@host:br9,0,0"})
  void countsWhatIsThere(Check.Counted what, String in, int least, int most) {
    LabState lab = Lab.after(Lab.joined(),
        new Edit.AddBridge(NewLink.named(Lab.device(":br9")), BridgeChange.NONE));
    ThingName thing = ThingName.parse(in).orElseThrow();
    assertThat(judge(new Check.Count(what, thing, least, Optional.of(most)), lab).holds()).isTrue();
    assertThat(judge(new Check.Count(what, thing, least + 1, Optional.empty()), lab).seen())
        .isEqualTo(in.replace("@", "") + " has " + least + " " + Words.counted(what));
  }

  @Test
  void joinsNamespacesWhateverTheEndsAreCalled() {
    Check.Joined joined = new Check.Joined(Place.of("right"), Place.of("left"));
    assertThat(judge(joined, Lab.pair()).holds()).isTrue();
    assertThat(judge(new Check.Joined(Place.of("left"), Place.of("@host")), Lab.pair()).seen())
        .isEqualTo("No veth pair or cable joins left and host");
  }

  @Test
  void combinesChecks() {
    Check there = new Check.NetnsExists(Place.of("left"));
    Check missing = new Check.NetnsExists(Place.of("middle"));
    assertThat(judge(new Check.AnyOf(List.of(missing, there)), Lab.pair()).holds()).isTrue();
    assertThat(judge(new Check.AllOf(List.of(PING, missing)), Lab.pair()).seen())
        .isEqualTo("There is no namespace middle");
    assertThat(judge(new Check.Not(missing), Lab.pair()).holds()).isTrue();
    assertThat(judge(new Check.Not(there), Lab.pair()).seen())
        .isEqualTo("Still the case: the namespace left exists");
  }

  @Test
  void remembersWhatWasWatchedByWhoHadTheAddressThen() {
    LabState lab = Lab.joined();
    Observation seen = Observation.of(Simulator.run(lab, Probe.ping(Lab.netns("left"), IpAddress.of("10.9.0.2"))));
    assertThat(seen.marks()).containsExactly(Observation.Mark.DIRECT);
    LabState moved = Lab.after(lab, new Edit.FlushAddresses(Lab.device("right:r0")));
    Evidence evidence = new Evidence(moved, Map.of(), Set.of(seen));
    Check.Watched byPlace =
        new Check.Watched(ProbeSpec.of("left -> right"), Set.of(ProbeOutcome.ANSWERED), Set.of());
    assertThat(Judge.judge(byPlace, evidence).holds()).isTrue();
    Check.Watched routed = new Check.Watched(byPlace.probe(), Set.of(), Set.of(Observation.Mark.ROUTED));
    assertThat(Judge.judge(routed, evidence).seen()).isEqualTo("ping left → right was watched, but went another way");
    Check.Watched lost = new Check.Watched(byPlace.probe(), Set.of(ProbeOutcome.SILENCE), Set.of());
    assertThat(Judge.judge(lost, evidence).seen())
        .isEqualTo("ping left → right was watched, but ended with: answered");
    Check.Watched back = new Check.Watched(ProbeSpec.of("right -> left"), Set.of(), Set.of());
    assertThat(Judge.judge(back, evidence).seen()).isEqualTo("ping right → left has not been watched to its end yet");
  }

  @Test
  void holdsAPredictionToBeMadeRightOrWrong() {
    Evidence wrong = new Evidence(Lab.pair(), Map.of("p", false), Set.of());
    assertThat(Judge.judge(new Check.Predicted("p", false), wrong).holds()).isTrue();
    assertThat(Judge.judge(new Check.Predicted("p", true), wrong).seen()).isEqualTo("The prediction was another one");
    assertThat(judge(new Check.Predicted("p", false), Lab.pair()).seen()).isEqualTo("The prediction is not made yet");
  }

  private static Check.Reach reach(String probe) {
    return new Check.Reach(ProbeSpec.of(probe), Optional.empty(), Optional.empty());
  }

  private static Check.DeviceIs device(Optional<Boolean> up, Optional<OperState> state) {
    return new Check.DeviceIs(ThingName.OfDevice.of("left:l0"), new Check.DeviceWish(up, state, Optional.empty(),
        Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private static Finding judge(Check check, LabState lab) {
    return Judge.judge(check, new Evidence(lab, Map.of(), Set.of()));
  }
}
