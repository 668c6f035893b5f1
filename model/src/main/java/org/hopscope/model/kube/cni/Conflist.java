package org.hopscope.model.kube.cni;

import java.util.ArrayList;
import java.util.List;

/**
 * A network configuration list (CNI specification 1.1.0, section 1): plugins that are called one after the other.
 *
 * @param version the version of the results
 * @param name the network's name
 * @param plugins at least one, each with what it says itself
 */
public record Conflist(String version, String name, List<NetConf> plugins) {
  public Conflist {
    plugins = List.copyOf(plugins);
  }

  /** Reads a list, or one plugin's configuration as a list of one (containernetworking/cni libcni/conf.go). */
  public static Conflist read(String text) throws CniException {
    NetConf top = NetConf.read(text);
    List<NetConf> plugins = new ArrayList<>(top.objects("plugins"));
    if (!top.has("plugins")) {
      plugins.add(top);
    }
    String name = top.text("name").filter(n -> !n.isEmpty()).orElseThrow(() -> new CniException(CniException.CONFIG,
        "error parsing configuration list: no name"));
    if (plugins.isEmpty()) {
      throw new CniException(CniException.CONFIG, "error parsing configuration list: no plugins in list");
    }
    for (NetConf plugin : plugins) {
      if (plugin.text("type").filter(t -> !t.isEmpty()).isEmpty()) {
        throw new CniException(CniException.CONFIG, "error parsing configuration: missing 'type'");
      }
    }
    return new Conflist(top.version(), name, plugins);
  }

  /** What a plugin of it is told: its own words, with the name and the version of the list. */
  public NetConf told(NetConf plugin) {
    return plugin.with("name", new JsonValue.Text(name)).with("cniVersion", new JsonValue.Text(version));
  }
}
