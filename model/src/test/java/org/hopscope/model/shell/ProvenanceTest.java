package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.linux.Item;
import org.hopscope.model.kube.linux.Provenance;
import org.hopscope.model.kube.linux.Rule;
import org.hopscope.model.kube.proxy.RuleReason;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.nft.NftFamily;
import org.hopscope.model.nft.NftTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row that a cluster makes can say which object it came from, and by which rule. */
class ProvenanceTest {
  @ParameterizedTest
  @ValueSource(strings = {"vxlan", "host-gw"})
  void nothingOnANodeIsThereWithoutAReason(String backend) {
    Session session = KubectlTest.cluster("--nodes 3 --backend " + backend);
    KubectlTest.ok(session, KubectlTest.WEB);
    LabState lab = session.state();
    Provenance provenance = Provenance.of(lab);
    List<Item> items = new ArrayList<>();
    for (Netns netns : lab.netns().values()) {
      items.add(new Item.OfNetns(netns.id()));
      netns.tables(IpFamily.INET).byNumber().get(Netns.MAIN).rows().stream()
          .filter(r -> !r.origin().protocol().equals(RouteProtocol.KERNEL))
          .forEach(r -> items.add(new Item.OfRoute(netns.id(), r.destination())));
      lab.devicesOf(netns.id()).stream().filter(d -> !d.isLoopback()).map(Device::ref)
          .forEach(r -> items.add(new Item.OfDevice(r)));
    }
    items.remove(new Item.OfNetns(NetnsId.root("host")));

    assertThat(items).hasSizeGreaterThan(30).allMatch(i -> provenance.of(i).isPresent());
  }

  @Test
  void rowsNameTheirObjectAndTheirRule() {
    Session session = KubectlTest.cluster("--nodes 2 --backend vxlan");
    KubectlTest.ok(session, "ip netns add mine");
    Provenance provenance = Provenance.of(session.state());
    NetnsId node = NetnsId.root("c-node1");
    DeviceRef flannel = new DeviceRef(node, "flannel.1");

    assertThat(provenance.of(new Item.OfRoute(node, IpPrefix.of("10.244.1.0/24")))).hasValueSatisfying(r -> {
      assertThat(r.object()).hasToString("Node c-node2");
      assertThat(r.rule()).isEqualTo(Rule.FLANNEL_PEER);
      assertThat(r.rule().sentence()).contains("three rows");
    });
    assertThat(provenance.of(new Item.OfNeighbour(flannel, IpAddress.of("10.244.1.0"))).orElseThrow().rule())
        .isEqualTo(Rule.FLANNEL_PEER);
    assertThat(provenance.of(new Item.OfNetns(new NetnsId("host", "mine")))).isEmpty();
  }

  @Test
  void everyRuleOfANodeNamesItsServiceAndWhatItIsFor() {
    Session session = KubectlTest.cluster("--nodes 2 --backend vxlan");
    KubectlTest.ok(session, KubectlTest.WEB);
    NetnsId node = NetnsId.root("c-node1");
    Provenance provenance = Provenance.of(session.state());
    int rules = 0;
    for (TableName name : List.of(TableName.NAT, TableName.FILTER)) {
      RuleTable table = session.state().find(node).orElseThrow().rulesets().of(IpFamily.INET).table(name).orElseThrow();
      for (Chain chain : table.listed()) {
        if (chain.policy().isEmpty()) {
          for (var rule : chain.rules()) {
            rules++;
            Optional<Provenance.RuleReason> reason = provenance.of(node, name, chain.name(), rule);
            assertThat(reason).as("%s %s", chain.name(), rule).isPresent();
            assertThat(reason.orElseThrow().rule().why().sentence()).isNotBlank();
          }
        }
      }
    }
    assertThat(rules).isGreaterThan(30);
    Chain services = session.state().find(node).orElseThrow().rulesets().of(IpFamily.INET).table(TableName.NAT)
        .orElseThrow().chain("KUBE-SERVICES").orElseThrow();
    assertThat(provenance.of(node, TableName.NAT, "KUBE-SERVICES", services.rules().get(1))).hasValueSatisfying(r -> {
      assertThat(r.service()).hasToString("Service default/web");
      assertThat(r.rule().why()).isEqualTo(RuleReason.CLUSTER_IP);
    });
  }

  /** sem-K18: in nftables mode chains and elements say for which Service they are, and every rule what it is for. */
  @Test
  void everyRowOfTheTableOfNftablesNamesItsService() {
    Session session = KubectlTest.cluster("--nodes 2 --backend vxlan --proxy nftables");
    KubectlTest.ok(session, KubectlTest.WEB);
    NetnsId node = NetnsId.root("c-node2");
    Provenance provenance = Provenance.of(session.state());
    NftTable table = session.state().find(node).orElseThrow().nft().table(new NftTable.Key(NftFamily.IP, "kube-proxy"))
        .orElseThrow();
    List<String> ofWeb = new ArrayList<>();
    for (NftChain chain : table.chains().stream().toList()) {
      List<Provenance.TableReason> reasons = provenance.tableReasons(node, IpFamily.INET, chain.name());
      assertThat(reasons).as(chain.name()).hasSameSizeAs(chain.rules());
      assertThat(reasons).allSatisfy(r -> assertThat(r.line().why().sentence()).isNotBlank());
      reasons.stream().filter(r -> r.service().toString().equals("Service default/web"))
          .forEach(_ -> ofWeb.add(chain.name().replaceFirst("-.*", "")));
    }
    assertThat(ofWeb).containsExactlyInAnyOrder("service", "service", "endpoint", "endpoint", "endpoint", "endpoint",
        "endpoint", "endpoint");
    assertThat(provenance.tableReasons(node, IpFamily.INET, "services")).extracting(r -> r.service().toString())
        .containsOnly("Node c-node2");
    assertThat(provenance.element(node, IpFamily.INET, "service-ips", "10.96.1.0 . tcp . 80"))
        .hasValueSatisfying(s -> assertThat(s).hasToString("Service default/web"));
    assertThat(provenance.element(node, IpFamily.INET, "service-ips", "10.96.1.0 . tcp . 81")).isEmpty();
    KubectlTest.ok(session, "kubectl delete svc web");
    assertThat(Provenance.of(session.state()).element(node, IpFamily.INET, "service-ips", "10.96.1.0 . tcp . 80"))
        .isEmpty();
  }
}
