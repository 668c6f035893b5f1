package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.lab.Bench.bridge;
import static org.hopscope.model.lab.Bench.delete;
import static org.hopscope.model.lab.Bench.down;
import static org.hopscope.model.lab.Bench.mac;
import static org.hopscope.model.lab.Bench.master;
import static org.hopscope.model.lab.Bench.mtu;
import static org.hopscope.model.lab.Bench.neighbour;
import static org.hopscope.model.lab.Bench.ref;
import static org.hopscope.model.lab.Bench.up;
import static org.hopscope.model.lab.Bench.veth;

import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Edit.BridgeChange;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeEditsTest {
  private static final String ONE = "02:00:00:00:00:01";
  private static final String TWO = "02:00:00:00:00:02";

  /** A bridge br0 with the ports p and q, everything up. */
  private static Bench bridged() {
    return new Bench().does(bridge("br0"), veth("p", "pe"), veth("q", "qe"), master("p", "br0"), master("q", "br0"),
        up("br0"), up("p"), up("pe"), up("q"), up("qe"));
  }

  private static Edit fdb(String port, String mac, FdbEntry.Kind kind, boolean sticky, boolean replace) {
    return new Edit.AddFdb(ref(port), MacAddress.of(mac), kind, sticky, replace);
  }

  private static Edit learned(String port, String mac) {
    return fdb(port, mac, FdbEntry.Kind.LEARNED, false, false);
  }

  private static BridgeChange change(Optional<Boolean> stp, Optional<Integer> ageing, Optional<Integer> hello,
      Optional<Boolean> vlans) {
    return new BridgeChange(stp, ageing, Optional.empty(), hello, vlans);
  }

  @Test
  void enslavingIsRefusedInTheKernelsWords() {
    new Bench().does(bridge("br0"), bridge("br1"), veth("p0", "p1"))
        .refuses(master("lo", "br0"), "RTNETLINK answers: Invalid argument")
        .refuses(master("br1", "br0"), "Error: Can not enslave a bridge to a bridge.")
        .refuses(master("p0", "nobr"), "Error: argument \"nobr\" is wrong: Device does not exist")
        .refuses(master("p0", "p1"), "RTNETLINK answers: Operation not supported");
  }

  @Test
  void portsTakeTheLowestFreeNumberAndChangeBridgesAtOnce() {
    Bench bench = bridged().does(veth("r", "re"), master("r", "br0"), master("p", ""), bridge("br1"),
        master("q", "br1"), veth("s", "se"), master("s", "br0"));
    assertThat(bench.device("s").port().map(BridgePort::number)).contains(1);
    assertThat(bench.device("r").port().map(BridgePort::number)).contains(3);
    assertThat(bench.device("q").port().map(BridgePort::bridge)).contains(bench.device("br1").id());
  }

  @Test
  void deletingABridgeFreesItsPorts() {
    Bench bench = bridged().does(delete("br0"));
    assertThat(bench.device("p").port()).isEmpty();
    assertThat(bench.device("p").isUp()).isTrue();
  }

  @Test
  void semB7_theBridgeWearsItsLowestPortsMacAndSmallestMtu() {
    Bench bench = bridged().does(mac("p", "02:00:00:00:00:20"), mac("q", "02:00:00:00:00:30"), mtu("q", 1400));
    assertThat(Links.macOf(bench.lab(), bench.device("br0"))).isEqualTo(MacAddress.of("02:00:00:00:00:20"));
    assertThat(Links.mtuOf(bench.lab(), bench.device("br0"))).isEqualTo(1400);
    bench.does(master("p", ""), master("q", ""));
    assertThat(Links.macOf(bench.lab(), bench.device("br0"))).isEqualTo(MacAddress.ZERO);
    assertThat(Links.hasCarrier(bench.lab(), bench.device("br0"))).isFalse();
    bench.refuses(master("br0", "br0"), "RTNETLINK answers: Invalid argument").does(mac("br0", ONE));
    assertThat(Links.macOf(bench.lab(), bench.device("br0"))).isEqualTo(MacAddress.of(ONE));
  }

  @Test
  void aBridgeWhoseMacChangesForgetsItsNeighbours() {
    Bench bench = bridged().does(mac("p", "02:00:00:00:00:20"), mac("q", "02:00:00:00:00:30"),
        neighbour("br0", "10.0.0.9", TWO, Neighbour.State.PERMANENT), master("q", ""));
    assertThat(bench.neighbours("")).hasSize(1);
    assertThat(bench.does(master("p", "")).neighbours("")).isEmpty();
  }

  @Test
  void semB8_aFreshBridgeIsUnknownUntilItIsTouched() {
    Bench bench = new Bench().does(bridge("br0"), up("br0"));
    assertThat(Links.operState(bench.lab(), bench.device("br0"))).isEqualTo(Links.OperState.UNKNOWN);
    bench.does(mac("br0", ONE));
    assertThat(Links.operState(bench.lab(), bench.device("br0"))).isEqualTo(Links.OperState.DOWN);
  }

  @Test
  void semB4_aPortThatStopsForgetsWhatItLearnedButKeepsStaticRows() {
    Bench bench = bridged().does(learned("p", ONE), fdb("p", TWO, FdbEntry.Kind.STATIC, false, false), down("pe"));
    assertThat(bench.fdb("br0")).containsExactly(TWO + " p STATIC");
    bench.does(up("pe"), learned("p", ONE), down("p"));
    assertThat(bench.fdb("br0")).containsExactly(TWO + " p STATIC");
    assertThat(bench.does(master("p", "")).fdb("br0")).isEmpty();
  }

  @Test
  void semB5_aBridgeThatIsDownForgetsWhatItLearned() {
    Bench bench = bridged().does(learned("p", ONE), learned("q", TWO), down("br0"));
    assertThat(bench.fdb("br0")).isEmpty();
    assertThat(Links.portState(bench.lab(), bench.device("p"))).isEqualTo(Links.PortState.DISABLED);
  }

  @Test
  void theDatabaseIsEditedInTheKernelsWords() {
    Bench bench = bridged().does(fdb("p", ONE, FdbEntry.Kind.STATIC, false, false))
        .refuses(fdb("q", ONE, FdbEntry.Kind.STATIC, false, false), "RTNETLINK answers: File exists")
        .refuses(fdb("pe", TWO, FdbEntry.Kind.STATIC, false, false), "RTNETLINK answers: Operation not supported")
        .refuses(fdb("p", "00:00:00:00:00:00", FdbEntry.Kind.STATIC, false, false),
            "RTNETLINK answers: Invalid argument")
        .refuses(fdb("p", TWO, FdbEntry.Kind.LOCAL, true, false), "RTNETLINK answers: Invalid argument")
        .refuses(new Edit.DeleteFdb(ref("q"), MacAddress.of(ONE)), "RTNETLINK answers: No such file or directory")
        .refuses(fdb("nope", TWO, FdbEntry.Kind.STATIC, false, false), "Cannot find device \"nope\"");
    bench.refuses(fdb("q", bench.device("p").link().mac().toString(), FdbEntry.Kind.STATIC, false, false),
        "RTNETLINK answers: File exists");
    bench.does(fdb("q", ONE, FdbEntry.Kind.STATIC, true, true));
    assertThat(bench.fdb("br0")).containsExactly(ONE + " q STATIC");
    bench.does(down("pe")).refuses(learned("p", TWO), "RTNETLINK answers: Operation not permitted")
        .does(new Edit.DeleteFdb(ref("q"), MacAddress.of(ONE)));
    assertThat(bench.fdb("br0")).isEmpty();
  }

  @Test
  void semB1_anAgedRowIsNotThereAnyMore() {
    bridged().does(new Edit.SetBridge(ref("br0"), change(Optional.empty(), Optional.of(500), Optional.empty(),
        Optional.empty())), learned("p", ONE), new Edit.Sleep(6_000_000_000L))
        .refuses(new Edit.DeleteFdb(ref("p"), MacAddress.of(ONE)), "RTNETLINK answers: No such file or directory")
        .does(learned("q", ONE));
  }

  @Test
  void semB3_ownAddressesAreRowsOfTheirPorts() {
    Bench bench = bridged().does(mac("br0", ONE));
    assertThat(Links.ownAddresses(bench.lab(), bench.device("br0"))).extracting(FdbEntry::device)
        .containsExactly(bench.device("p").id(), bench.device("q").id(), bench.device("br0").id());
  }

  @Test
  void settingsOfABridgeAreChecked() {
    Bench bench = new Bench().does(bridge("br0"), veth("p", "q"))
        .refuses(new Edit.SetBridge(ref("p"), BridgeChange.NONE), "RTNETLINK answers: Operation not supported")
        .refuses(new Edit.SetBridge(ref("br0"), change(Optional.empty(), Optional.empty(), Optional.of(50),
            Optional.empty())), "RTNETLINK answers: Numerical result out of range")
        .refuses(new Edit.SetBridge(ref("br0"), change(Optional.of(true), Optional.empty(), Optional.empty(),
            Optional.empty())), "hopscope: not supported: stp_state 1")
        .refuses(new Edit.SetBridge(ref("br0"), change(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.of(true))), "hopscope: not supported: vlan_filtering 1");
    assertThat(bench.device("br0").isBridge()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hairpin", "learning", "flood", "mcast_flood", "bcast_flood", "isolated"})
  void portsHaveSwitches(String option) {
    Bench bench = bridged();
    boolean before = bench.device("p").port().orElseThrow().flags().toString().contains(camel(option) + "=true");
    bench.does(new Edit.SetBridgePort(ref("p"), option, !before));
    assertThat(bench.device("p").port().orElseThrow().flags().toString()).contains(camel(option) + "=" + !before);
    bench.refuses(new Edit.SetBridgePort(ref("pe"), option, true), "RTNETLINK answers: Operation not supported")
        .refuses(new Edit.SetBridgePort(ref("no"), option, true), "Cannot find bridge device \"no\"");
  }

  private static String camel(String option) {
    return option.replace("_f", "F");
  }

  @Test
  void aSwitchThatTheModelHasNotIsNamed() {
    bridged().refuses(new Edit.SetBridgePort(ref("p"), "guard", true), "hopscope: not supported: guard");
  }
}
