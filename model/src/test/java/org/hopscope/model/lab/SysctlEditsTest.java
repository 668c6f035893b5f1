package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.lab.Bench.address;
import static org.hopscope.model.lab.Bench.id;
import static org.hopscope.model.lab.Bench.netns;
import static org.hopscope.model.lab.Bench.sysctl;
import static org.hopscope.model.lab.Bench.veth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

class SysctlEditsTest {
  private static Bench pair() {
    return new Bench().does(netns("a"), veth("a/e0", "a/e1"));
  }

  private static String read(Bench bench, String key) {
    return Sysctls.find(bench.lab(), id("a"), key).orElseThrow(() -> new AssertionError("no " + key));
  }

  @Test
  void ipForwardIsForwardingOfAllAndReachesEveryDevice() {
    Bench bench = pair().does(sysctl("a", "net.ipv4.conf.all.forwarding", "1"), veth("a/f0", "a/f1"));
    assertThat(read(bench, "net.ipv4.ip_forward")).isEqualTo("1");
    assertThat(read(bench, "net.ipv4.conf.e0.forwarding")).isEqualTo("1");
    assertThat(read(bench, "net.ipv4.conf.f0.forwarding")).isEqualTo("1");
    assertThat(read(bench, "net.ipv4.conf.default.forwarding")).isEqualTo("1");
    assertThat(read(bench, "net.ipv4.conf.all.accept_redirects")).isEqualTo("0");
    bench.does(sysctl("a", "net.ipv4.conf.e0.forwarding", "0"));
    assertThat(read(bench, "net.ipv4.ip_forward")).isEqualTo("1");
    assertThat(read(bench, "net.ipv4.conf.e0.forwarding")).isEqualTo("0");
  }

  @Test
  void theDefaultReachesLaterDevicesAndThoseThatWereNeverSet() {
    Bench bench = pair().does(address("a/e1", "10.0.0.1/24"), sysctl("a", "net.ipv4.conf.default.rp_filter", "2"),
        veth("a/f0", "a/f1"), sysctl("a", "net.ipv4.conf.default.rp_filter", "1"));
    assertThat(read(bench, "net.ipv4.conf.e0.rp_filter")).isEqualTo("1");
    assertThat(read(bench, "net.ipv4.conf.e1.rp_filter")).isEqualTo("0");
    assertThat(read(bench, "net.ipv4.conf.f0.rp_filter")).isEqualTo("2");
  }

  @Test
  void theDefaultOfForwardingReachesLaterDevicesOnly() {
    Bench bench = pair().does(sysctl("a", "net.ipv4.conf.default.forwarding", "1"), veth("a/f0", "a/f1"));
    assertThat(read(bench, "net.ipv4.conf.e0.forwarding")).isEqualTo("0");
    assertThat(read(bench, "net.ipv4.conf.f0.forwarding")).isEqualTo("1");
  }

  @Test
  void whatTheEnvironmentSaysCountsAsWritten() {
    LabState start = Editor.fresh(1, TreePMap.from(HashTreePMap.<String, String>empty()
        .plus("net.ipv4.conf.default.rp_filter", "0").plus("net.ipv4.neigh.*.retrans_time_ms", "100")));
    Bench bench = new Bench(start).does(netns("a"), veth("a/e0", "a/e1"),
        sysctl("a", "net.ipv4.conf.default.rp_filter", "1"));
    assertThat(read(bench, "net.ipv4.conf.e0.rp_filter")).isEqualTo("0");
    assertThat(read(bench, "net.ipv4.neigh.e0.retrans_time_ms")).isEqualTo("100");
  }

  @ParameterizedTest
  @CsvSource({"net.ipv4.conf.e0.rp_filter, abc", "net.ipv4.conf.e0.rp_filter, 1x", "net.ipv4.conf.e0.rp_filter, ''",
      "net.ipv4.conf.e0.rp_filter, 99999999999", "net.ipv4.ip_default_ttl, 0", "net.ipv4.ip_default_ttl, 256",
      "net.ipv4.icmp_echo_ignore_broadcasts, 2", "net.ipv4.ip_local_port_range, 40000 30000",
      "net.ipv4.ip_local_port_range, 0 70000", "net.ipv4.neigh.e0.retrans_time_ms, -1"})
  void aValueOutOfRangeIsRefused(String key, String value) {
    pair().refuses(sysctl("a", key, value), "sysctl: setting key \"" + key + "\": Invalid argument");
  }

  @ParameterizedTest
  @CsvSource({"net.ipv4.conf.e0.rp_filter, 0x1, 1", "net.ipv4.conf.e0.rp_filter, 1 2, 1",
      "net.ipv4.conf.e0.rp_filter, 010, 8", "net.ipv4.neigh.e0.gc_stale_time, -1, -1",
      "net.ipv4.ip_forward, -5, -5"})
  void numbersAreReadAsTheKernelReadsThem(String key, String value, String stored) {
    assertThat(read(pair().does(sysctl("a", key, value)), key)).isEqualTo(stored);
  }

  @Test
  void aPortRangeKeepsItsUpperEndWhenOneNumberIsGiven() {
    Bench bench = pair().does(sysctl("a", "net.ipv4.ip_local_port_range", "40000"));
    assertThat(read(bench, "net.ipv4.ip_local_port_range")).isEqualTo("40000\t60999");
  }

  @ParameterizedTest
  @CsvSource({"net.ipv4.conf.e0.bogus", "net.ipv4.conf.nope.rp_filter", "net.ipv4.neigh.all.gc_stale_time",
      "net.ipv4.neigh.default.mcast_solicit"})
  void aKeyThatNoKernelHasIsNotFound(String key) {
    pair().refuses(sysctl("a", key, "1"),
        "sysctl: cannot stat /proc/sys/" + key.replace('.', '/') + ": No such file or directory");
  }

  @ParameterizedTest
  @CsvSource({"net.ipv4.conf.e0.arp_notify", "net.ipv4.tcp_syncookies"})
  void aKeyThatTheModelHasNotIsNamed(String key) {
    pair().refuses(sysctl("a", key, "1"), "hopscope: not supported: sysctl " + key);
  }

  @Test
  void everyListedKeyCanBeRead() {
    Bench bench = pair();
    assertThat(Sysctls.keys(bench.lab(), id("a"))).contains("net.ipv4.neigh.e1.mcast_solicit")
        .allSatisfy(key -> assertThat(read(bench, key)).isNotBlank());
  }
}
