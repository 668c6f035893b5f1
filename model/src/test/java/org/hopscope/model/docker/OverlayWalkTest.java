package org.hopscope.model.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.docker.DockerRulesTest.lab;
import static org.hopscope.model.docker.DockerRulesTest.ok;
import static org.hopscope.model.docker.DockerRulesTest.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.docker.linux.Swarms;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done with a swarm, each host knows exactly where the others' containers are, and they reach each other. */
class OverlayWalkTest {
  private static final List<String> HOSTS = List.of("one", "two", "three");
  private static final List<String> NETWORKS = List.of("red", "blue", "green");
  private static final int STEPS = 40;

  /** Three machines on a bridge. */
  private static Session machines() {
    List<String> lines = new ArrayList<>(List.of("ip link add br0 type bridge", "ip link set br0 up"));
    for (int i = 0; i < HOSTS.size(); i++) {
      String host = HOSTS.get(i);
      lines.addAll(List.of("hop host add " + host, "hop cable add " + host + ":eth0 host:port" + i,
          "ip link set port" + i + " master br0 up", "hop on " + host + " ip addr add 192.0.2.1" + i + "/24 dev eth0",
          "hop on " + host + " ip link set eth0 up"));
    }
    return lab(lines.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void rowsAndWaysFollowWhatIsThere(long seed) {
    Session session = machines();
    Random random = new Random(seed);
    ok(session, "hop on one docker swarm init");
    ok(session, "hop on one docker network create -d overlay --attachable red");
    for (int i = 0; i < STEPS; i++) {
      LabState before = session.state();
      String line = step(session, random);
      boolean done = !run(session, line).edits().isEmpty();
      LabState after = session.state();
      rows(after, line);
      assertThat(LabCodec.decode(LabCodec.encode(after))).as(line).isEqualTo(new LabCodec.Decoded.Ok(after));
      if (done) {
        session.undo();
        assertThat(session.state().engines()).as(line).isEqualTo(before.engines());
        session.redo();
        assertThat(session.state().engines()).as(line).isEqualTo(after.engines());
      }
    }
    ways(session);
    for (String host : HOSTS) {
      session.state().engine(host).containers()
          .forEach(c -> ok(session, "hop on " + host + " docker rm -f " + c.name()));
      run(session, "hop on " + host + " docker swarm leave -f");
      rows(session.state(), "the end");
      assertThat(session.state().netnsOf(host)).extracting(n -> n.id().toString()).containsExactly("@" + host);
    }
  }

  private static String step(Session session, Random random) {
    String host = HOSTS.get(random.nextInt(HOSTS.size()));
    String network = NETWORKS.get(random.nextInt(NETWORKS.size()));
    String container = "c" + random.nextInt(4);
    String there = "hop on " + host + " docker ";
    return switch (random.nextInt(16)) {
      case 0 -> there + "network create -d overlay --attachable " + network;
      case 1 -> there + "network rm " + network;
      case 2 -> there + "network connect " + network + " " + container;
      case 3 -> there + "network disconnect " + network + " " + container;
      case 4 -> there + "network connect bridge " + container;
      case 5 -> there + "stop " + container;
      case 6 -> there + "restart " + container;
      case 7 -> there + "rm -f " + container;
      case 8 -> there + "swarm leave" + (random.nextBoolean() ? " -f" : "");
      case 9, 10, 11 -> join(session, host, random.nextBoolean() ? "worker" : "manager");
      default -> there + "run -d --name " + container + " --network " + network + " nginx";
    };
  }

  private static String join(Session session, String host, String role) {
    Optional<Map.Entry<String, Engine>> manager = session.state().engines().entrySet().stream()
        .filter(e -> e.getValue().swarm().filter(Swarm::isManager).isPresent()).findFirst();
    if (manager.isEmpty()) {
      return "hop on " + host + " docker swarm init";
    }
    String token = ok(session, "hop on " + manager.get().getKey() + " docker swarm join-token -q " + role).getFirst();
    return "hop on " + host + " docker swarm join --token " + token + " "
        + manager.get().getValue().swarm().orElseThrow().address();
  }

  /** In each host's namespace of a network there is a row for each container of the others, and none besides. */
  private static void rows(LabState lab, String line) {
    lab.engines().forEach((host, engine) -> {
      for (DockerNetwork network : engine.shared()) {
        List<Swarms.Member> members = Swarms.members(lab.engines(), network);
        Optional<NetnsId> place = Sandbox.of(lab, host, network);
        assertThat(place.isPresent()).as("%s: %s on %s", line, network.name(), host)
            .isEqualTo(members.stream().anyMatch(m -> m.host().equals(host)));
        place.ifPresent(p -> {
          Set<String> known = lab.learned().neighbours(p).rows().keySet().stream()
              .filter(k -> k.device().equals(lab.find(new DeviceRef(p, "vxlan0")).orElseThrow().id()))
              .map(k -> k.address().toString()).collect(Collectors.toCollection(TreeSet::new));
          Set<String> others = members.stream().filter(m -> !m.host().equals(host)).map(m -> m.address().toString())
              .collect(Collectors.toCollection(TreeSet::new));
          assertThat(known).as("%s: %s on %s", line, network.name(), host).isEqualTo(others);
        });
      }
    });
  }

  /** Who shares a network reaches the other, wherever it is. */
  private static void ways(Session session) {
    LabState lab = session.state();
    lab.engines().forEach((host, engine) -> engine.shared()
        .forEach(network -> Swarms.members(lab.engines(), network).stream().filter(m -> m.host().equals(host))
            .forEach(from -> Swarms.members(lab.engines(), network).forEach(to -> ok(session, "hop on " + host
                + " docker exec " + from.container().name() + " ping -c 1 " + to.address())))));
  }
}
