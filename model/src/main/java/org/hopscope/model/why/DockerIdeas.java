package org.hopscope.model.why;

import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.net.NetnsId;

/** What may be wrong with containers of Docker: one does not run, or is not in the network of the other. */
final class DockerIdeas {
  /** Of larger machines only what is in no network at all is thought of. */
  private static final int FEW = 12;

  private final Scene scene;
  private final Ideas ideas;
  private final NetnsId at;
  private final Engine engine;

  private DockerIdeas(Scene scene, Ideas ideas, NetnsId at, Engine engine) {
    this.scene = scene;
    this.ideas = ideas;
    this.at = at;
    this.engine = engine;
  }

  static void have(Scene scene, Ideas ideas) {
    scene.lab.engines().forEach((host, engine) -> {
      DockerIdeas docker = new DockerIdeas(scene, ideas, scene.lab.hosts().get(host).root(), engine);
      engine.containers().forEach(docker::container);
    });
  }

  private void container(Container container) {
    IpAddress to = scene.trace.probe().to();
    boolean unowned = scene.owners(to).isEmpty();
    if (!container.isRunning()) {
      ideas.add(unowned ? 0 : 0.3, Sentences.say("docker.stopped", container.name()), at,
          "docker start " + container.name());
      return;
    }
    boolean alone = container.attachments().stream().allMatch(a -> a.address().isEmpty());
    if (!alone && engine.containers().size() > FEW) {
      return;
    }
    for (DockerNetwork network : engine.networks()) {
      boolean bridge = network.driver() instanceof DockerNetwork.Bridge || network.isShared();
      if (bridge && network.isJoinable() && container.attachment(network.name()).isEmpty()
          && container.wiring() instanceof Container.Wiring.Own) {
        boolean there = network.pool().filter(p -> p.subnet().contains(to)).isPresent();
        double cost = alone ? there || !network.isPredefined() ? 0 : 0.1 : there ? 0.25 : 1.2;
        ideas.add(cost, Sentences.say("docker.apart", container.name(), network.name()), at,
            "docker network connect " + network.name() + " " + container.name());
      }
    }
  }
}
