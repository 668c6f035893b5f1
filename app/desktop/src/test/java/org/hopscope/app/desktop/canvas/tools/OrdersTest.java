package org.hopscope.app.desktop.canvas.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.shell.Commands;
import org.junit.jupiter.api.Test;

/** What Kubernetes makes is ordered by hand, and made by the command that the answers come to. */
class OrdersTest {
  private static Map<String, String> answers(Order order, String... more) {
    Map<String, String> answers = new LinkedHashMap<>();
    order.fields().forEach(f -> answers.put(f.key(), f.value()));
    for (int i = 0; i < more.length; i += 2) {
      answers.put(more[i], more[i + 1]);
    }
    return answers;
  }

  private static List<String> make(Hand hand, String... more) {
    Order order = hand.orders().getLast();
    LabState before = hand.lab();
    Spoken said = Spoken.of(before, order.command(answers(order, more)));
    assertThat(said).as(order.command(answers(order, more))).isInstanceOf(Spoken.Understood.class);
    hand.commit(((Spoken.Understood) said).edit());
    return Commands.of(before, hand.edits().getLast());
  }

  private static Hand withCluster() {
    Hand hand = new Hand(SampleLabs.named("empty"));
    hand.take(Palette.CLUSTER).toPoint(new Point(600, 600)).release();
    make(hand);
    return hand;
  }

  private static Hand drop(Hand hand, Palette tool) {
    Point on = hand.picture().find(new Selection.OfCluster("demo")).orElseThrow().box().corner();
    hand.take(tool).toPoint(on.plus(new Point(200, 12))).release();
    return hand;
  }

  @Test
  void a_cluster_is_made_by_the_command_that_its_card_shows() {
    Hand hand = withCluster();
    assertThat(hand.lab().clusters()).containsKey("demo");
    assertThat(hand.isIdle()).isTrue();
  }

  @Test
  void a_second_cluster_gets_networks_of_its_own() {
    Hand hand = withCluster();
    hand.take(Palette.CLUSTER).toPoint(new Point(9000, 9000)).release();
    make(hand);
    assertThat(hand.lab().clusters()).containsKeys("demo", "demo2");
  }

  @Test
  void without_a_cluster_nothing_is_asked() {
    Hand hand = new Hand(SampleLabs.named("empty"));
    hand.take(Palette.SERVICE).to("@host");
    assertThat(hand.sees().objection()).hasValueSatisfying(o -> assertThat(o.words()).contains("cluster first"));
    hand.release();
    assertThat(hand.orders()).isEmpty();
    assertThat(hand.isIdle()).isFalse();
  }

  @Test
  void deployment_service_policy_and_pod_are_kubectl_s() {
    Hand hand = withCluster();
    assertThat(make(drop(hand, Palette.DEPLOYMENT))).containsExactly("kubectl --context demo -n default create "
        + "deployment web --image=nginx --replicas=2 --port=80");
    assertThat(make(drop(hand, Palette.SERVICE))).singleElement().asString()
        .contains("expose deployment/web --port=80 --type=ClusterIP");
    assertThat(make(drop(hand, Palette.POD))).singleElement().asString().contains("run client --image=busybox");
    for (String from : List.of("run: client", "anybody", "nobody")) {
      assertThat(make(drop(hand, Palette.POLICY), "selects", "app: web", "from", from, "port", "80")).singleElement()
          .asString().contains("kind: NetworkPolicy");
    }
    assertThat(make(drop(hand, Palette.INGRESS))).singleElement().asString().contains("kind: Ingress");
  }

  @Test
  void what_the_cluster_runs_for_itself_is_offered_to_nobody() {
    Hand hand = withCluster();
    for (Palette tool : List.of(Palette.SERVICE, Palette.POLICY, Palette.INGRESS)) {
      assertThat(drop(hand, tool).orders().getLast().fields()).as("%s", tool)
          .noneMatch(f -> f.choices().stream().anyMatch(c -> c.contains("dns")));
    }
  }

  @Test
  void what_is_in_the_namespace_that_is_proposed_is_proposed_first() {
    Hand hand = withCluster();
    make(drop(hand, Palette.DEPLOYMENT));
    make(drop(hand, Palette.SERVICE));
    for (String line : List.of("kubectl create namespace admin",
        "kubectl -n admin create deployment aaa --image=nginx --port=80",
        "kubectl -n admin expose deployment aaa --port=80")) {
      hand.commit(((Spoken.Understood) Spoken.of(hand.lab(), line)).edit());
    }
    assertThat(answers(drop(hand, Palette.SERVICE).orders().getLast())).containsEntry("target", "deployment/web");
    assertThat(answers(drop(hand, Palette.POLICY).orders().getLast())).containsEntry("selects", "app: web");
    assertThat(answers(drop(hand, Palette.INGRESS).orders().getLast())).containsEntry("backend", "web");
  }

  @Test
  void what_the_model_refuses_is_said_in_its_words() {
    Hand hand = withCluster();
    Order order = drop(hand, Palette.DEPLOYMENT).orders().getLast();
    assertThat(Spoken.of(hand.lab(), order.command(answers(order, "name", "Web!"))))
        .isInstanceOfSatisfying(Spoken.Refused.class, r -> assertThat(r.words()).contains("Web!"));
  }

  @Test
  void a_network_and_a_container_are_docker_s() {
    Hand hand = new Hand(SampleLabs.named("empty"));
    hand.take(Palette.NETWORK).to("@host").release();
    assertThat(make(hand)).containsExactly("docker network create shop");
    hand.take(Palette.CONTAINER).to("@host").release();
    assertThat(make(hand, "publish", "8080:80"))
        .containsExactly("docker run -d --name web --network shop -p 8080:80 nginx");
    hand.take(Palette.CONTAINER).to("@host").release();
    assertThat(make(hand, "dockerNetwork", "bridge")).containsExactly("docker run -d --name web2 nginx");
    assertThat(hand.lab().engine("host").containers()).hasSize(2);
  }

  @Test
  void on_another_host_it_is_done_there() {
    Hand hand = new Hand(SampleLabs.named("empty"));
    hand.take(Palette.HOST).toPoint(new Point(900, 40)).release();
    String other = hand.lab().hosts().lastKey();
    hand.take(Palette.CONTAINER).to("@" + other).release();
    assertThat(make(hand)).containsExactly("hop on " + other + " docker run -d --name web nginx");
    hand.take(Palette.CONTAINER).toPoint(new Point(5000, 5000));
    assertThat(hand.sees().objection()).hasValueSatisfying(o -> assertThat(o.words()).contains("Drop it on a host"));
  }
}
