package org.hopscope.model.why;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.Swarm;
import org.hopscope.model.docker.linux.Devices;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.docker.linux.Swarms;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;

/**
 * What may be wrong with containers of Docker: one does not run, or is not in the network of the other, or an overlay network
 * does not know on its host where a container of another is.
 */
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
      engine.shared().forEach(docker::overlay);
    });
  }

  private void overlay(DockerNetwork network) {
    Optional<Device> vxlan = Sandbox.of(scene.lab, at.host(), network)
        .flatMap(n -> scene.lab.find(new DeviceRef(n, Sandbox.VXLAN)));
    if (vxlan.isEmpty()) {
      return;
    }
    for (Swarms.Member member : Swarms.members(scene.lab.engines(), network)) {
      Optional<Ipv4Address> end = scene.lab.engine(member.host()).swarm().map(Swarm::address);
      if (!member.host().equals(at.host()) && end.isPresent()) {
        peer(vxlan.get(), network, member, end.get());
      }
    }
  }

  private void peer(Device vxlan, DockerNetwork network, Swarms.Member member, Ipv4Address end) {
    MacAddress mac = Devices.mac(member.address());
    boolean answers = scene.lab.learned().neighbours(vxlan.netns()).find(vxlan.id(), member.address())
        .filter(n -> n.mac().equals(Optional.of(mac))).isPresent();
    boolean sends = scene.lab.learned().fdb(vxlan.id()).find(mac)
        .filter(r -> r.remotes().stream().anyMatch(far -> far.address().equals(end))).isPresent();
    if (!answers || !sends) {
      ideas.add(0.1, Sentences.say("docker.peer", network.name(), at.host(), member.container().name()), vxlan.netns(),
          "ip neigh replace " + member.address() + " lladdr " + mac + " dev " + vxlan.name() + " nud permanent",
          "bridge fdb replace " + mac + " dev " + vxlan.name() + " self permanent dst " + end);
    }
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
