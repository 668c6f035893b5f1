package org.hopscope.model.trace;

import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.ipvs.IpvsFlow;
import org.hopscope.model.ipvs.RealServer;
import org.hopscope.model.ipvs.ServiceKey;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.netfilter.Tuple;

/** Names one row of one table. */
public sealed interface RowRef {
  /** A row of a table of a namespace. */
  sealed interface OfNetns extends RowRef {
    NetnsId netns();
  }

  /** A row of a table of a device, or the device as a row. */
  sealed interface OfDevice extends RowRef {
    /** The device whose table it is. */
    DeviceId owner();
  }

  /** A row of a routing table. */
  record RouteRow(NetnsId netns, int table, Route route) implements OfNetns {
  }

  /** A row of a neighbour table. */
  record NeighbourRow(NetnsId netns, Neighbour.Key key) implements OfNetns {
  }

  /** A row of a forwarding database, own addresses included. */
  record FdbRow(DeviceId bridge, FdbEntry.Key key, DeviceId device) implements OfDevice {
    @Override
    public DeviceId owner() {
      return bridge;
    }
  }

  /** A rule of the packet filter, by its handle; a policy by the handle of its chain. */
  record FilterRow(NetnsId netns, int handle) implements OfNetns {
  }

  /** A peer of a WireGuard device. */
  record PeerRow(DeviceId device, WireGuardKey peer) implements OfDevice {
    @Override
    public DeviceId owner() {
      return device;
    }
  }

  /** A tracked connection, by the tuple it began with. */
  record ConnectionRow(NetnsId netns, Tuple original) implements OfNetns {
  }

  /** A virtual service. */
  record ServiceRow(NetnsId netns, ServiceKey service) implements OfNetns {
  }

  /** A real server of a virtual service. */
  record RealServerRow(NetnsId netns, ServiceKey service, RealServer.Key server) implements OfNetns {
  }

  /** A balanced connection. */
  record BalancedRow(NetnsId netns, IpvsFlow flow) implements OfNetns {
  }

  /** A device. */
  record DeviceRow(DeviceId device) implements OfDevice {
    @Override
    public DeviceId owner() {
      return device;
    }
  }

  /** A server of a namespace, by its place in the list. */
  record ServerRow(NetnsId netns, int index) implements OfNetns {
  }
}
