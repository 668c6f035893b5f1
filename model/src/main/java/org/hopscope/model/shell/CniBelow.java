package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;
import org.hopscope.model.net.Device;

/**
 * macvlan, ipvlan and vlan: a device that stands on one of the host's, or of the container's with {@code linkInContainer}, and
 * no pair (plugins plugins/main/macvlan, ipvlan and vlan). No kernel was asked: the one at hand has none of them.
 */
final class CniBelow implements CniPlugin {
  private static final Map<String, Set<String>> MODES =
      Map.of("macvlan", Set.of("bridge", "private", "vepa", "passthru"),
          "ipvlan", Set.of("l2", "l3", "l3s"));

  private final CniDeeds deeds;
  private final CniContainer container;

  CniBelow(CniDeeds deeds) {
    this.deeds = deeds;
    container = new CniContainer(deeds);
  }

  private static String type(NetConf conf) throws CniException {
    return conf.text("type").orElse("");
  }

  private Optional<Device> below(NetConf conf, String name) throws CniException {
    return conf.is("linkInContainer") ? deeds.within(name) : deeds.onHost(name);
  }

  /** The device it stands on: the one that is said, or the one of the default route. */
  private String master(NetConf conf) throws CniException {
    Optional<String> said = conf.text("master").filter(m -> !m.isEmpty());
    if (said.isEmpty() && type(conf).equals("vlan")) {
      throw new CniException("\"master\" field is required. It specifies the host interface name to create the VLAN "
          + "for.");
    }
    return said.isPresent() ? said.get()
        : deeds.lab().find(conf.is("linkInContainer") ? deeds.sandbox() : deeds.host()).stream()
            .flatMap(
                n -> List.of(IpFamily.INET, IpFamily.INET6).stream().flatMap(f -> n.tables(f).main().rows().stream()))
            .filter(r -> r.destination().isDefault() && !r.hops().isEmpty()).findFirst()
            .map(r -> deeds.lab().device(r.hops().getFirst().device()).name())
            .orElseThrow(() -> new CniException("no default route interface found"));
  }

  private List<String> words(NetConf conf, String master) throws CniException {
    String type = type(conf);
    List<String> words =
        new ArrayList<>(List.of("ip", "link", "add", "link", master, "name", deeds.device()));
    if (conf.number("mtu") > 0) {
      words.addAll(List.of("mtu", "" + conf.number("mtu")));
    }
    if (type.equals("macvlan")) {
      mac(conf).ifPresent(m -> words.addAll(List.of("address", m)));
    }
    if (!conf.is("linkInContainer")) {
      words.addAll(List.of("netns", deeds.sandbox().name()));
    }
    words.addAll(type.equals("vlan") ? List.of("type", type, "id", "" + conf.number("vlanId"))
        : List.of("type", type, "mode", mode(conf)));
    return words;
  }

  private Optional<String> mac(NetConf conf) throws CniException {
    Optional<String> typed = conf.object("runtimeConfig").text("mac").or(() -> Optional.empty());
    typed = typed.isPresent() ? typed : deeds.argument("MAC");
    typed = typed.isPresent() ? typed : conf.text("mac").filter(m -> !m.isEmpty());
    if (typed.isPresent() && MacAddress.parse(typed.get()).isEmpty()) {
      throw new CniException("invalid args " + typed.get() + " for MAC addr: address " + typed.get()
          + ": invalid MAC address");
    }
    return typed;
  }

  private static String mode(NetConf conf) throws CniException {
    String type = type(conf);
    String mode = conf.text("mode").filter(m -> !m.isEmpty()).orElse(type.equals("macvlan") ? "bridge" : "l2");
    if (!MODES.get(type).contains(mode)) {
      throw new CniException("unknown " + type + " mode: \"" + mode + "\"");
    }
    return mode;
  }

