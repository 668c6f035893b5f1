package org.hopscope.app.desktop.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  @Test
  void upWalksBackAndDownComesBackToWhatWasBeingTyped() {
    History history = new History(List.of("ip link"));
    history.add("ip addr");
    assertThat(history.older("ip ro")).isEqualTo("ip addr");
    assertThat(history.older("ip addr")).isEqualTo("ip link");
    assertThat(history.older("ip link")).isEqualTo("ip link");
    assertThat(history.newer("ip link")).isEqualTo("ip addr");
    assertThat(history.newer("ip addr")).isEqualTo("ip ro");
    assertThat(history.newer("ip ro")).isEqualTo("ip ro");
  }

  @Test
  void theSameLineTwiceIsKeptOnceAndEmptyLinesAreNotKept() {
    History history = new History(List.of());
    List.of("ping 10.1.1.2", "ping 10.1.1.2", "  ", "ip link").forEach(history::add);
    assertThat(history.lines()).containsExactly("ping 10.1.1.2", "ip link");
  }

  @Test
  void anEmptyHistoryLeavesTheLineAlone() {
    assertThat(new History(List.of()).older("half typed")).isEqualTo("half typed");
  }
}
