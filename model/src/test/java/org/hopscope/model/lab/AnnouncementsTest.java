package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.lab.Bench.bridge;
import static org.hopscope.model.lab.Bench.down;
import static org.hopscope.model.lab.Bench.master;
import static org.hopscope.model.lab.Bench.up;
import static org.hopscope.model.lab.Bench.veth;

import org.hopscope.model.net.VirtualTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What devices say of their own over IPv6 (kernel truths v6-a-bridge-learns-before-anybody-asks, v6-macvlans-are-learned-too)")
class AnnouncementsTest {
  private static Bench bridged() {
    return new Bench().does(bridge("br0"), veth("p", "pe"), master("p", "br0"), up("br0"), up("p"));
  }

  private static String row(Bench bench) {
    return bench.device("pe").link().mac() + " p LEARNED";
  }

  @Test
  void aDeviceThatComesUpIsLearnedAndOneThatLosesItsCarrierForgotten() {
    Bench bench = bridged().does(up("pe"));
    assertThat(bench.fdb("br0")).containsExactly(row(bench));
    assertThat(bench.does(down("p")).fdb("br0")).isEmpty();
    assertThat(bench.does(up("p")).fdb("br0")).containsExactly(row(bench));
  }

  @Test
  void whoIsPluggedInLaterIsHeardWhenItIsSaidAgainAndNotLater() {
    Bench bench = new Bench().does(bridge("br0"), veth("p", "pe"), up("br0"), up("p"), up("pe"), master("p", "br0"));
    assertThat(bench.fdb("br0")).isEmpty();
    assertThat(bench.does(new Edit.Sleep(VirtualTime.SECOND)).fdb("br0")).containsExactly(row(bench));
    assertThat(bench.does(master("p", ""), master("p", "br0"), new Edit.Sleep(VirtualTime.SECOND)).fdb("br0"))
        .isEmpty();
  }

  @Test
  void withoutIpv6NobodySpeaks() {
    Bench quiet = new Bench(Editor.fresh(7, Quiet.ENVIRONMENT)).does(bridge("br0"), veth("p", "pe"),
        master("p", "br0"), up("br0"), up("p"), up("pe"), new Edit.Sleep(VirtualTime.SECOND));
    assertThat(quiet.fdb("br0")).isEmpty();
  }
}
