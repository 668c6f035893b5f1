package org.hopscope.model.why;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Server;
import org.hopscope.model.trace.Lookup;

/** What may be wrong with those who listen: nobody, or on another port, address or transport. */
final class ServerIdeas {
  private final Scene scene;
  private final Ideas ideas;

  private ServerIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
  }

  static void have(Scene scene, Ideas ideas) {
    ServerIdeas servers = new ServerIdeas(scene, ideas);
    for (Lookup lookup : scene.lookups) {
      if (lookup instanceof Lookup.ListenerLookup listener && listener.found().isEmpty()) {
        servers.missing(listener);
      }
    }
  }

  private void missing(Lookup.ListenerLookup asked) {
    Netns netns = scene.lab.find(asked.netns()).orElseThrow();
    PortNumber port = new PortNumber(asked.port());
    String here = scene.name(netns.id());
    double far = scene.distance(netns.id());
    for (Server server : netns.servers()) {
      Server right = new Server(port, asked.transport(), Optional.empty(), server.label(), server.program());
      boolean near = server.port().equals(port) && server.transport() == asked.transport();
      ideas.add((near ? 0.1 : 0.3) + far,
          Sentences.say("server.other", here, server.port() + "/" + server.transport().word()
              + server.on().map(a -> " on " + a).orElse(""), port + "/" + asked.transport().word()),
          List.of(
              new Idea.Done(new Edit.Unserve(netns.id(), Optional.of(server.port()), Optional.of(server.transport()))),
              new Idea.Done(new Edit.Serve(netns.id(), right))));
    }
    Server fresh = new Server(port, asked.transport(), Optional.empty(),
        netns.id().isRoot() ? netns.id().host() : netns.id().name());
    ideas.add(0.4 + far, Sentences.say("server.none", here, port + "/" + asked.transport().word()),
        List.of(new Idea.Done(new Edit.Serve(netns.id(), fresh))));
  }
}
