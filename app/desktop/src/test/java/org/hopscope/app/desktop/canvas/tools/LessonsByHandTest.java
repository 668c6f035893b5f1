package org.hopscope.app.desktop.canvas.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.Test;

/**
 * Lessons solved with the hand: whatever can be pointed at is pulled, dropped and clicked. An address is what its
 * learner writes into the field at the device; probes are sent from the bar.
 */
class LessonsByHandTest {
  @Test
  void two_namespaces_are_dropped_on_the_machine() {
    var a1 = new Learner("A1");
    a1.hand.take(Palette.NETNS).to("@host").by(0, 60).release().take(Palette.NETNS).to("@host").by(160, 60).release();
    a1.send("ip netns exec netns1 ping -c 1 127.0.0.1", "ping -c 1 127.0.0.1",
        "ip netns exec netns2 ping -c 1 127.0.0.1");
    a1.isDone();
  }

  @Test
  void both_ends_are_switched_on_by_a_click_each() {
    var a2 = new Learner("A2");
    a2.send("ip netns exec netns1 ping -c 1 10.1.1.2");
    a2.hand.clickMark("netns1/veth1");
    a2.send("ip netns exec netns1 ping -c 1 10.1.1.2");
    a2.hand.clickMark("netns2/veth2");
    a2.send("ip netns exec netns1 ping -c 1 10.1.1.2", "ip netns exec netns2 ping -c 1 10.1.1.1");
    a2.isDone();
  }

  @Test
  void the_loopback_is_switched_on_by_a_click() {
    var a4 = new Learner("A4");
    a4.send("probe web -> 127.0.0.1:8080/tcp");
    a4.hand.commit(new Edit.SetLink(a4.hand.device("web/lo").orElseThrow().ref(), LinkChange.up(true)));
    a4.send("probe web -> 127.0.0.1:8080/tcp", "ip netns exec web ping -c 1 10.0.0.2",
        "probe client -> 10.0.0.2:8080/tcp", "unserve web 8080/tcp", "serve web 8080/tcp");
    a4.isDone();
  }

  @Test
  void an_end_is_switched_off_one_moved_and_one_deleted() {
    var a5 = new Learner("A5");
    a5.hand.clickMark("far/blue1");
    a5.send("ip netns exec near ping -c 1 10.0.1.2");
    a5.hand.press("far/red1").to("spare").release();
    a5.address("spare/red1", "10.0.2.2/24");
    a5.hand.clickMark("spare/red1");
    a5.hand.commit(new Edit.DeleteLink(a5.hand.device("near/green0").orElseThrow().ref()));
    a5.isDone();
  }

  @Test
  void the_loose_cable_is_dropped_on_the_bridge() {
    var a10 = new Learner("A10");
    a10.hand.press("/pc").to("/br0").release();
    assertThat(a10.hand.device("/pc").flatMap(Device::port)).isPresent();
    a10.send("ip netns exec a ping -c 1 10.0.0.3", "ip netns exec a ping -c 1 10.0.0.2", "sleep 301",
        "ip netns exec a ping -c 1 10.0.0.2", "ip netns exec c ping -c 1 10.0.0.1",
        "bridge link set dev pb isolated on", "bridge link set dev pc isolated on");
    a10.isDone();
  }

  @Test
  void a_router_is_dropped_and_cabled_in_place_of_the_one_cable() {
    var a3 = new Learner("A3");
    String ping = "ip netns exec netns1 ping -c 1 10.1.2.2";
    a3.send(ping, "ip netns exec netns1 ip route add 10.1.2.0/24 dev veth1", ping,
        "ip netns exec netns2 ip route add 10.1.1.0/24 dev veth2", ping);
    a3.hand.commit(new Edit.DeleteLink(a3.hand.device("netns1/veth1").orElseThrow().ref()));
    a3.hand.take(Palette.NETNS).to("@host").by(120, 160).release();
    a3.hand.take(Palette.VETH).press("netns1").to("netns3").release();
    a3.hand.take(Palette.VETH).press("netns2").to("netns3").release();
    List<String> router = a3.cards("netns3");
    a3.switchedOn(a3.cards("netns1").getFirst(), "10.1.1.1/24");
    a3.switchedOn(a3.cards("netns2").getFirst(), "10.1.2.2/24");
    a3.switchedOn(router.getFirst(), "10.1.1.254/24");
    a3.switchedOn(router.getLast(), "10.1.2.254/24");
    a3.send("ip -n netns1 route add default via 10.1.1.254", "ip -n netns2 route add default via 10.1.2.254", ping,
        "ip netns exec netns3 sysctl -w net.ipv4.ip_forward=1", ping);
    a3.isDone();
  }

