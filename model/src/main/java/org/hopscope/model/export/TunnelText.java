package org.hopscope.model.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.GeneveSettings;
import org.hopscope.model.net.IpTunnelFlag;
import org.hopscope.model.net.IpTunnelSettings;
import org.hopscope.model.net.Outer;
import org.hopscope.model.net.Remote;
import org.hopscope.model.net.VxlanFlag;
import org.hopscope.model.net.VxlanSettings;

/** Tunnels as they are typed. */
final class TunnelText {
  private TunnelText() {
  }

  /** What stands behind the name: {@code type KIND …}. */
  static String type(LabState lab, DeviceKind.Tunnel tunnel) {
    return "type " + tunnel.driver().word() + switch (tunnel) {
      case DeviceKind.Vxlan vxlan -> vxlan(lab, vxlan);
      case DeviceKind.Geneve(var _, Outer outer, GeneveSettings own) -> " id " + own.id() + outer(lab, outer)
          + " dstport " + own.port() + (own.checksum() ? " udpcsum" : "")
          + (own.df() == VxlanSettings.Df.UNSET ? "" : " df " + own.df().name().toLowerCase(Locale.ROOT));
      case DeviceKind.IpTunnel ip -> ip(lab, ip);
    };
  }

  private static String vxlan(LabState lab, DeviceKind.Vxlan vxlan) {
    VxlanSettings own = vxlan.settings();
    String flags = Arrays.stream(VxlanFlag.values()).filter(f -> own.has(f) != f.isUsual())
        .map(f -> (own.has(f) ? " " : " no") + f.word()).collect(Collectors.joining());
    return " id " + own.id() + outer(lab, vxlan.outer()) + " dstport " + own.port()
        + (own.sources().equals(VxlanSettings.SourcePorts.ANY) ? ""
            : " srcport " + own.sources().low() + " " + own.sources().high())
        + flags
        + (own.learning().ageing() == VxlanSettings.Learning.USUAL.ageing() ? "" : " ageing " + own.learning().ageing())
        + (own.learning().limit() == 0 ? "" : " maxaddress " + own.learning().limit())
        + (own.df() == VxlanSettings.Df.UNSET ? "" : " df " + own.df().name().toLowerCase(Locale.ROOT));
  }

  /** Their TTL is inherited unless one is said. */
  private static String ip(LabState lab, DeviceKind.IpTunnel tunnel) {
    IpTunnelSettings own = tunnel.settings();
    boolean gre = tunnel.driver() == Driver.GRE || tunnel.driver() == Driver.GRETAP;
    String mode = own.has(IpTunnelFlag.ANY) ? "any" : tunnel.driver() == Driver.SIT ? "ip6ip" : "ipip";
    return outer(lab, tunnel.outer())
        + own.inKey().map(k -> " ikey " + Integer.toUnsignedString(k)).orElse("")
        + own.outKey().map(k -> " okey " + Integer.toUnsignedString(k)).orElse("")
        + (own.has(IpTunnelFlag.PMTUDISC) ? "" : " nopmtudisc")
        + (own.has(IpTunnelFlag.IGNORE_DF) ? " ignore-df" : "") + (gre ? "" : " mode " + mode);
  }

  private static String outer(LabState lab, Outer outer) {
    return outer.remote().map(r -> (r.isMulticast() ? " group " : " remote ") + r).orElse("")
        + outer.local().map(l -> " local " + l).orElse("")
        + outer.device().map(d -> " dev " + lab.device(d).name()).orElse("") + switch (outer.ttl()) {
          case Outer.Ttl.Auto _ -> "";
          case Outer.Ttl.Inherit _ -> " ttl inherit";
          case Outer.Ttl.Fixed(int hops) -> " ttl " + hops;
        } + (outer.inheritTos() ? " tos inherit" : "");
  }

  /** A far end behind {@code bridge fdb append}. */
  static String remote(LabState lab, Remote remote) {
    return " dst " + remote.address() + remote.port().map(p -> " port " + p).orElse("")
        + remote.vni().map(v -> " vni " + v).orElse("")
        + remote.via().map(v -> " via " + lab.device(v).name()).orElse("");
  }
}
