package org.hopscope.model.kube.linux;

import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Transport;

/** Something on a node that can say why it is there. */
public sealed interface Item {
  /** A machine. */
  record OfHost(String name) implements Item {
  }

  /** A network namespace. */
  record OfNetns(NetnsId id) implements Item {
  }

  /** A device. */
  record OfDevice(DeviceRef device) implements Item {
  }

  /** An address of a device. */
  record OfAddress(DeviceRef device, IpAddress address) implements Item {
  }

  /** A row of the main routing table, by its destination. */
  record OfRoute(NetnsId netns, IpPrefix destination) implements Item {
  }

  /** A row of a neighbour table. */
  record OfNeighbour(DeviceRef device, IpAddress address) implements Item {
  }

  /** A row of a forwarding database. */
  record OfFdb(DeviceRef device, MacAddress mac) implements Item {
  }

  /** A program that listens. */
  record OfServer(NetnsId netns, int port, Transport transport) implements Item {
  }
}
