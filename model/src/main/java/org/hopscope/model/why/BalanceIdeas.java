package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.ipvs.Forwarding;
import org.hopscope.model.ipvs.RealServer;
import org.hopscope.model.ipvs.ServiceKey;
import org.hopscope.model.ipvs.VirtualService;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/** What may be wrong with the services of IPVS: none for what was asked, nobody behind it, or somebody who does not answer. */
final class BalanceIdeas {
  private final Scene scene;
  private final Ideas ideas;
  private final Wanted wanted;

  private BalanceIdeas(Scene scene, Ideas ideas, Wanted wanted) {
    this.scene = scene;
    this.ideas = ideas;
    this.wanted = wanted;
  }

  static void have(Scene scene, Ideas ideas) {
    Optional<Wanted> wanted = Wanted.by(scene.trace.probe());
    for (NetnsId id : scene.path) {
      Netns netns = scene.lab.find(id).orElseThrow();
      if (wanted.isPresent() && !netns.ipvs().services().isEmpty()) {
        new BalanceIdeas(scene, ideas, wanted.get()).of(netns);
      }
    }
  }

  private void of(Netns netns) {
    int protocol = wanted.transport() == Transport.TCP ? ServiceKey.TCP : ServiceKey.UDP;
    ServiceKey key = ServiceKey.at(protocol, wanted.to(), wanted.port());
    VirtualService service = netns.ipvs().services().get(key);
    boolean serves = netns.ipvs().services().values().stream().anyMatch(s -> s.key().address().equals(wanted.to()));
    if (service != null) {
      servers(netns.id(), service);
    } else if (serves) {
      for (String to : behind(netns)) {
        ideas.add(0.1 + scene.distance(netns.id()),
            Sentences.say("ipvs.none", scene.name(netns.id()), wanted.to() + ":" + wanted.port()), netns.id(),
            "ipvsadm -A" + name(key) + " -s rr", "ipvsadm -a" + name(key) + " -r " + to + " -m");
      }
    }
  }

  private static String name(ServiceKey key) {
    return (key.protocol() == ServiceKey.TCP ? " -t " : " -u ") + key.toString().substring(4);
  }

  /** Where those who serve other services of a namespace listen. */
  private Set<String> behind(Netns netns) {
    Set<String> all = new LinkedHashSet<>();
    Set<IpAddress> known = new LinkedHashSet<>();
    netns.ipvs().services().values().forEach(s -> s.servers().forEach(r -> known.add(r.key().address())));
    wanted.listeners(scene.lab).stream().filter(l -> known.stream().anyMatch(a -> l.startsWith(a + ":")))
        .forEach(all::add);
    all.addAll(wanted.listeners(scene.lab));
    return all;
  }

  private void servers(NetnsId at, VirtualService service) {
    String name = name(service.key());
    double far = scene.distance(at);
    if (service.servers().isEmpty()) {
      for (String to : behind(scene.lab.find(at).orElseThrow())) {
        ideas.add(0.05 + far, Sentences.say("ipvs.nobody", scene.name(at), service.key()), at,
            "ipvsadm -a" + name + " -r " + to + " -m");
      }
    }
    for (RealServer server : service.servers()) {
      String own = name + " -r " + server.key();
      if (server.weight() == 0) {
        ideas.add(far, Sentences.say("ipvs.weight", scene.name(at), server.key()), at,
            "ipvsadm -e" + own + " " + server.forwarding().option() + " -w 1");
      }
      if (server.forwarding() != Forwarding.MASQUERADE) {
        ideas.add(0.2 + far, Sentences.say("ipvs.way", scene.name(at), server.key()), at, "ipvsadm -e" + own + " -m");
      }
      if (!listens(server.key())) {
        dead(at, service, server);
      }
    }
  }

  /** Somebody behind a service does not answer: another port is meant, or he is to go. */
  private void dead(NetnsId at, VirtualService service, RealServer server) {
    String name = name(service.key());
    String reason = Sentences.say("ipvs.deaf", scene.name(at), server.key());
    String remove = "ipvsadm -d" + name + " -r " + server.key();
    List<String> ports = new ArrayList<>();
    Set<Integer> used = new LinkedHashSet<>();
    service.servers().forEach(s -> used.add(s.key().port()));
    scene.owners(server.key().address()).forEach(d -> scene.lab.find(d.netns()).orElseThrow().servers().stream()
        .filter(s -> s.transport() == wanted.transport()).map(s -> s.port().value())
        .sorted((a, b) -> Boolean.compare(used.contains(b), used.contains(a))).map(String::valueOf)
        .forEach(ports::add));
    double cost = scene.distance(at);
    for (String port : ports) {
      ideas.add(0.05 + cost, reason, at, remove,
          "ipvsadm -a" + name + " -r " + server.key().address() + ":" + port + " " + server.forwarding().option());
    }
    if (service.servers().size() > 1) {
      ideas.add((ports.isEmpty() ? 0 : 0.3) + cost, reason, at, remove);
    }
  }

  private boolean listens(RealServer.Key key) {
    return scene.owners(key.address()).stream().map(d -> scene.lab.find(d.netns()).orElseThrow())
        .flatMap(n -> n.servers().stream()).anyMatch(s -> is(s, key));
  }

  private boolean is(Server server, RealServer.Key key) {
    return server.transport() == wanted.transport() && server.port().value() == key.port()
        && server.on().filter(a -> !a.equals(key.address())).isEmpty();
  }
}
