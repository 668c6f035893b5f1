package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Device;

/**
 * tuning: sysctls of the container's namespace, and its device's MTU and hardware address, which DEL sets back from what is kept
 * below {@code /run/cni/tuning} (plugins plugins/meta/tuning). {@code promisc} and {@code allmulti} are refused by name.
 */
final class CniTuning implements CniPlugin {
  private final CniDeeds deeds;
  private final String kept;

  CniTuning(CniDeeds deeds) {
    this.deeds = deeds;
    kept = "/run/cni/tuning/" + deeds.call().container() + "_" + deeds.device() + ".json";
  }

  /** What is to be set. */
  private record Wish(Map<String, String> sysctls, String mac, int mtu) {
  }

  private Wish wish(NetConf conf) throws Stop, CniException {
    try {
      for (String name : List.of("promisc", "allmulti")) {
        if (conf.is(name)) {
          throw Stop.unsupported("cni tuning " + name);
        }
      }
      Map<String, String> sysctls = new LinkedHashMap<>();
      for (Map.Entry<String, JsonValue> each : conf.object("sysctl").fields().members().entrySet()) {
        sysctls.put(each.getKey(), conf.object("sysctl").text(each.getKey()).orElse(""));
      }
      Optional<String> mac = conf.object("runtimeConfig").text("mac").filter(m -> !m.isEmpty());
      mac = mac.isPresent() ? mac : deeds.argument("MAC");
      return new Wish(sysctls, mac.isPresent() ? mac.get() : conf.text("mac").orElse(""), conf.number("mtu"));
    } catch (CniException wrong) {
      throw wrong.getMessage().startsWith("json: ") ? wrong.behind("failed to load netconf") : wrong;
    }
  }

  @Override
  public CniResult add(NetConf conf) throws Stop, CniException {
    Wish wish = wish(conf);
    CniResult before = CniContainer.required(conf, "Required prevResult missing");
    deeds.openSandbox();
    for (Map.Entry<String, String> each : wish.sysctls().entrySet()) {
      String key = key(each.getKey());
      if (!key.startsWith("net.")) {
        throw new CniException("invalid net sysctl key: \"" + key.replace('.', '/') + "\"");
      }
      value(key);
      deeds.inside("sysctl", "-w", key + "=" + each.getValue());
    }
    if (wish.mac().isEmpty() && wish.mtu() == 0) {
      return before;
    }
    Device device = deeds.within(deeds.device()).orElseThrow(() -> new CniException("failed to get \"" + deeds.device()
        + "\": Link not found"));
    keep(wish, device);
    if (!wish.mac().isEmpty()) {
      if (MacAddress.parse(wish.mac()).isEmpty()) {
        throw new CniException("invalid args " + wish.mac() + " for MAC addr: address " + wish.mac()
            + ": invalid MAC address");
      }
      deeds.inside("ip", "link", "set", deeds.device(), "address", wish.mac());
    }
    if (wish.mtu() != 0) {
      deeds.inside("ip", "link", "set", deeds.device(), "mtu", "" + wish.mtu());
    }
    return before.withInterfaces(before.interfaces().stream().map(i -> i.name().equals(deeds.device()) && !wish.mac()
        .isEmpty() ? new CniResult.Interface(i.name(), wish.mac(), i.sandbox()) : i).toList());
  }

  private String key(String typed) {
    return typed.replace('/', '.').replaceFirst("IFNAME", deeds.device());
  }

  private String value(String key) throws CniException {
    return Sysctls.find(deeds.lab(), deeds.sandbox(), key).orElseThrow(() -> new CniException("open /proc/sys/" + key
        .replace('.', '/') + ": no such file or directory"));
  }

  private void keep(Wish wish, Device device) {
    List<String> members = new ArrayList<>();
    if (!wish.mac().isEmpty()) {
      members.add(" \"mac\": \"" + deeds.mac(device) + "\"");
    }
    if (wish.mtu() != 0) {
      members.add(" \"mtu\": " + device.link().mtu());
    }
    deeds.write(kept, ("{\n" + String.join(",\n", members) + "\n}").lines().toList());
  }

  @Override
  public void delete(NetConf conf) throws Stop, CniException {
    wish(conf);
    Optional<String> text = deeds.file(kept);
    if (text.isEmpty() || !deeds.hasSandbox() || deeds.within(deeds.device()).isEmpty()) {
      return;
    }
    NetConf was = NetConf.read(text.get());
    if (was.number("mtu") != 0) {
      deeds.tryInside("ip", "link", "set", deeds.device(), "mtu", "" + was.number("mtu"));
    }
    if (was.has("mac")) {
      deeds.tryInside("ip", "link", "set", deeds.device(), "address", was.text("mac").orElseThrow());
    }
    deeds.remove(kept);
  }

  @Override
  public void check(NetConf conf) throws Stop, CniException {
    Wish wish = wish(conf);
    CniContainer.required(conf, "Required prevResult missing");
    deeds.openSandbox();
    for (Map.Entry<String, String> each : wish.sysctls().entrySet()) {
      String now = value(key(each.getKey()));
      if (!now.equals(each.getValue())) {
        throw new CniException("Error: Tuning configured value of /proc/sys/" + key(each.getKey()).replace('.', '/')
            + " is " + each.getValue() + ", current value is " + now);
      }
    }
    Device device = deeds.within(deeds.device()).orElseThrow(() -> new CniException("Cannot find container link "
        + deeds.device()));
    if (!wish.mac().isEmpty() && !wish.mac().equals(deeds.mac(device))) {
      throw new CniException("Error: Tuning configured Ethernet of " + deeds.device() + " is " + wish.mac()
          + ", current value is " + deeds.mac(device));
    }
    if (wish.mtu() != 0 && wish.mtu() != device.link().mtu()) {
      throw new CniException("Error: Tuning configured MTU of " + deeds.device() + " is " + wish.mtu()
          + ", current value is " + device.link().mtu());
    }
  }
}
