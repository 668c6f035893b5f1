package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.KubeService.Addressing;
import org.hopscope.model.kube.object.KubeService.Policy;
import org.hopscope.model.kube.object.KubeService.Routing;
import org.hopscope.model.kube.object.KubeService.Type;

/**
 * Which fields of a Service go with its type: what a change of type takes along when it is left as it was
 * (pkg/registry/core/service/strategy.go dropTypeDependentFields), and what is refused (pkg/apis/core/validation
 * validateService).
 */
final class ServiceFields {
  private static final String BALANCER_ONLY = ": Forbidden: may only be used when `type` is 'LoadBalancer'";

  private static final List<IpPrefix> GROUPS_OF_THE_LINK =
      List.of(IpPrefix.of("224.0.0.0/24"), IpPrefix.of("ff02::/16"));

  private ServiceFields() {
  }

  /** With what is usual, and without what the former type needed, and nobody needs any more. */
  static KubeService fitting(KubeService asked, Optional<KubeService> old) {
    KubeService service = asked.addressing().isReachedFromOutside()
        ? asked.withRouting(asked.routing().withOutside(Optional.of(asked.routing().external())))
        : asked;
    return old.filter(o -> !o.addressing().equals(service.addressing()) || !o.routing().equals(service.routing()))
        .map(o -> fitting(service, o)).orElse(service);
  }

  private static KubeService fitting(KubeService service, KubeService old) {
    KubeService fitting = service.withAddressing(addressing(service.addressing(), old.addressing()))
        .withRouting(routing(service, old));
    boolean noneNew = numbers(old).containsAll(numbers(service));
    return NodePorts.hasSome(old) && !NodePorts.hasSome(service) && noneNew
        ? fitting.withPorts(service.ports().stream().map(p -> p.withNodePort(Optional.empty())).toList())
        : fitting;
  }

  private static Set<Integer> numbers(KubeService service) {
    Set<Integer> numbers = new HashSet<>();
    service.ports().forEach(p -> p.nodePort().ifPresent(numbers::add));
    return numbers;
  }

  private static Addressing addressing(Addressing now, Addressing was) {
    Addressing fitting = now;
    if (now.type() == Type.EXTERNAL_NAME && was.type() != Type.EXTERNAL_NAME) {
      fitting = fitting.withoutOwn(was);
    }
    if (now.type() != Type.LOAD_BALANCER && was.type() == Type.LOAD_BALANCER) {
      fitting = fitting.withBalancerIps(List.of()).withNodePorts(now.nodePorts() || !was.nodePorts());
    }
    return fitting;
  }

  private static Routing routing(KubeService service, KubeService old) {
    Routing now = service.routing();
    Routing was = old.routing();
    Routing fitting = now;
    if (isChecked(old) && !isChecked(service) && now.healthCheckNodePort().equals(was.healthCheckNodePort())) {
      fitting = fitting.withHealthCheckNodePort(Optional.empty());
    }
    return old.addressing().isReachedFromOutside() && !service.addressing().isReachedFromOutside()
        && now.external() == was.external()
            ? fitting.withOutside(Optional.empty())
            : fitting;
  }

  /** Whether a load balancer asks the nodes whether they have endpoints. */
  static boolean isChecked(KubeService service) {
    return service.addressing().type() == Type.LOAD_BALANCER && service.routing().external() == Policy.LOCAL;
  }

  /** What is wrong with a Service whatever else there is. */
  static List<String> problems(KubeService service, Optional<KubeService> old) {
    List<String> problems = new ArrayList<>();
    Addressing addressing = service.addressing();
    Routing routing = service.routing();
    if (addressing.headless() && NodePorts.hasSome(service)) {
      problems
          .add("spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for " + addressing.type().word()
              + " services");
    }
    for (int i = 0; i < addressing.externalIps().size(); i++) {
      int index = i;
      IpAddress address = addressing.externalIps().get(i);
      special(address).ifPresent(why -> problems.add("spec.externalIPs[" + index + "]: Invalid value: \"" + address
          + "\": " + why));
    }
    for (int i = 0; i < service.ports().size() && addressing.type() == Type.CLUSTER_IP; i++) {
      if (service.ports().get(i).nodePort().isPresent()) {
        problems.add("spec.ports[" + i + "].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'");
      }
    }
    if (addressing.type() != Type.LOAD_BALANCER) {
      if (!routing.balancerSources().isEmpty()) {
        problems.add("spec.LoadBalancerSourceRanges" + BALANCER_ONLY);
      }
      if (!addressing.nodePorts()) {
        problems.add("spec.allocateLoadBalancerNodePorts" + BALANCER_ONLY);
      }
    }
    routing.outside().filter(_ -> !addressing.isReachedFromOutside()).ifPresent(p -> problems.add(
        "spec.externalTrafficPolicy: Invalid value: \"" + p.word() + "\": may only be set for externally-accessible "
            + "services"));
    routing.healthCheckNodePort().ifPresent(number -> checked(service, old, number).ifPresent(problems::add));
    return problems;
  }

  private static Optional<String> checked(KubeService service, Optional<KubeService> old, int number) {
    if (!isChecked(service)) {
      return Optional.of("spec.healthCheckNodePort: Invalid value: " + number
          + ": may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    }
    return old.filter(ServiceFields::isChecked).filter(o -> !o.routing().healthCheckNodePort().equals(Optional.of(
        number))).map(_ -> "spec.healthCheckNodePort: Forbidden: field is immutable");
  }

  /** Why an address cannot be somebody else's (validation.ValidateEndpointIP). */
  static Optional<String> special(IpAddress address) {
    if (address.isUnspecified()) {
      return Optional.of("may not be unspecified (" + address + ")");
    }
    if (address.isLoopback()) {
      return Optional.of("may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    if (address.isLinkLocal()) {
      return Optional.of("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
    return GROUPS_OF_THE_LINK.stream().anyMatch(g -> g.contains(address))
        ? Optional.of("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")
        : Optional.empty();
  }
}
