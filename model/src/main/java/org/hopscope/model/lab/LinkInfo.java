package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.net.BondMode;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.GeneveSettings;
import org.hopscope.model.net.IpTunnelFlag;
import org.hopscope.model.net.IpTunnelSettings;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.net.MacvlanMode;
import org.hopscope.model.net.VxlanFlag;
import org.hopscope.model.net.VxlanSettings;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What a command says behind {@code type KIND}, when it makes a device and when it changes one (kernel rtnetlink
 * IFLA_LINKINFO). What is not said is empty: then a new device has the kernel's default, an old one stays as it is.
 */
public sealed interface LinkInfo {
  /** The driver that is meant. */
  Driver driver();

  /** {@code type dummy}. */
  record Dummy() implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.DUMMY;
    }
  }

  /**
   * {@code type vlan}.
   *
   * @param id {@code id}, which a new one must have
   * @param protocol {@code protocol}: the tag's type, 802.1Q unless said
   */
  record Vlan(Optional<Integer> id, Optional<Integer> protocol) implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.VLAN;
    }
  }

  /**
   * {@code type ipvlan}.
   *
   * @param mode {@code mode}, l3 unless said
   * @param flag {@code bridge}, {@code private} or {@code vepa}
   */
  record Ipvlan(Optional<IpvlanMode> mode, Optional<IpvlanFlag> flag) implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.IPVLAN;
    }
  }

  /**
   * {@code type bond}.
   *
   * @param mode {@code mode}, balance-rr unless said
   * @param miimon {@code miimon}, 0 unless said
   * @param primary {@code primary}, a slave's name
   * @param active {@code active_slave}, a slave's name
   */
  record Bond(Optional<BondMode> mode, Optional<Integer> miimon, Optional<String> primary, Optional<String> active)
      implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.BOND;
    }
  }

  /**
   * {@code type macvlan}.
   *
   * @param mode {@code mode}, vepa unless said
   */
  record Macvlan(Optional<MacvlanMode> mode) implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.MACVLAN;
    }
  }

  /** What is said of a tunnel. */
  sealed interface Tunnel extends LinkInfo {
    /** The header outside. */
    OuterWish outer();
  }

  /**
   * {@code type vxlan}.
   *
   * @param outer the header outside
   * @param id {@code id}, which a new one must have
   * @param port {@code dstport}, a kernel's own default unless said
   * @param sources {@code srcport}
   * @param more what else is said
   */
  record Vxlan(OuterWish outer, Optional<Integer> id, Optional<Integer> port,
      Optional<VxlanSettings.SourcePorts> sources, VxlanWish more) implements Tunnel {
    /** What makes one with the settings of another. */
    public static Vxlan like(VxlanSettings other, OuterWish outer) {
      PSortedMap<VxlanFlag, Boolean> flags = TreePMap.empty();
      for (VxlanFlag flag : VxlanFlag.values()) {
        flags = other.has(flag) == flag.isUsual() ? flags : flags.plus(flag, other.has(flag));
      }
      return new Vxlan(outer, Optional.of(other.id()), Optional.of(other.port()), Optional.of(other.sources()),
          new VxlanWish(flags, Optional.of(other.learning().ageing()), Optional.of(other.learning().limit()),
              Optional.of(other.df())));
    }

    @Override
    public Driver driver() {
      return Driver.VXLAN;
    }
  }

  /**
   * Switches of a vxlan.
   *
   * @param flags those that are said, on or off
   * @param ageing {@code ageing}, in seconds; 0 for a kernel's own default
   * @param limit {@code maxaddress}; 0 for none
   * @param df {@code df}
   */
  record VxlanWish(PSortedMap<VxlanFlag, Boolean> flags, Optional<Integer> ageing, Optional<Integer> limit,
      Optional<VxlanSettings.Df> df) {
    /** Nothing said. */
    public static final VxlanWish NONE =
        new VxlanWish(TreePMap.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * {@code type geneve}.
   *
   * @param outer the header outside, which has a far end when it is new
   * @param id {@code id}
   * @param port {@code dstport}, 6081 unless said
   * @param checksum {@code udpcsum}
   * @param df {@code df}
   */
  record Geneve(OuterWish outer, Optional<Integer> id, Optional<Integer> port, Optional<Boolean> checksum,
      Optional<VxlanSettings.Df> df) implements Tunnel {
    /** What makes one with the settings of another. */
    public static Geneve like(GeneveSettings other, OuterWish outer) {
      return new Geneve(outer, Optional.of(other.id()), Optional.of(other.port()), Optional.of(other.checksum()),
          Optional.of(other.df()));
    }

    @Override
    public Driver driver() {
      return Driver.GENEVE;
    }
  }

  /**
   * {@code type gre}, {@code gretap}, {@code ipip} or {@code sit}.
   *
   * @param driver which of them
   * @param outer the header outside
   * @param more what else is said
   */
  record IpTunnel(Driver driver, OuterWish outer, IpTunnelWish more) implements Tunnel {
    /** What makes one with the settings of another. */
    public static IpTunnel like(Driver driver, IpTunnelSettings other, OuterWish outer) {
      return new IpTunnel(driver, outer, new IpTunnelWish(other.inKey(), other.outKey(),
          Optional.of(other.has(IpTunnelFlag.PMTUDISC)), Optional.of(other.has(IpTunnelFlag.IGNORE_DF)),
          Optional.of(other.has(IpTunnelFlag.ANY))));
    }
  }

  /**
   * Keys and switches of an IP tunnel.
   *
   * @param inKey {@code ikey}
   * @param outKey {@code okey}
   * @param pmtudisc {@code pmtudisc}
   * @param ignoreDf {@code ignore-df}
   * @param any {@code mode any}
   */
  record IpTunnelWish(Optional<Integer> inKey, Optional<Integer> outKey, Optional<Boolean> pmtudisc,
      Optional<Boolean> ignoreDf, Optional<Boolean> any) {
    /** Nothing said. */
    public static final IpTunnelWish NONE =
        new IpTunnelWish(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** {@code type wireguard}; the rest is said by {@code wg set}. */
  record WireGuard() implements LinkInfo {
    @Override
    public Driver driver() {
      return Driver.WIREGUARD;
    }
  }
}
