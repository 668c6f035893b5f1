package org.hopscope.model.shell;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;

/**
 * flannel: asks the bridge plugin, or whom {@code delegate} names, with what flanneld has written about this node's block; what
 * it asked is kept below {@code /var/lib/cni/flannel} for DEL (flannel-io/cni-plugin).
 */
final class CniFlannel implements CniPlugin {
  private final CniDeeds deeds;
  private final String kept;

  CniFlannel(CniDeeds deeds) {
    this.deeds = deeds;
    kept = "/var/lib/cni/flannel/" + deeds.call().container();
  }

  private Map<String, String> subnet(NetConf conf) throws CniException {
    String file = conf.text("subnetFile").filter(f -> !f.isEmpty()).orElse("/run/flannel/subnet.env");
    String text = deeds.file(file).orElseThrow(() -> new CniException("loadFlannelSubnetEnv failed: open " + file
        + ": no such file or directory"));
    Map<String, String> env = new HashMap<>();
    for (String line : text.lines().filter(l -> l.contains("=")).toList()) {
      env.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    for (String name : List.of("FLANNEL_NETWORK", "FLANNEL_SUBNET")) {
      if (InterfaceAddress.parse(env.getOrDefault(name, "")).isEmpty()) {
        throw new CniException(file + " is missing " + name);
      }
    }
    return env;
  }

  private NetConf asked(NetConf conf) throws CniException {
    Map<String, String> env = subnet(conf);
    Map<String, JsonValue> all = new LinkedHashMap<>(conf.object("delegate").fields().members());
    all.put("name", text(deeds.call().network()));
    all.putIfAbsent("type", text("bridge"));
    all.putIfAbsent("ipMasq", new JsonValue.Flag("false".equals(env.get("FLANNEL_IPMASQ"))));
    if (env.getOrDefault("FLANNEL_MTU", "").matches("\\d{1,6}")) {
      all.putIfAbsent("mtu", new JsonValue.Number(env.get("FLANNEL_MTU")));
    }
    if (all.get("type").equals(text("bridge"))) {
      all.putIfAbsent("isGateway", new JsonValue.Flag(true));
    }
    all.put("cniVersion", text(conf.version()));
    InterfaceAddress block = InterfaceAddress.of(env.get("FLANNEL_SUBNET"));
    JsonValue range =
        new JsonValue.Fields(Map.of("subnet", text(block.network())));
    JsonValue route =
        new JsonValue.Fields(Map.of("dst", text(InterfaceAddress.of(env.get("FLANNEL_NETWORK")).network())));
    Map<String, JsonValue> ipam = new LinkedHashMap<>();
    ipam.put("ranges", list(list(range)));
    ipam.put("routes", list(route));
    ipam.put("type", text("host-local"));
    all.put("ipam", new JsonValue.Fields(ipam));
    return new NetConf(new JsonValue.Fields(new TreeMap<>(all)));
  }

  private static JsonValue text(Object value) {
    return new JsonValue.Text(value.toString());
  }

  private static JsonValue list(JsonValue item) {
    return new JsonValue.Array(List.of(item));
  }

  @Override
  public CniResult add(NetConf conf) throws Stop, CniException {
    NetConf asked = asked(conf);
    deeds.write(kept, List.of(CniText.compact(asked.fields())));
    return CniPlugin.of(deeds, asked.text("type").orElse("")).add(asked);
  }

  @Override
  public void delete(NetConf conf) throws Stop, CniException {
    if (deeds.file(kept).isPresent()) {
      NetConf asked = NetConf.read(deeds.file(kept).orElseThrow());
      CniPlugin.of(deeds, asked.text("type").orElse("")).delete(asked);
      deeds.remove(kept);
    }
  }

  /** Not written by the plugin; nothing is checked. */
  @Override
  public void check(NetConf conf) {
    // flannel.go cmdCheck returns at once.
  }
}
