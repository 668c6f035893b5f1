package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.NetConf;
import org.hopscope.model.net.Device;

/**
 * host-device: a device of the host itself moves into the container, and back (plugins plugins/main/host-device). Devices are
 * named by {@code device} or {@code hwaddr}; {@code kernelpath} and {@code pciBusID} are refused by name.
 */
final class CniHostDevice implements CniPlugin {
  private final CniDeeds deeds;
  private final CniContainer container;

  CniHostDevice(CniDeeds deeds) {
    this.deeds = deeds;
    container = new CniContainer(deeds);
  }

  /** The device of the host that is meant, if it is there. */
  private Optional<Device> meant(NetConf conf) throws Stop, CniException {
    for (String name : List.of("kernelpath", "pciBusID")) {
      if (conf.text(name).filter(v -> !v.isEmpty()).isPresent()) {
        throw Stop.unsupported("cni host-device " + name);
      }
    }
    Optional<String> name = conf.text("device").filter(d -> !d.isEmpty());
    Optional<String> mac = conf.text("hwaddr").filter(d -> !d.isEmpty());
    if (name.isEmpty() && mac.isEmpty()) {
      throw new CniException("specify either \"device\", \"hwaddr\", \"kernelpath\" or \"pciBusID\"");
    }
    return name.isPresent() ? deeds.onHost(name.get())
        : deeds.lab().devicesOf(deeds.host()).stream().filter(d -> deeds.mac(d).equalsIgnoreCase(mac.get()))
            .findFirst();
  }

  @Override
  public CniResult add(NetConf conf) throws Stop, CniException {
    Optional<Device> meant = meant(conf);
    deeds.openSandbox();
    String name = meant.map(Device::name).orElseThrow(() -> new CniException("failed to find host device: "
        + (conf.has("device") ? "Link not found" : "failed to find physical interface")));
    String device = deeds.device();
    try {
      deeds.host("ip", "link", "set", name, "netns", deeds.sandbox().name());
      deeds.inside("ip", "link", "set", "dev", name, "down");
      deeds.inside("ip", "link", "set", "dev", name, "alias", name);
      if (!name.equals(device)) {
        renamed(name, device);
      }
      deeds.inside("ip", "link", "set", device, "up");
    } catch (CniException wrong) {
      throw new CniException("failed to move link " + wrong.getMessage());
    }
    CniResult made = CniResult.NOTHING.withInterfaces(List.of(container.told()));
    if (!CniContainer.hasAddresses(conf)) {
      return made.refreshed(deeds);
    }
    CniResult result = container.addresses(conf).on(0).withInterfaces(made.interfaces());
    container.orTakeBack(conf, () -> container.configure(result));
    return result.withDns(conf.object("dns").fields()).refreshed(deeds);
  }

  private void renamed(String name, String device) throws Stop, CniException {
    try {
      deeds.inside("ip", "link", "set", "dev", name, "name", device);
    } catch (CniException wrong) {
      throw wrong.behind("failed to rename device \"" + name + "\" to \"" + device + "\"");
    }
  }

  @Override
  public void delete(NetConf conf) throws Stop, CniException {
    meant(conf);
    if (deeds.call().netns().isEmpty()) {
      return;
    }
    deeds.openSandbox();
    if (CniContainer.hasAddresses(conf)) {
      container.takeBack(conf);
    }
    String device = deeds.device();
    Device inside = deeds.within(device).orElseThrow(() -> new CniException("failed to find \"" + device
        + "\": Link not found"));
    String name = inside.link().traits().alias().orElse("");
    deeds.inside("ip", "link", "set", device, "down");
    if (!name.equals(device)) {
      try {
        deeds.inside("ip", "link", "set", "dev", device, "name", name);
      } catch (CniException wrong) {
        throw wrong.behind("failed to restore \"" + device + "\" to original name \"" + name + "\"");
      }
    }
    moveBack(name);
  }

  /** {@code 1}: the namespace of the host's first process, where the plugin itself runs. */
  private void moveBack(String name) throws Stop, CniException {
    try {
      deeds.inside("ip", "link", "set", "dev", name, "netns", deeds.host().isRoot() ? "1" : deeds.host().name());
    } catch (CniException wrong) {
      throw wrong.behind("failed to move \"" + name + "\" to host netns");
    }
  }

  @Override
  public void check(NetConf conf) throws Stop, CniException {
    meant(conf);
    deeds.openSandbox();
    if (CniContainer.hasAddresses(conf)) {
      container.checkAddresses(conf);
    }
    CniResult before = CniContainer.required(conf, "Required prevResult missing");
    CniResult.Interface own = container.own(before, "Sandbox");
    Device device =
        deeds.within(own.name()).orElseThrow(() -> new CniException("Container Interface name in prevResult: "
            + own.name() + " not found"));
    if (!own.mac().isEmpty() && !own.mac().equals(deeds.mac(device))) {
      throw new CniException("Interface " + own.name() + " Mac " + own.mac() + " doesn't match container Mac: " + deeds
          .mac(device));
    }
    container.checkResult(before);
  }
}
