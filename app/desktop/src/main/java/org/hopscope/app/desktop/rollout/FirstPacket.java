package org.hopscope.app.desktop.rollout;

import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.ControlStep;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.rollout.Rollout;
import org.hopscope.model.rollout.Stage;

/** The packet that goes the way a rollout has made: to the Service it was about, from a pod that is none of its own if there is one. */
final class FirstPacket {
  private FirstPacket() {
  }

  static Optional<Probe> of(Rollout rollout, LabState lab) {
    return lab.clusters().values().stream()
        .flatMap(cluster -> rollout.stages().stream().flatMap(stage -> service(cluster, stage))
            .flatMap(service -> probe(cluster, service).stream()))
        .findFirst();
  }

  private static Stream<KubeService> service(Cluster cluster, Stage stage) {
    return stage instanceof Stage.Decided(ControlStep step)
        ? cluster.find(step.object()).filter(KubeService.class::isInstance).map(KubeService.class::cast)
            .filter(KubeService::isProxied).stream()
        : Stream.empty();
  }

  private static Optional<Probe> probe(Cluster cluster, KubeService service) {
    return service.ports().stream().filter(p -> p.protocol() == PortProtocol.TCP).findFirst()
        .flatMap(port -> caller(cluster, service).flatMap(from -> service.addressing().clusterIps().stream().findFirst()
            .map(address -> Probe.tcp(from, address, port.port()))));
  }

  private static Optional<NetnsId> caller(Cluster cluster, KubeService service) {
    return Stream.of(false, true)
        .flatMap(own -> cluster.pods().stream().filter(KubePod::isRunning)
            .filter(p -> own || service.selector().map(s -> !s.entrySet().stream()
                .allMatch(e -> e.getValue().equals(p.meta().labels().get(e.getKey())))).orElse(true))
            .filter(p -> own || p.meta().namespace().equals(service.meta().namespace())))
        .flatMap(p -> Reconciler.netns(p).stream()).findFirst();
  }
}
