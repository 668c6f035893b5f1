package org.hopscope.app.desktop.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeTextTest {
  private static final LabState LAB = Editor.fresh(1);
  private static final NetnsId FROM = NetnsId.root(LAB.hosts().firstKey());

  @ParameterizedTest
  @CsvSource({"PING,10.0.0.1", "PING,fd00::1", "TCP,10.0.0.1:80", "TCP,[fd00:172:18::2]:30080", "UDP,[fd00::1]:53"})
  void readsWhatItWrites(ProbeText.Kind kind, String typed) {
    assertThat(ProbeText.read(LAB, kind, FROM, typed)).isInstanceOfSatisfying(ProbeText.Read.Ok.class,
        ok -> assertThat(ProbeText.target(ok.probe())).isEqualTo(typed));
  }

  @Test
  void anAddressOfIpv6WithoutBracketsHasNoPort() {
    assertThat(ProbeText.read(LAB, ProbeText.Kind.TCP, FROM, "fd00::1")).isInstanceOf(ProbeText.Read.Wrong.class);
  }
}
