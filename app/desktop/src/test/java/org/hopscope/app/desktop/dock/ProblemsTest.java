package org.hopscope.app.desktop.dock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Interpreter;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private static final NetnsId RED = new NetnsId("host", "red");
  private static final NetnsId BLUE = new NetnsId("host", "blue");
  private static final DeviceRef LEFT = new DeviceRef(RED, "left");
  private static final DeviceRef RIGHT = new DeviceRef(BLUE, "right");

  @Test
  void aWorkingPairHasNoProblem() {
    assertThat(Problems.of(lab(address(LEFT, "10.5.0.1/24"), address(RIGHT, "10.5.0.2/24"), up(LEFT), up(RIGHT))))
        .isEmpty();
  }

  @Test
  void anAddressOnADeviceThatIsDownIsNamed() {
    assertThat(sentences(lab(address(LEFT, "10.5.0.1/24")))).singleElement().asString().contains("left is down")
        .contains("10.5.0.1/24");
  }

  @Test
  void aCableWithOneEndDownIsNamedAtTheEndThatIsUp() {
    assertThat(sentences(lab(up(LEFT)))).singleElement().asString().contains("left has no carrier")
        .contains("right in blue");
  }

  @Test
  void theSameAddressTwiceOnOneWireIsNamed() {
    LabState lab = lab(address(LEFT, "10.5.0.1/24"), address(RIGHT, "10.5.0.1/24"), up(LEFT), up(RIGHT));
    assertThat(sentences(lab)).singleElement().asString().contains("10.5.0.1 is on", "red:left",
        "blue:right", "same wire");
  }

  @Test
  void oneAddressOfTwoLengthsOnOneDeviceIsNoProblem() {
    assertThat(sentences(lab(address(LEFT, "10.5.0.1/24"), address(LEFT, "10.5.0.1/16"), up(LEFT), up(RIGHT))))
        .isEmpty();
  }

  @Test
  void theSameAddressOnWiresThatDoNotMeetIsNoProblem() {
    NetnsId green = new NetnsId("host", "green");
    DeviceRef one = new DeviceRef(green, "one");
    LabState lab = lab(address(LEFT, "10.5.0.1/24"), up(LEFT), up(RIGHT), new Edit.AddNetns(green),
        new Edit.AddVeth(NewLink.named(one), NewLink.named(new DeviceRef(green, "two"))), up(one),
        up(new DeviceRef(green, "two")), address(one, "10.5.0.1/24"));
    assertThat(sentences(lab)).isEmpty();
  }

  @Test
  void endsThatTakeDifferentSizesAreNamed() {
    LinkChange small = new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.of(1400), Optional.empty(), Optional.empty());
    assertThat(sentences(lab(up(LEFT), up(RIGHT), new Edit.SetLink(RIGHT, small)))).singleElement().asString()
        .contains("1500", "1400");
  }

  private static LabState typed(String script) {
    Session session = new Session(Editor.fresh(1));
    new Interpreter(session).run(session.state().firstHost().root(), script,
        done -> assertThat(done.reply().exit()).as(done.text()).isZero());
    return session.state();
  }

  private static final String CLUSTER = """
      hop cluster create demo --nodes 2
      kubectl create deployment shop --image=nginx --replicas=2 --port=80
      kubectl expose deployment shop --port=80
      """;

  @Test
  void aClusterInWhichEverythingRunsHasNoProblem() {
    assertThat(sentences(typed(CLUSTER))).isEmpty();
  }

  @Test
  void anIngressThatNobodyServesAndAServiceWithoutPodsAreNamed() {
    LabState lab = typed(CLUSTER + """
        kubectl create ingress front --rule=shop.example/*=shop:80
        kubectl scale deployment shop --replicas=0
        """);
    assertThat(sentences(lab)).satisfiesExactlyInAnyOrder(s -> assertThat(s).contains("Ingress front", "no class"),
        s -> assertThat(s).contains("Service shop has no endpoints", "app=shop"));
    assertThat(sentences(typed(CLUSTER + """
        hop cluster ingress demo traefik --default true
        kubectl create ingress front --rule=shop.example/*=shop:80
        """))).isEmpty();
  }

  @Test
  void aNodeThatIsNotHeardOfAndAPodThatNobodyTakesAreNamed() {
    LabState lab = typed(CLUSTER + """
        hop cluster node-down demo-node2
        hop cluster wait 60
        kubectl cordon demo-node1
        kubectl run late --image=busybox
        """);
    assertThat(sentences(lab)).anyMatch(s -> s.contains("demo-node2 is NotReady"))
        .anyMatch(s -> s.contains("Pod late is Pending"));
  }

  private static List<String> sentences(LabState lab) {
    return Problems.of(lab).stream().map(Problem::sentence).toList();
  }

  private static Edit up(DeviceRef link) {
    return new Edit.SetLink(link, LinkChange.up(true));
  }

  private static Edit address(DeviceRef link, String text) {
    return new Edit.AddAddress(link, NewAddress.of(InterfaceAddress.of(text)), false);
  }

  private static LabState lab(Edit... more) {
    Session session = new Session(Editor.fresh(7));
    List<Edit> wiring = List.of(new Edit.AddNetns(RED), new Edit.AddNetns(BLUE),
        new Edit.AddVeth(NewLink.named(LEFT), NewLink.named(RIGHT)));
    for (List<Edit> edits : List.of(wiring, Arrays.asList(more))) {
      edits.forEach(edit -> assertThat(session.apply(edit)).isInstanceOf(Outcome.Applied.class));
    }
    return session.state();
  }
}
