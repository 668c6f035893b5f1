package org.hopscope.model.kube.linux;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.kube.Digest;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.lab.RouteOptions;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/** Edits that are made again and again, and names and addresses that real programs draw and the model derives. */
final class Made {
  private Made() {
  }

  /** All addresses of a family. */
  static IpPrefix any(IpFamily family) {
    return new IpPrefix(family == IpFamily.INET ? Ipv4Address.ANY : Ipv6Address.ANY, 0);
  }

  /**
   * That a device asks nobody whether its IPv6 addresses are somebody's already, so that they can be used at once. The bridge
   * plugin of CNI does so in pods (containernetworking/plugins plugins/main/bridge); elsewhere the model leaves out the second
   * or two that a real node waits.
   *
   * @param device a device's name, or {@code default} for those to come
   */
  static Edit trusting(NetnsId netns, String device) {
    return sysctl(netns, "net.ipv6.conf." + device + ".accept_dad", "0");
  }

  static Edit up(DeviceRef device) {
    return new Edit.SetLink(device, LinkChange.up(true));
  }

  static Edit port(DeviceRef device, String bridge) {
    return new Edit.SetLink(device, new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.of(true), Optional.of(bridge)));
  }

  static Edit address(DeviceRef device, IpAddress address, int length) {
    return new Edit.AddAddress(device, NewAddress.of(new InterfaceAddress(address, length)), false);
  }

  static Edit sysctl(NetnsId netns, String key, String value) {
    return new Edit.WriteSysctl(netns, key, value);
  }

  static NewRoute via(IpPrefix destination, IpAddress gateway, String device, boolean onlink) {
    return new NewRoute(destination, RouteType.UNICAST, Optional.of(gateway), Optional.of(device), onlink,
        RouteOptions.NONE);
  }

  /** To somebody who is right behind a device ({@code scope link}). */
  static NewRoute link(IpAddress to, String device) {
    return link(IpPrefix.host(to), device);
  }

  static NewRoute link(IpPrefix to, String device) {
    return new NewRoute(to, RouteType.UNICAST, Optional.empty(), Optional.of(device), false,
        new RouteOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Scope.LINK),
            Optional.empty(), Route.Metrics.NONE));
  }

  static Edit add(NetnsId netns, NewRoute route) {
    return new Edit.AddRoute(netns, route, RouteMode.ADD);
  }

  static List<Edit> delete(NetnsId netns, NewRoute route) {
    return List.of(new Edit.DeleteRoute(netns, route, true));
  }

  static Edit bridge(DeviceRef device, Optional<Integer> mtu) {
    return new Edit.AddBridge(new NewLink(device, Optional.empty(), mtu, Optional.empty(), false),
        BridgeChange.NONE);
  }

  /** A locally administered hardware address that follows from a name. */
  static MacAddress mac(String name) {
    byte[] digest = Digest.SHA_1.of(name);
    digest[0] = (byte) (digest[0] & 0xfc | 0x02);
    long bits = 0;
    for (int i = 0; i < MacAddress.BYTES; i++) {
      bits = bits << Byte.SIZE | digest[i] & 0xff;
    }
    return new MacAddress(bits);
  }

  /** Hexadecimal digits that follow from a name. */
  static String hex(String name, int digits) {
    return HexFormat.of().formatHex(Digest.SHA_1.of(name)).substring(0, digits);
  }
}
