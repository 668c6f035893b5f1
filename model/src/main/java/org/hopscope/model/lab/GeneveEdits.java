package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Device.LinkSettings;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.GeneveSettings;
import org.hopscope.model.net.Outer;
import org.hopscope.model.net.VxlanSettings;

/**
 * Geneves when they are made and changed (kernel drivers/net/geneve.c). Not checked against a kernel: the one at hand has
 * none. Left out: metadata mode, options, flow labels, {@code innerprotoinherit}.
 */
final class GeneveEdits {
  /** What stands in front of a frame: UDP and GENEVE headers, and the frame's own. */
  private static final int BESIDES_IP = 8 + 8 + 14;

  private GeneveEdits() {
  }

  /** geneve_validate: what is wrong whatever there is. */
  static void validate(NewLink wish, LinkInfo.Geneve info) {
    wish.mac().filter(m -> !m.isAssignable()).ifPresent(m -> {
      throw RefusedException.kernel(Errno.EADDRNOTAVAIL, "Provided Ethernet address is not unicast.");
    });
    info.id().filter(i -> i < 0 || i >= VxlanSettings.END_OF_IDS).ifPresent(i -> {
      throw RefusedException.kernel(Errno.ERANGE, "Geneve ID must be lower than 16777216.");
    });
    info.outer().remote().filter(IpAddress::isMulticast).ifPresent(r -> {
      throw RefusedException.kernel(Errno.EINVAL, switch (r.family()) {
        case INET -> "Remote IPv4 address cannot be Multicast.";
        case INET6 -> "Remote IPv6 address cannot be Multicast.";
      });
    });
    info.outer().remote().filter(r -> r.family() == IpFamily.INET6 && r.isLinkLocal()).ifPresent(r -> {
      throw RefusedException.kernel(Errno.EINVAL, "Remote IPv6 address cannot be link-local.");
    });
  }

  /** geneve_newlink. */
  static LabState add(LabState lab, NewLink wish, LinkInfo.Geneve info) {
    Find.netns(lab, info.outer().home());
    if (!info.outer().home().host().equals(wish.ref().netns().host())) {
      throw Moves.noSuchNetns(wish.ref().netns());
    }
    Outer outer = info.outer().fresh(lab, Outer.Ttl.AUTO);
    boolean six = outer.remote().filter(r -> r.family() == IpFamily.INET6).isPresent();
    GeneveSettings fresh = new GeneveSettings(info.id().orElse(0),
        info.port().filter(p -> p > 0).orElse(GeneveSettings.KERNEL_PORT), info.checksum().orElse(six),
        info.df().orElse(VxlanSettings.Df.UNSET));
    DeviceKind.Geneve kind = new DeviceKind.Geneve(info.outer().home(), outer, fresh);
    for (Device other : lab.tunnelsOf(kind.home())) {
      boolean same = other.kind() instanceof DeviceKind.Geneve geneve && geneve.settings().id() == fresh.id()
          && geneve.settings().port() == fresh.port() && geneve.outer().remote().equals(outer.remote());
      if (same) {
        throw RefusedException.kernel(Errno.EBUSY);
      }
    }
    int mtu = wish.mtu().map(m -> fitting(kind, m)).orElseGet(() -> boundMtu(lab, kind, kind.driver().mtu().usual()));
    LabState made = Creation.add(lab,
        new NewLink(wish.ref(), wish.mac(), Optional.of(mtu), wish.index(), wish.up()), kind);
    return Moves.knows(made, wish.ref().netns(), info.outer().home());
  }

  /** geneve_change_mtu. */
  static int fitting(DeviceKind.Geneve kind, int mtu) {
    int most = kind.driver().mtu().max() - ip(kind.family());
    return Math.clamp(mtu, kind.driver().mtu().min(), most);
  }

  /** geneve_link_config: what the way to the far end carries just now; without a way it stays as it was. */
  private static int boundMtu(LabState lab, DeviceKind.Geneve kind, int before) {
    return kind.outer().remote().flatMap(r -> Ways.device(lab, kind.home(), r, Optional.empty()))
        .map(d -> Links.mtuOf(lab, d) - BESIDES_IP - ip(kind.family())).filter(m -> m > 0).map(m -> fitting(kind, m))
        .orElse(before);
  }

  private static int ip(IpFamily family) {
    return switch (family) {
      case INET -> 20;
      case INET6 -> 40;
    };
  }

  /** geneve_changelink. */
  static LabState set(LabState lab, Device device, LinkInfo.Geneve info) {
    DeviceKind.Geneve old = (DeviceKind.Geneve) device.kind();
    boolean refused = info.id().filter(i -> i != old.settings().id()).isPresent() || info.port().isPresent()
        || info.checksum().isPresent() || info.outer().remote().filter(r -> r.family() != old.family()).isPresent();
    if (refused) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP, "Changing VNI, Port, endpoint IP address family, external, "
          + "inner_proto_inherit, and UDP checksum attributes are not supported.");
    }
    Outer outer = info.outer().over(lab, old.outer());
    DeviceKind.Geneve kind = new DeviceKind.Geneve(old.home(), outer,
        old.settings().withDf(info.df().orElse(old.settings().df())));
    LinkSettings link = device.link();
    int mtu = outer.remote().equals(old.outer().remote()) ? link.mtu() : boundMtu(lab, kind, link.mtu());
    return lab.with(device.withKind(kind).withLink(link.withMtu(mtu, link.mtuByHand())));
  }
}
