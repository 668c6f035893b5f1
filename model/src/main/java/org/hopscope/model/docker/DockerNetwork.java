package org.hopscope.model.docker;

import java.util.Optional;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.net.MacvlanMode;

/**
 * A network of {@code docker network}.
 *
 * @param name unique on its machine
 * @param id 64 hexadecimal digits; 25 digits and letters where a swarm has it in common
 * @param driver what carries it
 * @param pool its addresses; none where containers get none
 * @param pool6 its addresses of IPv6 ({@code --ipv6}); of bridges and macvlans
 */
public record DockerNetwork(String name, String id, Driver driver, Optional<Pool> pool, Optional<Pool6> pool6) {
  /** The network of the host by which containers of overlay networks reach what is elsewhere (libnetwork libnGWNetwork). */
  public static final String GATEWAY = "docker_gwbridge";

  /** One without IPv6. */
  public DockerNetwork(String name, String id, Driver driver, Optional<Pool> pool) {
    this(name, id, driver, pool, Optional.empty());
  }

  /**
   * The addresses of IPv6 of a network.
   *
   * @param subnet all of them
   * @param gateway the bridge's own
   * @param chosen whether the subnet was asked for
   * @param mode what becomes of its containers' addresses on the way out, and of those who ask for them from outside
   * @param forwards whether Docker switched forwarding on for it, and so lets nothing else be forwarded
   */
  public record Pool6(IpPrefix subnet, Ipv6Address gateway, boolean chosen, GatewayMode mode, boolean forwards) {
    /** A bridge as it is for IPv6. */
    public Bridge of(Bridge bridge) {
      return new Bridge(bridge.device(), bridge.icc(), bridge.masquerade(), bridge.isInternal(), mode);
    }
  }

  /**
   * The addresses of a network.
   *
   * @param subnet all of them
   * @param gateway the one that containers send to what is elsewhere
   * @param chosen whether the subnet was asked for: only then a container may ask for an address
   */
  public record Pool(IpPrefix subnet, Ipv4Address gateway, boolean chosen) {
  }

  /** What carries a network. */
  public sealed interface Driver {
    /** The word behind {@code -d}. */
    String word();

    /** Whether it leads nowhere else ({@code --internal}). */
    boolean isInternal();
  }

  /**
   * A Linux bridge.
   *
   * @param device its name ({@code com.docker.network.bridge.name})
   * @param icc whether containers may talk to each other ({@code enable_icc})
   * @param masquerade whether they are hidden behind the host ({@code enable_ip_masquerade})
   * @param isInternal {@code --internal}
   * @param gateway what the host does for packets from elsewhere ({@code gateway_mode_ipv4})
   */
  public record Bridge(String device, boolean icc, boolean masquerade, boolean isInternal, GatewayMode gateway)
      implements Driver {
    @Override
    public String word() {
      return "bridge";
    }
  }

  /** Modes of a bridge's gateway. */
  public enum GatewayMode {
    /** Published ports are translated; the container's own address is closed. */
    NAT("nat"),
    /** Published ports are translated; the container's own address is open too. */
    NAT_UNPROTECTED("nat-unprotected"),
    /** Nothing is translated; published ports are open at the container's own address. */
    ROUTED("routed");

    private final String word;

    GatewayMode(String word) {
      this.word = word;
    }

    /** Behind {@code gateway_mode_ipv4=}. */
    public String word() {
      return word;
    }
  }

  /**
   * Devices of their own on a card of the host (sem-D7).
   *
   * @param parent the card
   * @param mode {@code macvlan_mode}, bridge unless said
   * @param isInternal {@code --internal}: without a default route
   */
  public record Macvlan(String parent, MacvlanMode mode, boolean isInternal) implements Driver {
    @Override
    public String word() {
      return "macvlan";
    }
  }

  /**
   * Devices that share the hardware address of a card of the host (sem-D8).
   *
   * @param parent the card
   * @param mode {@code ipvlan_mode}, l2 unless said
   * @param flag {@code ipvlan_flag}, bridge unless said
   * @param isInternal {@code --internal}: without a default route
   */
  public record Ipvlan(String parent, IpvlanMode mode, IpvlanFlag flag, boolean isInternal) implements Driver {
    @Override
    public String word() {
      return "ipvlan";
    }
  }

  /**
   * One over all hosts of a swarm: their containers share a wire, whose frames travel in UDP.
   *
   * @param vni the number of its VXLAN
   * @param use who may join it
   * @param mtu the longest packet between hosts ({@code com.docker.network.driver.mtu}); containers' own are shorter by 50
   * @param isInternal {@code --internal}: without a way to what is elsewhere
   */
  public record Overlay(int vni, Use use, int mtu, boolean isInternal) implements Driver {
    /** What stands in front of a packet inside: IP, UDP and VXLAN headers, and the frame's own (overlay.go vxlanEncap). */
    private static final int ENCAPSULATION = 50;
    /** Where nothing is said of it. */
    public static final int USUAL_MTU = 1500;

    /** Who may join an overlay network. */
    public enum Use {
      /** Services only. */
      SERVICES("services"),
      /** Containers too ({@code --attachable}). */
      ATTACHABLE("attachable"),
      /** The one by which ports of services are published. */
      INGRESS("ingress");

      private final String word;

      Use(String word) {
        this.word = word;
      }

      /** As a lab file says it. */
      public String word() {
        return word;
      }
    }

    @Override
    public String word() {
      return "overlay";
    }

    /** The longest packet of a container. */
    public int innerMtu() {
      return mtu - ENCAPSULATION;
    }
  }

  /** The host's own namespace. */
  public record HostNetwork() implements Driver {
    @Override
    public String word() {
      return "host";
    }

    @Override
    public boolean isInternal() {
      return false;
    }
  }

  /** No network but lo. */
  public record NoNetwork() implements Driver {
    @Override
    public String word() {
      return "null";
    }

    @Override
    public boolean isInternal() {
      return false;
    }
  }

  /** Whether containers in it have a way to what is elsewhere by it. */
  public boolean leadsOut() {
    return pool.isPresent() && !driver.isInternal() && !isShared();
  }

  /** Whether the hosts of a swarm have it in common. */
  public boolean isShared() {
    return driver instanceof Overlay;
  }

  /** {@code swarm} or {@code local}. */
  public String scope() {
    return isShared() ? "swarm" : "local";
  }

  /** Whether it is the one by which ports of a swarm's services are published. */
  public boolean isIngress() {
    return driver instanceof Overlay overlay && overlay.use() == Overlay.Use.INGRESS;
  }

  /** Whether {@code docker run} may put a container into it. */
  public boolean isJoinable() {
    return !isGateway() && !(driver instanceof Overlay overlay && overlay.use() != Overlay.Use.ATTACHABLE);
  }

  /** Whether it is the one that containers of overlay networks send by to what is elsewhere. */
  public boolean isGateway() {
    return name.equals(GATEWAY);
  }

  /** The three networks that are always there. */
  public boolean isPredefined() {
    return name.equals("bridge") || name.equals("host") || name.equals("none");
  }

  /** Whether containers in it find each other by name (sem-D6). */
  public boolean hasNames() {
    return !isPredefined() && !isGateway();
  }
}
