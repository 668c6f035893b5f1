package org.hopscope.app.desktop.canvas.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.tools.Acts;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Commands;
import org.hopscope.model.shell.Interpreter;
import org.junit.jupiter.api.Test;

/** Clusters on the canvas: what holds what, what leads where, what deleting them says. */
class ClusterLayoutTest {
  private static final LabState LAB = lab();
  private final Picture picture = Layout.of(LAB);

  private static LabState lab() {
    Session session = new Session(Editor.fresh(1));
    new Interpreter(session).run(session.state().firstHost().root(), """
        hop cluster create demo --dns none --nodes 3
        kubectl create deployment web --image=nginx --replicas=7 --port=80
        kubectl expose deployment web --port=80
        kubectl run client --image=busybox
        """, done -> assertThat(done.reply().exit()).as(done.text()).isZero());
    return session.state();
  }

  private static Selection service(String name) {
    return new Selection.OfObject("demo", new ObjectKey(Kind.SERVICE, "default", name));
  }

  @Test
  void a_cluster_holds_its_nodes_and_what_only_its_API_server_knows() {
    Part cluster = picture.find(new Selection.OfCluster("demo")).orElseThrow();
    for (String node : List.of("demo-node1", "demo-node2", "demo-node3")) {
      Part host = picture.find(new Selection.OfHost(node)).orElseThrow();
      assertThat(host.holder()).contains(cluster.thing());
      assertThat(cluster.box().contains(host.box())).isTrue();
    }
    assertThat(cluster.box().contains(picture.find(service("web")).orElseThrow().box())).isTrue();
    assertThat(picture.find(new Selection.OfHost("host")).orElseThrow().holder()).isEmpty();
  }

  @Test
  void nothing_of_it_lies_on_a_sibling() {
    for (Part part : picture.parts()) {
      for (Part other : picture.parts()) {
        if (!part.equals(other) && part.holder().equals(other.holder())) {
          assertThat(part.box().intersects(other.box())).as("%s on %s", part, other).isFalse();
        }
      }
    }
  }

  @Test
  void a_node_s_cable_leads_through_no_other_node_however_much_lower_that_one_reaches() {
    Session session = new Session(Editor.fresh(1));
    new Interpreter(session).run(session.state().firstHost().root(), """
        hop cluster create demo --nodes 2
        kubectl create deployment web --image=nginx --replicas=3 --port=80
        """, done -> assertThat(done.reply().exit()).as(done.text()).isZero());
    Picture uneven = Layout.of(session.state());
    List<Box> nodes = uneven.parts().stream().filter(p -> p.kind() == Part.Kind.HOST && p.holder().isPresent())
        .map(Part::box).toList();
    assertThat(nodes.stream().map(Box::bottom).distinct().count()).isEqualTo(2);
    for (Cable cable : uneven.cables()) {
      for (int i = 1; cable.kind() == Cable.Kind.VETH && i < cable.route().size(); i++) {
        double y = cable.route().get(i).y();
        if (y == cable.route().get(i - 1).y()) {
          double left = Math.min(cable.route().get(i).x(), cable.route().get(i - 1).x());
          double right = Math.max(cable.route().get(i).x(), cable.route().get(i - 1).x());
          assertThat(nodes).as("%s", cable).noneMatch(n -> n.y() < y && y < n.bottom()
              && left < n.x() && n.x() < right);
        }
      }
    }
  }

  @Test
  void what_is_written_on_a_tunnel_is_drawn_after_all_other_cables() {
    List<Boolean> tunnels = picture.cables().stream().map(c -> c.kind() == Cable.Kind.TUNNEL).toList();
    assertThat(tunnels).contains(true, false).isSorted();
  }

  @Test
  void a_long_name_on_the_shelf_takes_no_room_that_a_short_one_needs() {
    Session session = new Session(Editor.fresh(1));
    new Interpreter(session).run(session.state().firstHost().root(), """
        hop cluster create demo --nodes 2
        kubectl create deployment web --image=nginx --port=80
        kubectl expose deployment web --port=80
        kubectl expose deployment web --port=81 --name=a-service-with-a-name-that-nobody-reads-from-afar
        """, done -> assertThat(done.reply().exit()).as(done.text()).isZero());
    Picture shelf = Layout.of(session.state());
    for (String name : List.of("web", "kubernetes")) {
      Selection.OfObject tag = (Selection.OfObject) service(name);
      double wished = ObjectWords.farWidth(session.state().clusters().get("demo").find(tag.key()).orElseThrow());
      assertThat(shelf.find(tag).orElseThrow().box().width()).as(name).isGreaterThan(wished - 4);
    }
    Box longest = shelf.find(service("a-service-with-a-name-that-nobody-reads-from-afar")).orElseThrow().box();
    assertThat(shelf.find(new Selection.OfCluster("demo")).orElseThrow().box().contains(longest)).isTrue();
  }

  @Test
  void a_service_leads_to_the_pods_behind_it() {
    Map<Selection, Boolean> ties = Ties.of(LAB, service("web"));
    assertThat(ties).hasSize(7).doesNotContainValue(false);
    assertThat(picture.index()).containsKeys(ties.keySet().toArray(Selection[]::new));
  }

  @Test
  void a_pod_goes_by_its_name() {
    NetnsId client = LAB.netns().keySet().stream().filter(n -> n.name().equals("default_client")).findFirst()
        .orElseThrow();
    assertThat(Pods.at(LAB, client).map(p -> p.pod().meta().name())).contains("client");
    assertThat(PlaceNames.of(LAB, client)).isEqualTo("pod:default/client");
    assertThat(Things.name(LAB, new Selection.OfNetns(client))).isEqualTo("client");
  }

  @Test
  void deleting_says_what_kubectl_would_be_told() {
    assertThat(Acts.delete(picture, Set.of(service("web"))).map(e -> Commands.of(LAB, e)))
        .isEqualTo(Optional.of(List.of("kubectl --context demo -n default delete service/web")));
    assertThat(Acts.delete(picture, Set.of(new Selection.OfCluster("demo"))).map(e -> Commands.of(LAB, e)))
        .isEqualTo(Optional.of(List.of("hop cluster delete demo")));
  }
}