  @Test
  void a_bridge_and_two_cables_make_a_container_network() {
    var b1 = new Learner("B1");
    b1.hand.take(Palette.BRIDGE).to("@host").by(0, 220).release();
    b1.named("/br0", "docker0");
    b1.switchedOn("/docker0", "172.17.0.1/16");
    for (String container : List.of("c1", "c2")) {
      List<String> before = b1.cards("");
      b1.hand.take(Palette.VETH).press(container).to("/docker0").release();
      b1.named(b1.cards(container).getFirst(), "eth0");
      b1.switchedOn(container + "/eth0", container.equals("c1") ? "172.17.0.2/16" : "172.17.0.3/16");
      b1.cards("").stream().filter(card -> !before.contains(card)).forEach(b1::switchedOn);
    }
    b1.send("ip -n c1 route add default via 172.17.0.1", "ip -n c2 route add default via 172.17.0.1",
        "sysctl -w net.ipv4.ip_forward=1",
        "iptables -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE");
    b1.isDone();
  }

  /** Somebody at a lesson, who has predicted what its solution predicts. */
  private static final class Learner {
    private final Lesson lesson;
    private final Hand hand;
    private Attempt attempt = Attempt.NONE;

    Learner(String id) {
      lesson = switch (Syllabus.bundled().read(id).orElseThrow()) {
        case LessonRead.Ok(Lesson found) -> found;
        case LessonRead.Malformed malformed -> throw new AssertionError(malformed.toString());
      };
      hand = new Hand(lesson.start());
      for (Script.Line line : lesson.answers().solution().lines()) {
        if (line instanceof Script.Line.Predict(int _, String prediction, String option)) {
          attempt = attempt.predict(prediction, option);
        }
      }
    }

    /** The devices of a namespace but its loopback, in the order in which they were made. */
    private List<String> cards(String netns) {
      return hand.lab().devicesOf(new NetnsId(LabState.FIRST_HOST, netns)).stream().filter(d -> !d.isLoopback())
          .map(d -> netns + "/" + d.name()).toList();
    }

    private void named(String device, String name) {
      hand.commit(new Edit.SetLink(hand.device(device).orElseThrow().ref(), LinkChange.name(name)));
    }

    private void switchedOn(String device, String address) {
      address(device, address);
      switchedOn(device);
    }

    private void switchedOn(String device) {
      if (!hand.device(device).orElseThrow().isUp()) {
        hand.commit(new Edit.SetLink(hand.device(device).orElseThrow().ref(), LinkChange.up(true)));
      }
    }

    private void address(String device, String address) {
      hand.commit(new Edit.AddAddress(hand.device(device).orElseThrow().ref(),
          NewAddress.of(InterfaceAddress.parse(address).orElseThrow()), false));
    }

    /** Sends probes, and types what no hand can do. */
    private void send(String... lines) {
      for (String line : lines) {
        Reply reply = Shell.run(hand.session(), hand.lab().firstHost().root(), line);
        attempt = reply.traces().stream().reduce(attempt, Attempt::watch, (_, last) -> last);
      }
    }

    private void isDone() {
      List<TaskState> states = LessonRunner.evaluate(lesson, hand.lab(), attempt);
      assertThat(states).allSatisfy(s -> assertThat(s.failures()).as(s.task().id()).isEmpty());
      assertThat(hand.edits()).isNotEmpty();
    }
  }
}
