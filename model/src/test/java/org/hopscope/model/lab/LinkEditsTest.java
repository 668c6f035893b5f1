package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.lab.Bench.address;
import static org.hopscope.model.lab.Bench.bridge;
import static org.hopscope.model.lab.Bench.delete;
import static org.hopscope.model.lab.Bench.down;
import static org.hopscope.model.lab.Bench.id;
import static org.hopscope.model.lab.Bench.mac;
import static org.hopscope.model.lab.Bench.move;
import static org.hopscope.model.lab.Bench.mtu;
import static org.hopscope.model.lab.Bench.neighbour;
import static org.hopscope.model.lab.Bench.netns;
import static org.hopscope.model.lab.Bench.ref;
import static org.hopscope.model.lab.Bench.rename;
import static org.hopscope.model.lab.Bench.route;
import static org.hopscope.model.lab.Bench.sysctl;
import static org.hopscope.model.lab.Bench.to;
import static org.hopscope.model.lab.Bench.up;
import static org.hopscope.model.lab.Bench.veth;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Neighbour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkEditsTest {
  @Test
  void semL3_bothEndsOfAVethAreDownAndThePeerComesFirst() {
    Bench bench = new Bench().does(veth("veth1", "veth2"));
    assertThat(bench.device("veth2").place().ifindex()).isEqualTo(2);
    assertThat(bench.device("veth1").place().ifindex()).isEqualTo(3);
    assertThat(Links.operState(bench.lab(), bench.device("veth1"))).isEqualTo(Links.OperState.DOWN);
  }

  @Test
  void semL4_carrierNeedsBothEnds() {
    Bench bench = new Bench().does(veth("v", "w"), up("v"));
    assertThat(Links.operState(bench.lab(), bench.device("v"))).isEqualTo(Links.OperState.LOWERLAYERDOWN);
    bench.does(up("w"));
    assertThat(Links.operState(bench.lab(), bench.device("v"))).isEqualTo(Links.OperState.UP);
  }

  @Test
  void semL6_movingSwitchesOffAndTakesAddressesRoutesNeighboursAndSettings() {
    Bench bench = Bench.wired().does(netns("c"), neighbour("a/eth0", "10.0.0.2", "02:00:00:00:00:02",
        Neighbour.State.PERMANENT), route("a", to("192.0.2.0/24", "10.0.0.2", "")),
        sysctl("a", "net.ipv4.conf.eth0.rp_filter", "1"));
    MacAddress worn = bench.device("a/eth0").link().mac();
    int index = bench.device("a/eth0").place().ifindex();
    bench.does(move("a/eth0", "c"));
    Device moved = bench.device("c/eth0");
    assertThat(moved.isUp()).isFalse();
    assertThat(moved.addresses()).isEmpty();
    assertThat(moved.conf()).isEmpty();
    assertThat(moved.link().mac()).isEqualTo(worn);
    assertThat(moved.place().ifindex()).isEqualTo(index);
    assertThat(bench.main("a")).isEmpty();
    assertThat(bench.local("a")).isEmpty();
    assertThat(bench.neighbours("a")).isEmpty();
  }

  @Test
  void aMovedDeviceGetsTheNextIndexWhenItsOwnIsTaken() {
    Bench bench = new Bench().does(netns("a"), veth("a/x", "a/y"), veth("v", "w"), move("v", "a"));
    assertThat(bench.device("a/v").place().ifindex()).isEqualTo(4);
  }

  @Test
  void aMoveIsRefusedInTheKernelsWords() {
    new Bench().does(netns("red"), veth("v0", "v1"), veth("red/v0", "red/v2"), bridge("br0"))
        .refuses(move("v0", "red"), "Error: An interface with the same name exists in the target netns.")
        .refuses(move("v1", "blue"), "Error: argument \"blue\" is wrong: Invalid \"netns\" value")
        .refuses(move("v9", "red"), "Cannot find device \"v9\"")
        .refuses(move("lo", "red"), "Error: The interface netns is immutable.")
        .refuses(move("br0", "red"), "Error: The interface netns is immutable.");
  }

  @Test
  void aMoveCanRenameAtOnce() {
    Bench bench = new Bench().does(netns("a"), veth("w0a", "w0b"), new Edit.SetLink(ref("w0a"),
        new LinkChange(Optional.of(id("a")), Optional.of("eth0"), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty())));
    assertThat(bench.has("a/eth0")).isTrue();
  }

  @Test
  void semL7_deletingOneEndDeletesBoth() {
    Bench bench = Bench.wired().does(delete("a/eth0"));
    assertThat(bench.has("b/eth0")).isFalse();
    assertThat(bench.main("b")).isEmpty();
  }

  @Test
  void semL10_switchingOffTakesConnectedAndStaticRoutesAndUpBringsBackTheConnectedOnly() {
    Bench bench = Bench.wired().does(route("a", to("default", "10.0.0.2", "")), down("a/eth0"));
    assertThat(bench.main("a")).isEmpty();
    assertThat(bench.local("a")).containsExactly("local 10.0.0.1 dev eth0 proto kernel scope host src 10.0.0.1");
    bench.does(up("a/eth0"));
    assertThat(bench.main("a")).containsExactly("10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.1");
    assertThat(bench.local("a")).contains("broadcast 10.0.0.255 dev eth0 proto kernel scope link src 10.0.0.1");
  }

  @Test
  void semL10_noCarrierKeepsRoutes() {
    Bench bench = Bench.wired().does(route("a", to("default", "10.0.0.2", "")), down("b/eth0"));
    assertThat(bench.main("a")).hasSize(2);
  }

  @Test
  void appendixD14_carrierLossDropsLearnedNeighboursAndSwitchingOffDropsAll() {
    Bench bench = Bench.wired().does(
        neighbour("a/eth0", "10.0.0.2", "02:00:00:00:00:02", Neighbour.State.REACHABLE),
        neighbour("a/eth0", "10.0.0.8", "02:00:00:00:00:08", Neighbour.State.PERMANENT), down("b/eth0"));
    assertThat(bench.neighbours("a")).containsExactly("10.0.0.8 PERMANENT");
    bench.does(down("a/eth0"));
    assertThat(bench.neighbours("a")).isEmpty();
  }

  @Test
  void appendixD22_aDeviceThatIsUpCanBeRenamedAndItsLabelsFollow() {
    Bench bench = Bench.wired().does(address("a/eth0", "10.0.1.1/24"), rename("a/eth0", "wan"));
    assertThat(bench.device("a/wan").addresses()).extracting("label").containsExactly("wan", "wan:2");
    assertThat(bench.main("a")).anySatisfy(r -> assertThat(r).startsWith("10.0.0.0/24 dev wan"));
  }

  @Test
  void semL15_namesAreUniqueAndShort() {
    new Bench().does(veth("left", "v1")).refuses(rename("left", "v1"), "RTNETLINK answers: File exists")
        .refuses(rename("v9", "v8"), "Cannot find device \"v9\"")
        .refuses(rename("left", "a/b"), "Error: argument \"a/b\" is wrong: \"name\" not a valid ifname")
        .refuses(rename("left", "sixteen-letters-"),
            "Error: argument \"sixteen-letters-\" is wrong: \"name\" not a valid ifname")
        .refuses(rename("left", "."), "RTNETLINK answers: Invalid argument")
        .refuses(veth("left", "new"), "RTNETLINK answers: File exists")
        .refuses(veth("x", "x"), "RTNETLINK answers: File exists")
        .refuses(bridge("default"), "RTNETLINK answers: Invalid argument");
  }

  @Test
  void semL14_macsAreLocalUnicastNeverRepeatedAndFollowTheSeed() {
    Set<MacAddress> seen = new HashSet<>();
    for (int number = 1; number <= 20_000; number++) {
      MacAddress mac = Macs.of(42, new DeviceId(number));
      assertThat(mac.isGroup()).isFalse();
      assertThat(mac.bits() >> 41 & 1).isEqualTo(1);
      assertThat(seen.add(mac)).as("device %s", number).isTrue();
    }
    assertThat(Macs.of(42, new DeviceId(5))).isEqualTo(Macs.of(42, new DeviceId(5)))
        .isNotEqualTo(Macs.of(43, new DeviceId(5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"01:00:00:00:00:0b", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"})
  void aGroupOrZeroMacIsRefused(String bad) {
    new Bench().does(veth("v", "w")).refuses(mac("v", bad), "RTNETLINK answers: Cannot assign requested address");
  }

  @Test
  void aNewMacForgetsTheOwnNeighbours() {
    Bench bench = Bench.wired().does(
        neighbour("a/eth0", "10.0.0.8", "02:00:00:00:00:08", Neighbour.State.PERMANENT),
        mac("a/eth0", "02:00:00:00:00:aa"));
    assertThat(bench.neighbours("a")).isEmpty();
  }

  @Test
  void anMtuHasLimitsByKind() {
    Bench bench = new Bench().does(veth("v", "w"), bridge("br0"), mtu("lo", 100_000))
        .refuses(mtu("v", 60), "Error: mtu less than device minimum.")
        .refuses(mtu("v", 70_000), "Error: mtu greater than device maximum.")
        .refuses(mtu("br0", 20), "Error: mtu less than device minimum.");
    NewLink small = new NewLink(ref("x"), Optional.empty(), Optional.of(60), Optional.empty(), false);
    bench.refuses(new Edit.AddVeth(small, NewLink.named(ref("y"))), "RTNETLINK answers: Invalid argument")
        .refuses(new Edit.AddBridge(small, BridgeChange.NONE), "Error: mtu less than device minimum.");
  }

  @Test
  void loCanBeRenamedButNotDeleted() {
    new Bench().refuses(delete("lo"), "RTNETLINK answers: Operation not supported").does(rename("lo", "loop"));
  }

  @Test
  void aWishedIndexIsTakenWhenItIsFree() {
    NewLink seven = new NewLink(ref("x"), Optional.empty(), Optional.empty(), Optional.of(7), false);
    NewLink taken = new NewLink(ref("z"), Optional.empty(), Optional.empty(), Optional.of(1), false);
    Bench bench = new Bench().does(new Edit.AddVeth(seven, NewLink.named(ref("y"))), veth("v", "w"));
    assertThat(bench.device("x").place().ifindex()).isEqualTo(7);
    assertThat(bench.device("v").place().ifindex()).isEqualTo(4);
    bench.refuses(new Edit.AddVeth(taken, NewLink.named(ref("q"))), "RTNETLINK answers: File exists")
        .refuses(new Edit.AddVeth(NewLink.named(ref("q")), taken), "RTNETLINK answers: Device or resource busy");
  }
}
