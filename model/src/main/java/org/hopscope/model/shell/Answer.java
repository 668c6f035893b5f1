package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.trace.Lookup;

/** What a question was answered with, as data: the source of its text, its JSON and the oracle's facts. */
public sealed interface Answer {
  /** The command answered nothing. */
  record Nothing() implements Answer {
  }

  /** Devices, with or without their addresses and details, in the order printed. */
  record Links(LabState lab, NetnsId netns, List<DeviceId> devices, boolean withAddresses, boolean details)
      implements Answer {
  }

  /** Rows of routing tables in the order printed; {@code withTable} when rows of several tables are among them. */
  record Routes(LabState lab, NetnsId netns, List<Row> rows, boolean withTable) implements Answer {
    /** A row and the number of its table. */
    public record Row(int table, Route route) {
    }
  }

  /** The route that a packet would take. */
  record RouteGot(LabState lab, Lookup.RouteLookup lookup) implements Answer {
  }

  /** Rows of a neighbour table. */
  record Neighbours(LabState lab, NetnsId netns, List<org.hopscope.model.net.Neighbour> rows) implements Answer {
  }

  /** Rows of forwarding databases. */
  record Fdb(LabState lab, NetnsId netns, List<org.hopscope.model.net.FdbEntry> rows) implements Answer {
  }

  /** Ports of bridges. */
  record Ports(LabState lab, List<DeviceId> ports) implements Answer {
  }

  /** Namespaces of a host. */
  record NetnsNames(List<NetnsId> names) implements Answer {
  }

  /** What a probe saw. */
  record Probed(ProbeResult result) implements Answer {
  }

  /** Sysctl keys and their values. */
  record Settings(java.util.SortedMap<String, String> values) implements Answer {
  }

  /** Facts of every namespace; {@code parts} out of links, routes, neigh, fdb. */
  record Dump(LabState lab, List<String> parts) implements Answer {
  }
}
