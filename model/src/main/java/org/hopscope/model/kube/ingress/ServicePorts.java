package org.hopscope.model.kube.ingress;

import java.util.Optional;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.PortName;

/** Which port of a Service a backend means. */
public final class ServicePorts {
  private ServicePorts() {
  }

  /** By number or by the name that the <em>Service</em> gives it (sem-I4); empty when it has no such port. */
  public static Optional<KubeService.Port> find(KubeService service, PortName wanted) {
    return service.ports().stream().filter(p -> switch (wanted) {
      case PortName.Number(int number) -> p.port() == number;
      case PortName.Named(String name) -> p.name().equals(Optional.of(name));
    }).findFirst();
  }
}
