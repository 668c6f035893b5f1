package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.lab.Bench.address;
import static org.hopscope.model.lab.Bench.as;
import static org.hopscope.model.lab.Bench.deleteRoute;
import static org.hopscope.model.lab.Bench.down;
import static org.hopscope.model.lab.Bench.id;
import static org.hopscope.model.lab.Bench.metric;
import static org.hopscope.model.lab.Bench.netns;
import static org.hopscope.model.lab.Bench.onlink;
import static org.hopscope.model.lab.Bench.route;
import static org.hopscope.model.lab.Bench.scope;
import static org.hopscope.model.lab.Bench.src;
import static org.hopscope.model.lab.Bench.to;
import static org.hopscope.model.lab.Bench.up;
import static org.hopscope.model.lab.Bench.with;

import java.util.Optional;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteEditsTest {
  private static final String INVALID = "Error: Nexthop has invalid gateway.";
  private static final String CONNECTED = "10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.1";

  private static RouteOptions table(int number) {
    return new RouteOptions(Optional.empty(), Optional.empty(), Optional.of(number), Optional.empty(),
        Optional.empty(), 0);
  }

  @Test
  void semR4_aGatewayMustBeOnTheLink() {
    Bench.wired().does(up("a/lo")).refuses(route("a", to("default", "10.0.1.1", "")), INVALID)
        .refuses(route("a", to("default", "10.0.0.2", "lo")), INVALID)
        .refuses(route("a", to("default", "10.0.0.255", "")), INVALID)
        .refuses(route("a", to("default", "", "nope")), "Cannot find device \"nope\"")
        .does(route("a", to("default", "10.0.0.2", "")))
        .refuses(route("a", to("10.9.0.0/16", "8.8.8.8", "")), INVALID);
  }

  @Test
  void semR4_onlinkOverridesButNotEverything() {
    Bench bench = Bench.wired().does(route("a", onlink(to("172.16.0.0/16", "10.9.9.9", "eth0"))))
        .refuses(route("a", onlink(to("10.7.0.0/16", "10.9.9.9", ""))), "Error: Nexthop device required for onlink.")
        .refuses(route("a", onlink(to("10.7.0.0/16", "", "eth0"))),
            "Error: Invalid flags for nexthop - PERVASIVE and ONLINK can not be set.")
        .refuses(route("a", onlink(to("10.7.0.0/16", "10.0.0.1", "eth0"))), INVALID)
        .refuses(route("a", with(onlink(to("10.7.0.0/16", "10.0.0.9", "eth0")), scope(Scope.LINK))),
            "Error: Nexthop has invalid scope.");
    assertThat(bench.main("a")).containsExactly(CONNECTED, "172.16.0.0/16 via 10.9.9.9 dev eth0");
    bench.does(down("a/eth0")).refuses(route("a", onlink(to("10.7.0.0/16", "10.9.9.9", "eth0"))),
        "Error: Nexthop device is not up.");
  }

  @Test
  void anOwnAddressPassesAsGateway() {
    assertThat(Bench.wired().does(route("a", to("default", "10.0.0.1", ""))).main("a"))
        .contains("default via 10.0.0.1 dev eth0");
  }

  @Test
  void aDownDeviceLeadsNowhere() {
    Bench.wired().does(down("a/eth0")).refuses(route("a", to("default", "10.0.0.2", "")), INVALID)
        .refuses(route("a", to("10.8.0.0/16", "", "eth0")), "Error: Device for nexthop is not up.")
        .refuses(route("a", to("10.8.0.0/16", "", "")), "RTNETLINK answers: No such device");
  }

  @Test
  void addAppendReplaceAndChangeTreatWhatIsThere() {
    Bench bench = Bench.wired().does(route("a", to("10.5.0.0/16", "10.0.0.2", "")))
        .refuses(route("a", to("10.5.0.0/16", "10.0.0.2", "")), "RTNETLINK answers: File exists")
        .refuses(route("a", to("10.5.0.0/16", "10.0.0.3", "")), "RTNETLINK answers: File exists")
        .does(route("a", to("10.5.0.0/16", "10.0.0.3", ""), RouteMode.APPEND))
        .refuses(route("a", to("10.5.0.0/16", "10.0.0.3", ""), RouteMode.APPEND), "RTNETLINK answers: File exists")
        .refuses(route("a", to("10.6.0.0/16", "10.0.0.2", ""), RouteMode.CHANGE),
            "RTNETLINK answers: No such file or directory");
    assertThat(bench.main("a")).containsExactly(CONNECTED, "10.5.0.0/16 via 10.0.0.2 dev eth0",
        "10.5.0.0/16 via 10.0.0.3 dev eth0");
    bench.does(route("a", to("10.6.0.0/16", "10.0.0.2", ""), RouteMode.REPLACE),
        route("a", to("10.6.0.0/16", "10.0.0.3", ""), RouteMode.CHANGE),
        route("a", to("10.5.0.0/16", "10.0.0.4", ""), RouteMode.REPLACE));
    assertThat(bench.main("a")).containsExactly(CONNECTED, "10.5.0.0/16 via 10.0.0.4 dev eth0",
        "10.5.0.0/16 via 10.0.0.3 dev eth0", "10.6.0.0/16 via 10.0.0.3 dev eth0");
  }

  @Test
  void semR1_metricsStandSideBySideInOrder() {
    Bench bench = Bench.wired().does(route("a", with(to("default", "10.0.0.2", ""), metric(200))),
        route("a", with(to("default", "10.0.0.3", ""), metric(100))))
        .refuses(route("a", with(to("default", "10.0.0.4", ""), metric(100))), "RTNETLINK answers: File exists");
    assertThat(bench.main("a")).containsExactly("default via 10.0.0.3 dev eth0 metric 100",
        "default via 10.0.0.2 dev eth0 metric 200", CONNECTED);
  }

  @Test
  void deletingTakesTheFirstRowThatAgrees() {
    Bench bench = Bench.wired().does(route("a", with(to("10.5.0.0/16", "10.0.0.2", ""), metric(5))),
        route("a", with(to("10.5.0.0/16", "10.0.0.3", ""), metric(7))))
        .refuses(deleteRoute("a", to("10.5.0.0/16", "10.0.0.9", "")), "RTNETLINK answers: No such process")
        .refuses(deleteRoute("a", to("10.77.0.0/16", "", "")), "RTNETLINK answers: No such process")
        .refuses(deleteRoute("a", with(to("10.5.0.0/16", "", ""), metric(9))), "RTNETLINK answers: No such process")
        .refuses(deleteRoute("a", as(RouteType.BLACKHOLE, to("10.5.0.0/16", "", ""))),
            "RTNETLINK answers: No such process")
        .does(deleteRoute("a", to("10.5.0.0/16", "10.0.0.3", "")));
    assertThat(bench.main("a")).containsExactly(CONNECTED, "10.5.0.0/16 via 10.0.0.2 dev eth0 metric 5");
    bench.does(deleteRoute("a", to("10.5.0.0/16", "", "")), deleteRoute("a", to("10.0.0.0/24", "", "")));
    assertThat(bench.main("a")).isEmpty();
  }

  @Test
  void aTableThatNobodyMadeIsNotThere() {
    Bench bench = new Bench().does(netns("a")).refuses(deleteRoute("a", to("10.0.0.0/8", "", "")),
        "Error: FIB table does not exist.");
    bench.does(route("a", as(RouteType.BLACKHOLE, to("10.0.0.0/8", "", ""))),
        deleteRoute("a", to("10.0.0.0/8", "", "")))
        .refuses(deleteRoute("a", to("10.0.0.0/8", "", "")), "RTNETLINK answers: No such process");
  }

  @Test
  void semR8_specialRoutesLeadToNoDevice() {
    Bench bench = Bench.wired().does(route("a", as(RouteType.BLACKHOLE, to("10.8.0.0/16", "", ""))),
        route("a", as(RouteType.UNREACHABLE, to("10.9.0.0/16", "", ""))),
        route("a", as(RouteType.THROW, with(to("10.10.0.0/16", "", ""), table(300)))))
        .refuses(route("a", as(RouteType.PROHIBIT, to("10.11.0.0/16", "", "eth0"))),
            "Error: Gateway, device and multipath can not be specified for this route type.")
        .refuses(route("a", to("10.12.0.0/16", "10.8.0.1", "")), INVALID);
    assertThat(bench.main("a")).containsExactly(CONNECTED, "blackhole 10.8.0.0/16", "unreachable 10.9.0.0/16");
    assertThat(bench.routes("a", 300)).containsExactly("throw 10.10.0.0/16");
    assertThat(bench.does(down("a/eth0")).main("a")).hasSize(2);
  }

  @Test
  void aPreferredSourceMustBeAnOwnAddress() {
    Bench bench = Bench.wired()
        .refuses(route("a", with(to("10.5.0.0/16", "", "eth0"), src("1.2.3.4"))), "Error: Invalid prefsrc address.")
        .does(route("a", with(to("10.5.0.0/16", "", "eth0"), src("10.0.0.1"))));
    assertThat(bench.main("a")).contains("10.5.0.0/16 dev eth0 scope link src 10.0.0.1");
  }

  @Test
  void scopesAreChosenAndChecked() {
    Bench bench = Bench.wired()
        .refuses(route("a", with(to("10.7.0.0/16", "10.0.0.9", ""), scope(Scope.HOST))),
            "Error: Route with host scope can not have a gateway.")
        .refuses(route("a", with(to("10.7.0.0/16", "10.0.0.9", ""), scope(Scope.LINK))), INVALID)
        .refuses(route("a", with(as(RouteType.LOCAL, to("10.7.0.0/16", "", "eth0")), scope(Scope.LINK))),
            "Error: Invalid scope.")
        .does(route("a", with(to("10.6.0.0/16", "", "eth0"), scope(Scope.HOST))),
            route("a", as(RouteType.LOCAL, to("10.11.0.0/16", "", "eth0"))), down("a/eth0"));
    assertThat(bench.main("a")).containsExactly("10.6.0.0/16 dev eth0 scope host");
    assertThat(bench.local("a")).contains("local 10.11.0.0/16 dev eth0 scope host");
  }

  @Test
  void aGatewayIsSoughtInTheRoutesOwnTableFirst() {
    Bench bench = Bench.wired().does(route("a", with(to("10.13.0.0/16", "", "eth0"), table(100))),
        route("a", with(to("10.14.0.0/16", "10.13.0.1", ""), table(100))))
        .refuses(route("a", to("10.15.0.0/16", "10.13.0.1", "")), INVALID);
    assertThat(bench.routes("a", 100)).containsExactly("10.13.0.0/16 dev eth0 scope link",
        "10.14.0.0/16 via 10.13.0.1 dev eth0");
  }

  @ParameterizedTest
  @CsvSource({"254, '', eth0, 0", "254, 10.0.0.0/24, '', 1", "255, '', '', 0"})
  void flushTakesTheRowsThatAgree(int table, String destination, String device, int left) {
    Bench bench = Bench.wired().does(route("a", to("10.5.0.0/16", "10.0.0.2", "")),
        new Edit.FlushRoutes(id("a"), new RouteFilter(Optional.of(table), IpPrefix.parse(destination),
            IpPrefix.parse(destination), Optional.of(device).filter(d -> !d.isEmpty()), RouteFilter.Traits.ANY)));
    assertThat(bench.routes("a", table)).hasSize(left);
  }

  @Test
  void flushingATableThatNobodyMadeIsRefused() {
    new Bench().does(netns("a")).refuses(
        new Edit.FlushRoutes(id("a"), RouteFilter.ofTable(Netns.MAIN)),
        "Error: ipv4: FIB table does not exist.");
  }

  @Test
  void twoDevicesInOneSubnetStandInTheOrderOfTheirMaking() {
    Bench bench = Bench.wired().does(Bench.veth("a/eth1", "b/eth1"), up("a/eth1"), address("a/eth1", "10.0.0.7/24"));
    assertThat(bench.main("a")).containsExactly(CONNECTED,
        "10.0.0.0/24 dev eth1 proto kernel scope link src 10.0.0.7");
  }
}
