package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.lab.Bench.id;
import static org.hopscope.model.lab.Bench.neighbour;
import static org.hopscope.model.lab.Bench.ref;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Neighbour.State;
import org.junit.jupiter.api.Test;

class NeighbourEditsTest {
  private static final String MAC = "02:00:00:00:00:08";

  private static Edit set(String address, Optional<String> mac, State state, RouteMode mode) {
    return new Edit.SetNeighbour(ref("a/eth0"), IpAddress.of(address), mac.map(MacAddress::of), state, mode);
  }

  @Test
  void appendixD13_addRefusesEvenAFailedRowAndReplaceTakesItsPlace() {
    Bench bench = Bench.wired().does(set("10.0.0.9", Optional.empty(), State.FAILED, RouteMode.ADD))
        .refuses(neighbour("a/eth0", "10.0.0.9", MAC, State.PERMANENT), "RTNETLINK answers: File exists")
        .does(set("10.0.0.9", Optional.of(MAC), State.PERMANENT, RouteMode.REPLACE));
    assertThat(bench.neighbours("a")).containsExactly("10.0.0.9 PERMANENT");
  }

  @Test
  void changeAndDeleteNeedARow() {
    Bench.wired().refuses(set("10.0.0.9", Optional.of(MAC), State.PERMANENT, RouteMode.CHANGE),
        "RTNETLINK answers: No such file or directory")
        .refuses(new Edit.DeleteNeighbour(ref("a/eth0"), IpAddress.of("10.0.0.9")),
            "RTNETLINK answers: No such file or directory");
  }

  @Test
  void aRowThatIsUsedNeedsAnAddress() {
    Bench bench = Bench.wired()
        .refuses(set("10.0.0.9", Optional.empty(), State.PERMANENT, RouteMode.ADD),
            "Error: No link layer address given.")
        .does(set("10.0.0.9", Optional.of(MAC), State.REACHABLE, RouteMode.ADD),
            set("10.0.0.9", Optional.empty(), State.STALE, RouteMode.CHANGE));
    assertThat(bench.lab().learned().neighbours(id("a")).rows().values()).singleElement()
        .satisfies(n -> assertThat(n.mac()).contains(MacAddress.of(MAC)));
  }

  @Test
  void flushKeepsWhatNeverExpires() {
    Bench bench = Bench.wired().does(neighbour("a/eth0", "10.0.0.7", MAC, State.PERMANENT),
        neighbour("a/eth0", "10.0.0.8", MAC, State.NOARP), neighbour("a/eth0", "10.0.0.9", MAC, State.REACHABLE),
        set("10.0.0.10", Optional.empty(), State.FAILED, RouteMode.ADD),
        new Edit.FlushNeighbours(id("a"), Optional.of("eth0"), Optional.empty()));
    assertThat(bench.neighbours("a")).containsExactly("10.0.0.7 PERMANENT", "10.0.0.8 NOARP");
  }

  @Test
  void flushOfOneAddressLeavesTheOthers() {
    Bench bench = Bench.wired().does(neighbour("a/eth0", "10.0.0.8", MAC, State.STALE),
        neighbour("a/eth0", "10.0.0.9", MAC, State.STALE),
        new Edit.FlushNeighbours(id("a"), Optional.empty(), Optional.of(IpPrefix.of("10.0.0.9/32"))))
        .refuses(new Edit.FlushNeighbours(id("a"), Optional.of("nope"), Optional.empty()),
            "Cannot find device \"nope\"");
    assertThat(bench.neighbours("a")).containsExactly("10.0.0.8 STALE");
  }

  @Test
  void loHasOneNeighbourForEverybody() {
    Bench bench = Bench.wired().does(neighbour("a/lo", "10.0.0.50", MAC, State.PERMANENT));
    assertThat(bench.neighbours("a")).containsExactly("0.0.0.0 PERMANENT");
  }
}
