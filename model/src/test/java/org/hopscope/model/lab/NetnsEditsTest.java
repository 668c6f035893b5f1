package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.lab.Bench.address;
import static org.hopscope.model.lab.Bench.bridge;
import static org.hopscope.model.lab.Bench.id;
import static org.hopscope.model.lab.Bench.master;
import static org.hopscope.model.lab.Bench.move;
import static org.hopscope.model.lab.Bench.netns;
import static org.hopscope.model.lab.Bench.ref;
import static org.hopscope.model.lab.Bench.up;
import static org.hopscope.model.lab.Bench.veth;

import java.util.Optional;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetnsEditsTest {
  @Test
  void semL1_aNewNamespaceHoldsOnlyLoWhichIsDown() {
    Bench bench = new Bench().does(netns("red"));
    assertThat(bench.lab().devicesOf(id("red"))).singleElement().satisfies(lo -> {
      assertThat(lo.name()).isEqualTo("lo");
      assertThat(lo.place().ifindex()).isEqualTo(1);
      assertThat(lo.isUp()).isFalse();
      assertThat(lo.link().mtu()).isEqualTo(65536);
      assertThat(lo.addresses()).isEmpty();
    });
  }

  @Test
  void theFirstHostBeginsWithLoUp() {
    Bench bench = new Bench();
    assertThat(bench.addresses("lo")).containsExactly("127.0.0.1/8");
    assertThat(bench.local("")).containsExactly("local 127.0.0.0/8 dev lo proto kernel scope host src 127.0.0.1",
        "local 127.0.0.1 dev lo proto kernel scope host src 127.0.0.1",
        "broadcast 127.255.255.255 dev lo proto kernel scope link src 127.0.0.1");
  }

  @Test
  void toolsSayWhatIsWrongWithANamespace() {
    new Bench().does(netns("red"))
        .refuses(netns("red"), "Cannot create namespace file \"/run/netns/red\": File exists")
        .refuses(new Edit.DeleteNetns(id("blue")),
            "Cannot remove namespace file \"/run/netns/blue\": No such file or directory")
        .refuses(veth("blue/x", "blue/y"), "Cannot open network namespace \"blue\": No such file or directory")
        .refuses(netns("nohost:red"), "Cannot find host \"nohost\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b"})
  void someNamesAreNoNames(String name) {
    new Bench().refuses(new Edit.AddNetns(new NetnsId(LabState.FIRST_HOST, name)),
        "Invalid netns name \"" + name + "\"");
  }

  @Test
  void semL7_aNamespaceTakesItsVethsAndTheirPeersWithIt() {
    Bench bench = new Bench().does(netns("a"), netns("b"), veth("a/v", "b/w"), veth("a/x", "a/y"), bridge("a/br"),
        master("a/x", "br"), new Edit.DeleteNetns(id("a")));
    assertThat(bench.has("b/w")).isFalse();
    assertThat(bench.lab().find(id("a"))).isEmpty();
    assertThat(bench.lab().devices()).hasSize(2);
  }

  @Test
  void semL7_aCardGoesHomeUnderAFreeNameAndKeepsItsCable() {
    Bench bench = new Bench().does(new Edit.AddHost("n2"), new Edit.AddCable(ref("eth0"), ref("n2:/eth0")),
        netns("a"), move("eth0", "a"), veth("eth0", "dev0"), up("a/eth0"), up("n2:/eth0"),
        address("a/eth0", "10.0.0.1/24"), new Edit.DeleteNetns(id("a")));
    assertThat(bench.device("dev1").peer()).contains(bench.device("n2:/eth0").id());
    assertThat(bench.device("dev1").isUp()).isFalse();
    assertThat(bench.addresses("dev1")).isEmpty();
  }

  @Test
  void aDeletedNamespaceEndsItsServersAndIsForgotten() {
    Bench bench = new Bench().does(netns("a"), netns("b"), veth("v0", "v1"), move("v0", "a"), move("v1", "b"),
        new Edit.Serve(id("a"), new Server(new PortNumber(80), Transport.TCP, Optional.empty(), "a")));
    assertThat(bench.lab().find(id("")).orElseThrow().nsids()).containsEntry(id("a"), 0).containsEntry(id("b"), 1);
    bench.does(new Edit.DeleteNetns(id("a")));
    assertThat(bench.lab().find(id("")).orElseThrow().nsids()).containsOnlyKeys(id("b"));
    bench.does(netns("a"));
    assertThat(bench.lab().find(id("a")).orElseThrow().servers()).isEmpty();
  }
}
