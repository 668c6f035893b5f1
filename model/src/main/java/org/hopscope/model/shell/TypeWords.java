package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Driver;

/**
 * What iproute2 knows of a kind of device: the words behind {@code type KIND}, and what {@code ip -d link} prints of
 * one (struct link_util). One class for each driver.
 */
interface TypeWords {
  /** Reads the words behind {@code type KIND} to the end. */
  LinkInfo read(Prompt prompt, Args args) throws Stop;

  /** What the tool asks of the words for a new device, and what it prints beside making one. */
  default List<String> remarks(LinkInfo info) throws Stop {
    return List.of();
  }

  /** The same words for what was read, each with a blank in front; empty when nothing was said. */
  String write(LinkInfo info);

  /** What {@code ip -d link} prints of a device. */
  List<Detail> details(LabState lab, Device device);

  /**
   * A detail of a device.
   *
   * @param text as {@code ip -d link} prints it; empty when only JSON has it
   * @param key its name in {@code ip -d -j link}; empty when only the text has it
   * @param value its value there
   */
  record Detail(String text, String key, Object value) {
    /** One that is printed as its name and its value. */
    static Detail of(String key, Object value) {
      return new Detail(key + " " + value, key, value);
    }
  }

  /** The words of a driver; empty for those whose devices are made in ways of their own. */
  static Optional<TypeWords> of(Driver driver) {
    return switch (driver) {
      case LOOPBACK, NIC, VETH, BRIDGE, OPENVSWITCH -> Optional.empty();
      case DUMMY -> Optional.of(new PlainWords(new LinkInfo.Dummy()));
      case TUN, TAP -> Optional.of(new TunWords());
      case VLAN -> Optional.of(new VlanWords());
      case IPVLAN -> Optional.of(new IpvlanWords());
      case BOND -> Optional.of(new BondWords());
      case WIREGUARD -> Optional.of(new PlainWords(new LinkInfo.WireGuard()));
      case MACVLAN -> Optional.of(new MacvlanWords());
      case VXLAN -> Optional.of(new VxlanWords());
      case GENEVE -> Optional.of(new GeneveWords());
      case GRE, GRETAP, IPIP, SIT -> Optional.of(new IpTunnelWords(driver));
    };
  }

  /** An option that the kind has not (iproute2's parsers say so and exit with 1). */
  static Stop unknown(String kind, String option) {
    return Stop.exit(1, kind + ": unknown option \"" + option + "\"?", "Usage: ... " + kind);
  }
}
