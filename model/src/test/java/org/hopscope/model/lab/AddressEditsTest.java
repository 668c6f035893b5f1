package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.lab.Bench.address;
import static org.hopscope.model.lab.Bench.deleteAddress;
import static org.hopscope.model.lab.Bench.down;
import static org.hopscope.model.lab.Bench.neighbour;
import static org.hopscope.model.lab.Bench.netns;
import static org.hopscope.model.lab.Bench.ref;
import static org.hopscope.model.lab.Bench.route;
import static org.hopscope.model.lab.Bench.src;
import static org.hopscope.model.lab.Bench.sysctl;
import static org.hopscope.model.lab.Bench.to;
import static org.hopscope.model.lab.Bench.up;
import static org.hopscope.model.lab.Bench.veth;
import static org.hopscope.model.lab.Bench.with;

import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Scope;
import org.hopscope.model.net.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressEditsTest {
  private static Bench pair() {
    return new Bench().does(netns("a"), veth("a/e0", "a/e1"));
  }

  private static Edit wish(String place, String local, Optional<String> peer, Optional<Scope> scope,
      boolean noprefixroute) {
    return new Edit.AddAddress(ref(place), new NewAddress(InterfaceAddress.of(local), peer.map(IpAddress::of),
        Optional.empty(), scope, Optional.empty(), noprefixroute), false);
  }

  @Test
  void semL8_anAddressOnADownLinkIsLocalButConnectsNothing() {
    Bench bench = pair().does(address("a/e0", "10.0.0.1/24"));
    assertThat(bench.main("a")).isEmpty();
    assertThat(bench.local("a")).containsExactly("local 10.0.0.1 dev e0 proto kernel scope host src 10.0.0.1");
  }

  @Test
  void semL9_linkUpConnects() {
    Bench bench = pair().does(address("a/e0", "10.0.0.1/24"), up("a/e0"));
    assertThat(bench.main("a")).containsExactly("10.0.0.0/24 dev e0 proto kernel scope link src 10.0.0.1");
  }

  @Test
  void semA13_anAddressWithoutALengthConnectsNothing() {
    assertThat(pair().does(up("a/e0"), address("a/e0", "10.0.0.1")).main("a")).isEmpty();
  }

  @Test
  void semL13_thePrimaryTakesItsSecondariesWithIt() {
    Bench bench = pair().does(up("a/e0"), address("a/e0", "10.0.0.1/24"), address("a/e0", "10.0.0.2/24"),
        address("a/e0", "10.0.0.1/16"), address("a/e0", "10.0.0.3/24"));
    assertThat(bench.addresses("a/e0")).containsExactly("10.0.0.1/24", "10.0.0.1/16", "10.0.0.2/24 secondary",
        "10.0.0.3/24 secondary");
    assertThat(bench.local("a")).contains("local 10.0.0.2 dev e0 proto kernel scope host src 10.0.0.1");
    bench.does(deleteAddress("a/e0", "10.0.0.1/24"));
    assertThat(bench.addresses("a/e0")).containsExactly("10.0.0.1/16");
    assertThat(bench.main("a")).containsExactly("10.0.0.0/16 dev e0 proto kernel scope link src 10.0.0.1");
    assertThat(bench.local("a")).containsExactly("local 10.0.0.1 dev e0 proto kernel scope host src 10.0.0.1",
        "broadcast 10.0.255.255 dev e0 proto kernel scope link src 10.0.0.1");
  }

  @Test
  void promoteSecondariesHandsOver() {
    Bench bench = pair().does(up("a/e0"), sysctl("a", "net.ipv4.conf.all.promote_secondaries", "1"),
        address("a/e0", "10.0.0.1/24"), address("a/e0", "10.0.0.2/24"), address("a/e0", "10.0.0.3/24"),
        deleteAddress("a/e0", "10.0.0.1/24"));
    assertThat(bench.addresses("a/e0")).containsExactly("10.0.0.2/24", "10.0.0.3/24 secondary");
    assertThat(bench.main("a")).containsExactly("10.0.0.0/24 dev e0 proto kernel scope link src 10.0.0.2");
    assertThat(bench.local("a")).contains("local 10.0.0.3 dev e0 proto kernel scope host src 10.0.0.2");
  }

  @Test
  void addressesAreRefusedInTheKernelsWords() {
    pair().does(address("a/e0", "10.0.0.1/24"))
        .refuses(address("a/e0", "10.0.0.1/24"), "Error: ipv4: Address already assigned.")
        .refuses(wish("a/e0", "10.0.0.9/24", Optional.empty(), Optional.of(Scope.LINK), false),
            "Error: ipv4: Invalid scope value.")
        .refuses(deleteAddress("a/e0", "10.0.0.9/24"), "Error: ipv4: Address not found.")
        .refuses(deleteAddress("a/e0", "10.0.0.1/16"), "Error: ipv4: Address not found.")
        .refuses(address("a/nope", "10.0.0.1/24"), "Cannot find device \"nope\"")
        .does(address("a/e1", "10.0.0.1/24"));
  }

  @Test
  void aPeerAddressConnectsThePeer() {
    Bench bench = pair().does(up("a/e0"), wish("a/e0", "10.0.0.1/32", Optional.of("172.16.0.1"), Optional.empty(),
        false));
    assertThat(bench.addresses("a/e0")).containsExactly("10.0.0.1 peer 172.16.0.1/32");
    assertThat(bench.main("a")).containsExactly("172.16.0.1 dev e0 proto kernel scope link src 10.0.0.1");
  }

  @Test
  void noprefixrouteLeavesOnlyTheConnectedRouteOut() {
    Bench bench = pair().does(up("a/e0"), wish("a/e0", "10.6.0.1/24", Optional.empty(), Optional.empty(), true));
    assertThat(bench.main("a")).isEmpty();
    assertThat(bench.local("a")).hasSize(2);
  }

  @Test
  void oddAddressesConnectNothing() {
    Bench bench = pair().does(up("a/e0"), address("a/e0", "224.0.0.1/24"), address("a/e0", "0.0.0.1/0"),
        address("a/e0", "255.255.255.255/24"), address("a/e0", "0.0.0.0/24"));
    assertThat(bench.main("a")).isEmpty();
    assertThat(bench.local("a")).allMatch(row -> row.startsWith("local "));
    assertThat(bench.addresses("a/e0")).containsExactly("224.0.0.1/24", "0.0.0.1/0", "255.255.255.255/24");
  }

  @ParameterizedTest
  @CsvSource({"255.255.255.1/24, 255.255.255.0/24", "0.1.2.3/16, 0.1.0.0/16", "240.0.0.1/24, 240.0.0.0/24"})
  void addressesThatOnlyLookOddConnect(String address, String network) {
    assertThat(pair().does(up("a/e0"), address("a/e0", address)).main("a")).singleElement().asString()
        .startsWith(network + " dev e0 proto kernel scope link");
  }

  @Test
  void aSlash31HasNoBroadcast() {
    assertThat(pair().does(up("a/e0"), address("a/e0", "10.8.0.1/31")).local("a")).hasSize(1);
  }

  @Test
  void semL1_loIsGivenItsAddressWheneverItComesUp() {
    Bench bench = pair().does(address("a/lo", "127.0.0.5/8"), up("a/lo"));
    assertThat(bench.addresses("a/lo")).containsExactly("127.0.0.5/8", "127.0.0.1/8 secondary");
    bench.does(deleteAddress("a/lo", "127.0.0.1/8"), down("a/lo"), up("a/lo"));
    assertThat(bench.addresses("a/lo")).containsExactly("127.0.0.5/8", "127.0.0.1/8 secondary");
    bench.does(down("a/lo"));
    assertThat(bench.local("a")).containsExactly("local 127.0.0.0/8 dev lo proto kernel scope host src 127.0.0.5",
        "local 127.0.0.1 dev lo proto kernel scope host src 127.0.0.5",
        "local 127.0.0.5 dev lo proto kernel scope host src 127.0.0.5");
  }

  @Test
  void appendixD16_aStaticRouteSurvivesTheLossOfItsGatewaysSubnet() {
    Bench bench = pair().does(up("a/e0"), address("a/e0", "10.0.0.1/24"), address("a/e0", "10.1.0.1/24"),
        route("a", to("10.21.0.0/16", "10.0.0.9", "")), deleteAddress("a/e0", "10.0.0.1/24"));
    assertThat(bench.main("a")).containsExactly("10.1.0.0/24 dev e0 proto kernel scope link src 10.1.0.1",
        "10.21.0.0/16 via 10.0.0.9 dev e0");
  }

  @Test
  void routesThatPreferAnAddressGoWithIt() {
    Bench bench = pair().does(up("a/e0"), address("a/e0", "10.0.0.1/24"), address("a/e0", "10.1.0.1/24"),
        route("a", with(to("10.20.0.0/16", "10.0.0.9", ""), src("10.1.0.1"))), deleteAddress("a/e0", "10.1.0.1/24"));
    assertThat(bench.main("a")).containsExactly("10.0.0.0/24 dev e0 proto kernel scope link src 10.0.0.1");
  }

  @Test
  void theLastAddressTakesEveryRouteAndNeighbourOfTheDevice() {
    Bench bench = pair().does(up("a/e0"), address("a/e0", "10.0.0.1/24"), route("a", to("10.20.0.0/16", "", "e0")),
        neighbour("a/e0", "10.0.0.8", "02:00:00:00:00:08", Neighbour.State.PERMANENT),
        new Edit.FlushAddresses(ref("a/e0")));
    assertThat(bench.main("a")).isEmpty();
    assertThat(bench.local("a")).isEmpty();
    assertThat(bench.neighbours("a")).isEmpty();
  }

  @Test
  void replacingAnAddressThatIsThereChangesNothing() {
    Bench bench = pair().does(address("a/e0", "10.0.0.1/24"));
    LabState before = bench.lab();
    bench.does(new Edit.AddAddress(ref("a/e0"), NewAddress.of(InterfaceAddress.of("10.0.0.1/24")), true));
    assertThat(bench.lab()).isEqualTo(before);
  }

  @Test
  void anAddressAndItsRoutesGoWhenItsTimeIsOver() {
    Bench bench = pair().does(new Edit.AddAddress(ref("a/e0"), new NewAddress(InterfaceAddress.of("10.0.0.1/24"),
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false,
        new AddressOptions(false, 7, Optional.of(10L), Optional.of(5L))), false), up("a/e0"));
    assertThat(bench.main("a"))
        .containsExactly("10.0.0.0/24 dev e0 proto kernel scope link src 10.0.0.1 metric 7");
    bench.does(new Edit.Sleep(9 * VirtualTime.SECOND));
    assertThat(bench.main("a")).hasSize(1);
    bench.does(new Edit.Sleep(VirtualTime.SECOND));
    assertThat(bench.main("a")).isEmpty();
    assertThat(bench.local("a")).isEmpty();
  }
}
