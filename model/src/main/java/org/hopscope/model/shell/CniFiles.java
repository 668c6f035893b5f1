package org.hopscope.model.shell;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.Blocks;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.lab.LabState;

/**
 * What a cluster's network plugin keeps in files of its nodes: the conflist, of flannel the node's block, and what host-local
 * has given to the pods there. They follow from the cluster; a file of the same name that somebody wrote stands in its place,
 * and counts for who reads it ({@code cnitool}), while the cluster's own pods are made as its plugin was chosen.
 */
final class CniFiles {
  /** kube-flannel.yml. */
  private static final String FLANNEL = """
      {
        "name": "cbr0",
        "cniVersion": "0.3.1",
        "plugins": [
          {
            "type": "flannel",
            "delegate": {
              "hairpinMode": true,
              "isDefaultGateway": true
            }
          },
          {
            "type": "portmap",
            "capabilities": {
              "portMappings": true
            }
          }
        ]
      }
      """;
  /** calico.yaml, cni_network_config. */
  private static final String CALICO = """
      {
        "name": "k8s-pod-network",
        "cniVersion": "0.3.1",
        "plugins": [
          {
            "type": "calico",
            "log_level": "info",
            "datastore_type": "kubernetes",
            "nodename": "NODE",
            "mtu": MTU,
            "ipam": {
              "type": "calico-ipam"
            }
          },
          {
            "type": "portmap",
            "snat": true,
            "capabilities": {"portMappings": true}
          }
        ]
      }
      """;

  private CniFiles() {
  }

  /** The files of a host, by name; none of one that is no node. */
  static Map<String, String> of(LabState lab, String host) {
    Optional<Cluster> cluster = lab.clusterOf(host);
    return cluster.flatMap(c -> c.node(host)).map(n -> of(cluster.orElseThrow(), n)).orElse(Map.of());
  }

  /** All files of a host: those that were written stand in the place of those that follow from a cluster. */
  static Map<String, String> all(LabState lab, String host) {
    Map<String, String> all = new TreeMap<>(of(lab, host));
    all.putAll(lab.hosts().get(host).files());
    return all;
  }

  private static Map<String, String> of(Cluster cluster, KubeNode node) {
    Map<String, String> files = new TreeMap<>();
    String plugin = cluster.choices().plugin().word();
    Optional<IpPrefix> block = node.podCidrs().stream().filter(b -> b.address().family() == IpFamily.INET).findFirst();
    if (plugin.equals("flannel") && block.isPresent()) {
      files.put("/etc/cni/net.d/10-flannel.conflist", FLANNEL);
      files.put("/run/flannel/subnet.env", "FLANNEL_NETWORK=" + cluster.choices().blocks().pods() + "\nFLANNEL_SUBNET="
          + new InterfaceAddress(Blocks.at(block.get(), 1), block.get().length()) + "\nFLANNEL_MTU=" + cluster.choices()
              .plugin().mtu()
          + "\nFLANNEL_IPMASQ=true\n");
      reserved(files, cluster, node);
    } else if (plugin.equals("calico")) {
      files.put("/etc/cni/net.d/10-calico.conflist",
          CALICO.replace("NODE", node.meta().name()).replace("MTU", "" + cluster
              .choices().plugin().mtu()));
    }
    return files;
  }

  private static void reserved(Map<String, String> files, Cluster cluster, KubeNode node) {
    String folder = "/var/lib/cni/networks/cbr0/";
    for (KubePod pod : cluster.pods()) {
      if (pod.node().equals(Optional.of(node.meta().name())) && !pod.spec().hostNetwork()) {
        for (IpAddress address : pod.status().addresses()) {
          files.put(folder + address, CniDeeds.hash(pod.key().path()).substring(0, 64) + "\neth0\n");
        }
      }
    }
    for (int i = 0; i < node.podCidrs().size(); i++) {
      int last = cluster.counter("host-local/" + node.meta().name() + "/" + i);
      if (last > 0) {
        files.put(folder + "last_reserved_ip." + i, Blocks.at(node.podCidrs().get(i), last) + "\n");
      }
    }
  }
}
