package org.hopscope.model.kube.object;

import java.util.Optional;

/** A port by its number or by the name that containers or Services give it (Kubernetes type IntOrString). */
public sealed interface PortName {
  /** By number, 1 to 65535. */
  record Number(int port) implements PortName {
    @Override
    public String toString() {
      return Integer.toString(port);
    }
  }

  /** By name. */
  record Named(String name) implements PortName {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The number it means on a pod; empty when no container of it has a port of that name and protocol. */
  default Optional<Integer> on(PodSpec pod, PortProtocol protocol) {
    return switch (this) {
      case Number(int port) -> Optional.of(port);
      case Named(String name) -> pod.ports().filter(p -> p.protocol() == protocol && p.name().equals(Optional.of(name)))
          .map(PodSpec.ContainerPort::port).findFirst();
    };
  }
}
