package org.hopscope.model.ovs;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bridge of Open vSwitch.
 *
 * @param name its name, and that of its own port and device
 * @param ports in the order of their making, its own one first
 * @param flows its flow tables, in the order of their making
 */
public record OvsBridge(String name, List<OvsPort> ports, List<Flow> flows) {
  public OvsBridge {
    ports = List.copyOf(ports);
    flows = List.copyOf(flows);
  }

  public Optional<OvsPort> port(String wanted) {
    return ports.stream().filter(p -> p.name().equals(wanted)).findFirst();
  }

  public Optional<OvsPort> port(int number) {
    return ports.stream().filter(p -> p.number() == number).findFirst();
  }

  public OvsBridge withPorts(List<OvsPort> value) {
    return new OvsBridge(name, value, flows);
  }

  /** With a port in the place of the one of that name, or behind all. */
  public OvsBridge with(OvsPort port) {
    return port(port.name()).isPresent()
        ? withPorts(ports.stream().map(p -> p.name().equals(port.name()) ? port : p).toList())
        : withPorts(Stream.concat(ports.stream(), Stream.of(port)).toList());
  }

  public OvsBridge withFlows(List<Flow> value) {
    return new OvsBridge(name, ports, value);
  }

  /** The flows of a table, those that count first in front; of equal ones the newer. */
  public List<Flow> table(int table) {
    return flows.reversed().stream().filter(f -> f.table() == table)
        .sorted((a, b) -> Integer.compare(b.priority(), a.priority())).toList();
  }
}
