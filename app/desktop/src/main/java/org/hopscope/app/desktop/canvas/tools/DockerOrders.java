package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hopscope.app.desktop.canvas.tools.Order.Field;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.Image;
import org.hopscope.model.lab.LabState;

/** What is asked before Docker makes something on a host, and the {@code docker} command that it comes to. */
final class DockerOrders {
  private static final String BRIDGE = "bridge";

  private DockerOrders() {}

  /** {@code docker run}: the network it is plugged into is the newest of one's own, if there is one. */
  static Order container(LabState lab, String host) {
    Engine engine = lab.engine(host);
    List<String> images = Stream.of(Image.values()).map(Image::word).toList();
    List<String> own = new ArrayList<>(engine.networks().stream().filter(DockerNetwork::isJoinable)
        .map(DockerNetwork::name).filter(n -> !List.of(BRIDGE, "host", "none").contains(n)).toList().reversed());
    own.addAll(List.of(BRIDGE, "host", "none"));
    List<String> names = engine.containers().stream().map(Container::name).toList();
    return new Order(Order.What.CONTAINER, where(lab, host),
        List.of(Field.free("name", Order.free("web", names::contains)), Field.of("image", images),
            Field.of("dockerNetwork", own), Field.free("publish", "")));
  }

  /** {@code docker network create}. */
  static Order network(LabState lab, String host) {
    List<String> names = lab.engine(host).networks().stream().map(DockerNetwork::name).toList();
    return new Order(Order.What.NETWORK, where(lab, host),
        List.of(Field.free("name", Order.free("shop", names::contains)), Field.free("subnet", "")));
  }

  /** The first host is where commands are typed anyway. */
  private static String where(LabState lab, String host) {
    return host.equals(lab.firstHost().name()) ? "" : host;
  }

  private static String on(String where) {
    return where.isEmpty() ? "" : "hop on " + where + " ";
  }

  static String run(String where, Order.Answers said) {
    String network = said.get("dockerNetwork");
    return on(where) + "docker run -d --name " + said.get("name")
        + (network.equals(BRIDGE) ? "" : " --network " + network)
        + (said.get("publish").isEmpty() ? "" : " -p " + said.get("publish")) + " " + said.get("image");
  }

  static String create(String where, Order.Answers said) {
    return on(where) + "docker network create" + said.option("subnet", "subnet") + " " + said.get("name");
  }
}
