package org.hopscope.model.ovs;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Open vSwitch of a host: its database and its flow tables. One switch serves all of a host; its ports are devices of
 * the root namespace.
 *
 * @param bridges in the order of their making
 */
public record OpenVswitch(List<OvsBridge> bridges) {
  /** Nothing made. */
  public static final OpenVswitch NONE = new OpenVswitch(List.of());

  public OpenVswitch {
    bridges = List.copyOf(bridges);
  }

  public Optional<OvsBridge> bridge(String name) {
    return bridges.stream().filter(b -> b.name().equals(name)).findFirst();
  }

  /** The bridge of a port. */
  public Optional<OvsBridge> bridgeOf(String port) {
    return bridges.stream().filter(b -> b.port(port).isPresent()).findFirst();
  }

  /** A port of whatever bridge. */
  public Optional<OvsPort> port(String name) {
    return bridgeOf(name).flatMap(b -> b.port(name));
  }

  /** With a bridge in the place of the one of that name, or behind all. */
  public OpenVswitch with(OvsBridge bridge) {
    return new OpenVswitch(bridge(bridge.name()).isPresent()
        ? bridges.stream().map(b -> b.name().equals(bridge.name()) ? bridge : b).toList()
        : Stream.concat(bridges.stream(), Stream.of(bridge)).toList());
  }

  public OpenVswitch without(String bridge) {
    return new OpenVswitch(bridges.stream().filter(b -> !b.name().equals(bridge)).toList());
  }
}
