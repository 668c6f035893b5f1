package org.hopscope.model.kube.cni;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;

/**
 * A network configuration list (CNI specification 1.0.0, section 1): plugins that are called one after the other.
 *
 * @param version the version of the results
 * @param name the network's name
 * @param plugins at least one
 */
public record Conflist(String version, String name, List<Plugin> plugins) {
  public Conflist {
    plugins = List.copyOf(plugins);
  }

  /**
   * One plugin's configuration.
   *
   * @param type the program's name
   * @param settings what is said with one word: texts, numbers, true and false
   * @param ipam who gives addresses
   * @param mappings which ports of the node lead to it, of {@code portmap}
   * @param delegate what {@code flannel} tells the plugin that it calls
   */
  public record Plugin(String type, Map<String, String> settings, Optional<Ipam> ipam, List<PortMapping> mappings,
      Map<String, String> delegate) {
    public Plugin {
      settings = Map.copyOf(settings);
      mappings = List.copyOf(mappings);
      delegate = Map.copyOf(delegate);
    }

    /** A setting, if it is said. */
    public Optional<String> setting(String name) {
      return Optional.ofNullable(settings.get(name));
    }

    /** Whether a switch is on. */
    public boolean is(String name) {
      return setting(name).filter("true"::equals).isPresent();
    }
  }

  /**
   * Who gives addresses, and which routes go with them.
   *
   * @param type only {@code host-local} gives any
   * @param ranges from which blocks, one address of each
   * @param routes what the container gets besides
   */
  public record Ipam(String type, List<Range> ranges, List<Route> routes) {
    public Ipam {
      ranges = List.copyOf(ranges);
      routes = List.copyOf(routes);
    }
  }

  /**
   * A block of addresses.
   *
   * @param first the first address that is given; the one behind the network's own unless said
   * @param last the last one; the one before the broadcast address unless said
   * @param gateway which is never given; the first of the block unless said
   */
  public record Range(IpPrefix subnet, Optional<IpAddress> first, Optional<IpAddress> last,
      Optional<IpAddress> gateway) {
  }

  /** A route: its gateway is the range's unless said. */
  public record Route(IpPrefix to, Optional<IpAddress> via) {
  }

  /** A port of the node that leads to one of the container. */
  public record PortMapping(int hostPort, int containerPort, String protocol) {
  }
}
