package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.control.ControlStep;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.Route;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.sim.RouteQuestion;

/** What a question was answered with, as data: the source of its text, its JSON and the oracle's facts. */
public sealed interface Answer {
  /** The command answered nothing. */
  record Nothing() implements Answer {
  }

  /**
   * Devices, with or without their addresses and details, in the order printed; {@code family} when only its addresses
   * were asked for, and {@code plain} when the kernel left out what kind of devices they are.
   */
  record Links(LabState lab, NetnsId netns, List<DeviceId> devices, boolean withAddresses, boolean details,
      Optional<IpFamily> family, boolean plain) implements Answer {
  }

  /**
   * Rows of routing tables in the order printed; {@code hidden} names the parts that iproute2 leaves out since they were
   * asked for: out of {@code table dev proto scope via src metric}.
   */
  record Routes(LabState lab, NetnsId netns, List<Row> rows, Set<String> hidden) implements Answer {
    /**
     * A row and the number of its table.
     *
     * @param incoming the device by which a packet was said to come in, where that is told with the row
     */
    public record Row(int table, Route route, Optional<String> incoming) {
      public Row(int table, Route route) {
        this(table, route, Optional.empty());
      }
    }
  }

  /** Policy rules in the order in which they are asked. */
  record Rules(List<PolicyRule> rows) implements Answer {
  }

  /** The row of a routing table that a packet would take. */
  record RouteMatched(LabState lab, Routes.Row row) implements Answer {
  }

  /** The route that a packet would take. */
  record RouteGot(LabState lab, Way way) implements Answer {
  }

  /**
   * Which way a packet would take, as {@code ip route get} tells it.
   *
   * @param to where to
   * @param type for whom it is
   * @param via the gateway
   * @param device the name of the device it leaves by; {@code lo} for an own address
   * @param source the source address chosen for it, unless it was given
   * @param from the source address that was given
   * @param detail the rest
   */
  record Way(IpAddress to, RouteQuestion.Type type, Optional<IpAddress> via, String device,
      Optional<IpAddress> source, Optional<IpAddress> from, Detail detail) {
    /**
     * What else is told.
     *
     * @param table the table that answered, where rules had a choice
     * @param incoming the name of the device it comes in by
     * @param mark its mark, 0 for none
     * @param metrics what is said about the path, its MTU only where it is less than the device's
     * @param redirects whether its sender would be told of a better gateway
     * @param redirected whether the gateway was told by a redirect
     * @param expiresIn for how many more seconds what ICMP told is remembered, if it told anything
     * @param row the row that matched, of which IPv6's answer tells
     */
    public record Detail(Optional<Integer> table, Optional<String> incoming, int mark, Route.Metrics metrics,
        boolean redirects, boolean redirected, Optional<Long> expiresIn, Optional<Route> row) {
    }
  }

  /** Whom devices answer for. */
  record Proxies(LabState lab, List<Neighbour.Key> keys) implements Answer {
  }

  /** Rows of a neighbour table. */
  record Neighbours(LabState lab, NetnsId netns, List<Neighbour> rows) implements Answer {
  }

  /**
   * Rows of forwarding databases, own addresses included.
   *
   * @param named whether each row says its device; it does not when one port was asked for
   */
  record Fdb(LabState lab, NetnsId netns, List<Row> rows, boolean named) implements Answer {
    /**
     * A row and the device in whose database it stands.
     *
     * @param self whether it is an address that the device itself listens to, and no row of a bridge
     */
    public record Row(DeviceId owner, FdbEntry entry, boolean self) {
    }
  }

  /**
   * Bridges with their ports, as {@code brctl show} lists them.
   *
   * @param lab the lab
   * @param bridges in the order shown
   */
  record Bridges(LabState lab, List<DeviceId> bridges) implements Answer {
    public Bridges {
      bridges = List.copyOf(bridges);
    }
  }

  /** Ports of bridges. */
  record Ports(LabState lab, List<DeviceId> ports) implements Answer {
  }

  /** Tun and tap devices. */
  record Tuntap(List<Device> devices) implements Answer {
  }

  /** Namespaces of a host. */
  record NetnsNames(List<NetnsId> names) implements Answer {
  }

  /** What a probe saw, and how much of it was asked for. */
  record Probed(Probe probe, ProbeResult result, Detail detail) implements Answer {
    /** How much of a probe is told. */
    public enum Detail {
      /** Everything, as a set. */
      ALL,
      /** Everything, in the order of its tries. */
      IN_ORDER,
      /** The sum only: {@code ping -q}. */
      SUM
    }
  }

  /**
   * Chains of the packet filter.
   *
   * @param tables the tables listed
   * @param chain the one chain asked for; empty for all
   * @param counters whether what they counted was asked for
   * @param state what they counted
   */
  record FilterRules(List<RuleTable> tables, Optional<String> chain, boolean counters, NetfilterState state)
      implements Answer {
    public FilterRules {
      tables = List.copyOf(tables);
    }
  }

  /** What {@code ip monitor} told, line by line. */
  record Events(List<String> lines) implements Answer {
    public Events {
      lines = List.copyOf(lines);
    }
  }

  /** What {@code nft} listed, line by line. */
  record Tables(List<String> lines) implements Answer {
    public Tables {
      lines = List.copyOf(lines);
    }
  }

  /**
   * What the control plane of a cluster did, step by step, and then the programs on its nodes: the way from a manifest to the
   * rows.
   */
  record Controlled(List<ControlStep> steps, List<Reconciler.Wrote> wrote) implements Answer {
    public Controlled {
      steps = List.copyOf(steps);
      wrote = List.copyOf(wrote);
    }
  }

  /** Tracked connections. */
  record Connections(List<Connection> connections) implements Answer {
    public Connections {
      connections = List.copyOf(connections);
    }
  }

  /** Sysctl keys and their values. */
  record Settings(SortedMap<String, String> values) implements Answer {
  }

  /** Facts of every namespace; {@code parts} out of links, routes, neigh, fdb. */
  record Dump(LabState lab, Set<String> parts) implements Answer {
  }
}
