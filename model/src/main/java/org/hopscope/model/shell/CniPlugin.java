package org.hopscope.model.shell;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;

/**
 * What a plugin of CNI can be called for (CNI specification 1.1.0, section 2). What they do and say is that of
 * containernetworking/plugins, held against version 1.1.1 of them on a kernel; verbs and versions of the specification that
 * came later are as their sources have them.
 */
interface CniPlugin {
  /** The versions of the specification that are spoken. */
  List<String> VERSIONS = List.of("0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0");
  /** The plugins, by the names of their programs. */
  Map<String, Function<CniDeeds, CniPlugin>> ALL = Map.ofEntries(Map.entry("bridge", CniBridge::new),
      Map.entry("ptp", CniPtp::new), Map.entry("macvlan", CniBelow::new), Map.entry("ipvlan", CniBelow::new),
      Map.entry("vlan", CniBelow::new), Map.entry("host-device", CniHostDevice::new),
      Map.entry("loopback", CniLoopback::new), Map.entry("flannel", CniFlannel::new),
      Map.entry("calico", CniCalico::new), Map.entry("portmap", CniPortmap::new),
      Map.entry("firewall", CniFirewall::new), Map.entry("tuning", CniTuning::new),
      Map.entry("host-local", CniHostLocal::new), Map.entry("static", CniStatic::new));
  /** Programs of the project that are not modelled. */
  Set<String> OTHERS = Set.of("bandwidth", "dhcp", "sbr", "vrf", "dummy", "tap", "calico-ipam", "cilium-cni",
      "weave-net", "weave-ipam", "multus", "sriov", "ovs", "whereabouts");

  /** ADD: connects the container, and tells what it made. */
  CniResult add(NetConf conf) throws Stop, CniException;

  /** DEL: takes away what ADD made; what is gone already is no error. */
  void delete(NetConf conf) throws Stop, CniException;

  /** CHECK: refuses where what ADD made is not there any more. */
  void check(NetConf conf) throws Stop, CniException;

  /** What ADD prints of its result. */
  default JsonValue.Fields told(CniResult result, NetConf conf) throws CniException {
    return result.json(conf, conf.isFrom("0.3.0"), !conf.isFrom("1.0.0"));
  }

  /** The plugin of a name; one that nobody has is refused by name, and one that is not in the path as its caller says. */
  static CniPlugin of(CniDeeds deeds, String type) throws Stop, CniException {
    if (type.isEmpty()) {
      throw new CniException("no plugin name provided");
    }
    if (OTHERS.contains(type)) {
      throw Stop.unsupported("cni plugin " + type);
    }
    if (!ALL.containsKey(type) || deeds.call().path().stream().noneMatch(CniCall.FOLDERS::contains)) {
      throw new CniException("failed to find plugin \"" + type + "\" in path [" + String.join(" ", deeds.call().path())
          + "]");
    }
    return ALL.get(type).apply(deeds);
  }
}