  /** The master, once the configuration is known to be sound. */
  private String load(NetConf conf) throws CniException {
    try {
      String master = master(conf);
      if (type(conf).equals("vlan") && (conf.number("vlanId") < 0 || conf.number("vlanId") > 4094)) {
        throw new CniException("invalid VLAN ID " + conf.number("vlanId") + " (must be between 0 and 4095 inclusive)");
      }
      int mtu = conf.number("mtu");
      if (!type(conf).equals("ipvlan")) {
        Device below = below(conf, master).orElseThrow(() -> new CniException("Link not found"));
        if (mtu < 0 || mtu > below.link().mtu()) {
          throw new CniException("invalid MTU " + mtu + ", must be [0, master MTU(" + below.link().mtu() + ")]");
        }
      }
      return master;
    } catch (CniException wrong) {
      throw wrong.getMessage().startsWith("json: ") ? wrong.behind("failed to load netconf") : wrong;
    }
  }

  @Override
  public CniResult add(NetConf conf) throws Stop, CniException {
    String type = type(conf);
    String master = load(conf);
    deeds.openSandbox();
    make(conf, type, master);
    CniResult made = CniResult.NOTHING.withInterfaces(List.of(container.told()));
    CniResult result;
    Optional<CniResult> before = CniResult.before(conf);
    if (CniContainer.hasAddresses(conf)) {
      result = container.addresses(conf).on(0).withInterfaces(made.interfaces());
      container.orTakeBack(conf, () -> container.configure(result));
    } else if (type.equals("ipvlan") && before.filter(b -> !b.ips().isEmpty()).isPresent()) {
      result = before.get().on(0).withInterfaces(made.interfaces());
      container.configure(result);
    } else if (type.equals("macvlan")) {
      result = made;
      deeds.inside("ip", "link", "set", deeds.device(), "up");
    } else {
      throw new CniException((type.equals("vlan") ? "failed to execute IPAM delegate: " : "")
          + "no plugin name provided");
    }
    JsonValue.Fields dns = conf.object("dns").fields();
    return result.withDns(dns).refreshed(deeds);
  }

  private void make(NetConf conf, String type, String master) throws Stop, CniException {
    String[] words;
    words = words(conf, master).toArray(String[]::new);
    if (below(conf, master).isEmpty()) {
      throw new CniException("failed to lookup master \"" + master + "\": Link not found");
    }
    if (deeds.within(deeds.device()).isPresent()) {
      throw new CniException("failed to rename " + type + " to \"" + deeds.device() + "\": file exists");
    }
    try {
      if (conf.is("linkInContainer")) {
        deeds.inside(words);
      } else {
        deeds.host(words);
      }
    } catch (CniException wrong) {
      throw wrong.behind("failed to create " + type);
    }
  }

  @Override
  public void delete(NetConf conf) throws Stop, CniException {
    if (type(conf).equals("vlan")) {
      load(conf);
    }
    if (CniContainer.hasAddresses(conf) || type(conf).equals("vlan")) {
      container.takeBack(conf);
    }
    container.drop();
  }

  @Override
  public void check(NetConf conf) throws Stop, CniException {
    String type = type(conf);
    boolean small = type.equals("macvlan");
    String before = type.equals("vlan") ? "vlan: " : "";
    deeds.openSandbox();
    if (CniContainer.hasAddresses(conf) || type.equals("vlan")) {
      container.checkAddresses(conf);
    }
    CniResult told = CniContainer.required(conf, before + (small ? "required" : "Required") + " prevResult missing");
    CniResult.Interface own = container.own(told, small ? "sandbox" : "Sandbox");
    String master = conf.text("master").orElse("");
    if (below(conf, master).isEmpty()) {
      throw new CniException("failed to lookup master \"" + master + "\": Link not found");
    }
    Device device = deeds.within(own.name()).orElseThrow(() -> new CniException(before + (small ? "container"
        : "Container") + " Interface name in prevResult: " + own.name() + " not found"));
    if (!device.kind().driver().name().toLowerCase(Locale.ROOT).equals(type)) {
      throw new CniException((small ? "error" : "Error") + ": Container interface " + own.name() + " not of type "
          + type);
    }
    if (!own.mac().isEmpty() && !own.mac().equals(deeds.mac(device))) {
      throw new CniException(before + (small ? "interface " : "Interface ") + own.name() + " Mac " + own.mac()
          + " doesn't match container Mac: " + deeds.mac(device));
    }
    container.checkResult(told);
  }
}
