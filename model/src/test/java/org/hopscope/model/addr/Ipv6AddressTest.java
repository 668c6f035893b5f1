package org.hopscope.model.addr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("IPv6 addresses")
class Ipv6AddressTest {
  @ParameterizedTest
  @CsvSource({"::, ::", "::1, ::1", "0:0:0:0:0:0:0:0, ::", "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
      "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", "fe80:0000::00Ab, fe80::ab", "1::, 1::", "1:0:0:2::, 1:0:0:2::",
      "::ffff:10.0.0.1, ::ffff:10.0.0.1", "::ffff:a00:1, ::ffff:10.0.0.1", "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
      "::10.0.0.1, ::10.0.0.1", "ff02::1:ff00:9, ff02::1:ff00:9", "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0"})
  @DisplayName("are read and written as RFC 5952 and inet_ntop(3) have it")
  void text(String typed, String printed) {
    assertThat(Ipv6Address.of(typed)).hasToString(printed);
    assertThat(Ipv6Address.of(printed)).isEqualTo(Ipv6Address.of(typed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::",
      "::1%eth0", "1:2:3:4:5:6:7:8::", "10.0.0.1", "10.0.0.1::", "::10.0.0", "::10.0.0.256", "fd00::1/64", " ::1",
      "١::"})
  @DisplayName("are refused when malformed")
  void malformed(String typed) {
    assertThat(Ipv6Address.parse(typed)).isEmpty();
  }

  @Test
  @DisplayName("sem-X1, sem-X2: a link-local address is made of the hardware address, a group of an address's end")
  void made() {
    assertThat(Ipv6Address.linkLocal(MacAddress.of("52:74:f2:b1:a8:7f"))).hasToString("fe80::5074:f2ff:feb1:a87f");
    assertThat(Ipv6Address.linkLocal(MacAddress.of("00:00:00:00:00:01"))).hasToString("fe80::200:ff:fe00:1");
    assertThat(Ipv6Address.of("2001:db8::1:abcd:ef01").solicitedNode()).hasToString("ff02::1:ffcd:ef01");
  }

  @Test
  @DisplayName("lie in networks of their own family only")
  void networks() {
    assertThat(IpPrefix.of("fd00::/64").contains(IpAddress.of("fd00::9"))).isTrue();
    assertThat(IpPrefix.of("fd00::/64").contains(IpAddress.of("fd00:0:0:1::9"))).isFalse();
    assertThat(IpPrefix.of("::/0").contains(IpAddress.of("10.0.0.1"))).isFalse();
    assertThat(IpPrefix.of("0.0.0.0/0").contains(IpAddress.of("fd00::9"))).isFalse();
    assertThat(Ipv6Address.of("fd00:1:2:3:ffff::1").network(72)).hasToString("fd00:1:2:3:ff00::");
    assertThat(Ipv6Address.of("fd00:1:2:3:ffff::1").network(40)).hasToString("fd00:1::");
    assertThat(Ipv6Address.of("fd00::1").compareTo(IpAddress.of("255.0.0.1"))).isPositive();
  }
}
