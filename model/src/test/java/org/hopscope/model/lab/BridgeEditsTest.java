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

import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BridgeEditsTest {
  private static final String ONE = "02:00:00:00:00:01";
  private static final String TWO = "02:00:00:00:00:02";

  /** A bridge br0 with the ports p and q, everything up. */
  private static Bench bridged() {
    return new Bench(Editor.fresh(7, Quiet.ENVIRONMENT)).does(bridge("br0"), veth("p", "pe"), veth("q", "qe"),
        master("p", "br0"), master("q", "br0"),
        up("br0"), up("p"), up("pe"), up("q"), up("qe"));
  }

  private static Edit fdb(String port, String mac, FdbEntry.Kind kind, boolean sticky, boolean replace) {
    return new Edit.AddFdb(ref(port), new FdbWish(MacAddress.of(mac), FdbSide.MASTER, kind, sticky),
        replace ? FdbMode.REPLACE : FdbMode.ADD);
  }

  private static Edit learned(String port, String mac) {
    return fdb(port, mac, FdbEntry.Kind.LEARNED, false, false);
  }

  private static Edit set(BridgeOption option, int value) {
    return new Edit.SetBridge(ref("br0"), BridgeChange.of(option, value));
  }

  private static Edit deleteRow(String port, String mac) {
    return new Edit.DeleteFdb(ref(port), MacAddress.of(mac), FdbSide.MASTER);
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
    assertThat(Links.portState(bench.lab(), bench.device("p"))).isEqualTo(PortState.DISABLED);
  }

  @Test
  void theDatabaseIsEditedInTheKernelsWords() {
    Bench bench = bridged().does(fdb("p", ONE, FdbEntry.Kind.STATIC, false, false))
        .refuses(fdb("q", ONE, FdbEntry.Kind.STATIC, false, false), "RTNETLINK answers: File exists")
        .refuses(fdb("pe", TWO, FdbEntry.Kind.STATIC, false, false), "RTNETLINK answers: Operation not supported")
        .refuses(fdb("p", "00:00:00:00:00:00", FdbEntry.Kind.STATIC, false, false),
            "RTNETLINK answers: Invalid argument")
        .refuses(fdb("p", TWO, FdbEntry.Kind.LOCAL, true, false), "RTNETLINK answers: Invalid argument")
        .refuses(deleteRow("q", ONE), "RTNETLINK answers: No such file or directory")
        .refuses(fdb("nope", TWO, FdbEntry.Kind.STATIC, false, false), "Cannot find device \"nope\"");
    bench.refuses(fdb("q", bench.device("p").link().mac().toString(), FdbEntry.Kind.STATIC, false, false),
        "RTNETLINK answers: File exists");
    bench.does(fdb("q", ONE, FdbEntry.Kind.STATIC, true, true));
    assertThat(bench.fdb("br0")).containsExactly(ONE + " q STATIC");
    bench.does(down("pe")).refuses(learned("p", TWO), "RTNETLINK answers: Operation not permitted")
        .does(deleteRow("q", ONE));
    assertThat(bench.fdb("br0")).isEmpty();
  }

  @Test
  void semB1_anAgedRowIsNotThereAnyMore() {
    bridged().does(set(BridgeOption.AGEING_TIME, 500), learned("p", ONE), new Edit.Sleep(6_000_000_000L))
        .refuses(deleteRow("p", ONE), "RTNETLINK answers: No such file or directory")
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
    new Bench().does(bridge("br0"), veth("p", "q"), set(BridgeOption.FORWARD_DELAY, 50))
        .refuses(new Edit.SetBridge(ref("p"), BridgeChange.NONE), "RTNETLINK answers: Operation not supported")
        .refuses(set(BridgeOption.HELLO_TIME, 50), "RTNETLINK answers: Numerical result out of range")
        .refuses(set(BridgeOption.MAX_AGE, 500), "RTNETLINK answers: Numerical result out of range")
        .refuses(set(BridgeOption.GROUP_FWD_MASK, 4), "RTNETLINK answers: Invalid argument")
        .refuses(set(BridgeOption.VLAN_DEFAULT_PVID, 4095), "RTNETLINK answers: Invalid argument")
        .does(set(BridgeOption.STP_STATE, 1))
        .refuses(set(BridgeOption.FORWARD_DELAY, 50), "RTNETLINK answers: Numerical result out of range");
  }

  @Test
  void theForwardDelayIsPutInRangeWhenTheProtocolStarts() {
    Bench bench = new Bench().does(bridge("br0"), set(BridgeOption.FORWARD_DELAY, 50), set(BridgeOption.STP_STATE, 1));
    assertThat(Trees.settings(bench.device("br0")).forwardDelayCentis()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(PortFlag.class)
  void portsHaveSwitches(PortFlag flag) {
    Bench bench = bridged().does(new Edit.SetBridgePort(ref("p"), PortChange.of(flag, !flag.usual())));
    assertThat(bench.device("p").port().orElseThrow().has(flag)).isEqualTo(!flag.usual());
    assertThat(bench.device("q").port().orElseThrow().has(flag)).isEqualTo(flag.usual());
    bench.refuses(new Edit.SetBridgePort(ref("pe"), PortChange.of(flag, true)),
        "RTNETLINK answers: Operation not supported")
        .refuses(new Edit.SetBridgePort(ref("no"), PortChange.of(flag, true)),
            "Cannot find bridge device \"no\"");
  }
}
