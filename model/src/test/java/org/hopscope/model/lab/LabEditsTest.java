package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.lab.Bench.bridge;
import static org.hopscope.model.lab.Bench.delete;
import static org.hopscope.model.lab.Bench.id;
import static org.hopscope.model.lab.Bench.netns;
import static org.hopscope.model.lab.Bench.ref;
import static org.hopscope.model.lab.Bench.up;
import static org.hopscope.model.lab.Bench.veth;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;
import org.junit.jupiter.api.Test;

/** Hosts, servers, time, notes and gestures: what a lab has besides a kernel. */
class LabEditsTest {
  private static Edit serve(int port, String on) {
    return new Edit.Serve(id("a"), new Server(new PortNumber(port), Transport.TCP, IpAddress.parse(on), "web"));
  }

  @Test
  void aCableJoinsTwoCardsAndHasCarrierWhenBothAreUp() {
    Bench bench = new Bench().does(new Edit.AddHost("n2"), new Edit.AddCable(ref("eth0"), ref("n2:/eth0")),
        up("eth0"), up("n2:/eth0"));
    assertThat(Links.hasCarrier(bench.lab(), bench.device("eth0"))).isTrue();
    bench.refuses(new Edit.AddCable(ref("eth0"), ref("n2:/eth1")),
        "Cannot plug a cable into host:eth0: it has one already")
        .refuses(new Edit.AddCable(ref("lo"), ref("n2:/eth1")),
            "Cannot plug a cable into host:lo: it is no network card")
        .refuses(new Edit.AddCable(ref("x"), ref("x")), "Cannot plug both ends of a cable into host:x")
        .refuses(new Edit.AddCable(ref("x"), ref("n3:/x")), "Cannot find host \"n3\"")
        .refuses(delete("eth0"), "RTNETLINK answers: Operation not supported");
  }

  @Test
  void aHostTakesAllItHasWithIt() {
    Bench bench = new Bench().does(new Edit.AddHost("n2"), new Edit.AddCable(ref("eth0"), ref("n2:/eth0")),
        netns("n2:a"), veth("n2:a/v", "n2:/w"), new Edit.DeleteHost("n2"));
    assertThat(bench.lab().hosts()).containsOnlyKeys("host");
    assertThat(bench.lab().netns()).containsOnlyKeys(NetnsId.root("host"));
    assertThat(bench.device("eth0").peer()).isEmpty();
    bench.refuses(new Edit.DeleteHost("host"), "Cannot delete host \"host\": a lab has at least one host")
        .refuses(new Edit.DeleteHost("n2"), "Cannot find host \"n2\"")
        .refuses(new Edit.AddHost("host"), "Cannot add host \"host\": File exists")
        .refuses(new Edit.AddHost("a:b"), "Invalid host name \"a:b\"");
  }

  @Test
  void aPortIsServedOnce() {
    Bench bench = new Bench().does(netns("a"), up("a/lo")).does(serve(80, "")).refuses(serve(80, ""), "already serving")
        .refuses(serve(80, "10.0.0.1"), "Cannot assign requested address")
        .refuses(serve(80, "127.0.0.1"), "Address already in use")
        .does(serve(81, "127.0.0.1"), serve(81, "127.0.0.2")).refuses(serve(81, ""), "Address already in use")
        .refuses(new Edit.Unserve(id("a"), Optional.of(new PortNumber(99)), Optional.empty()), "nothing served there")
        .does(new Edit.Unserve(id("a"), Optional.of(new PortNumber(81)), Optional.of(Transport.TCP)));
    assertThat(bench.lab().find(id("a")).orElseThrow().servers()).hasSize(1);
  }

  @Test
  void sleepMovesTheClockForwardOnly() {
    Bench bench = new Bench().does(new Edit.Sleep(5));
    assertThat(bench.lab().now().nanos()).isEqualTo(5);
    assertThat(Editor.apply(bench.lab(), new Edit.Sleep(-1))).isInstanceOf(Editor.Result.Refused.class);
    assertThat(Editor.apply(bench.lab(), new Edit.Sleep(Long.MAX_VALUE))).isInstanceOf(Editor.Result.Refused.class);
  }

  @Test
  void togetherIsAllOrNothingAndOneEntry() {
    Session session = new Session(Editor.fresh(1));
    LabState start = session.state();
    assertThat(session.apply(new Edit.Together(List.of(netns("a"), bridge("a/br0"), bridge("a/br0")))))
        .isInstanceOfSatisfying(Outcome.Refused.class,
            r -> assertThat(r.why().text()).isEqualTo("RTNETLINK answers: File exists"));
    assertThat(session.state()).isSameAs(start);
    session.apply(new Edit.Together(List.of(netns("a"), bridge("a/br0"))));
    session.undo();
    assertThat(session.state()).isEqualTo(start);
  }

  @Test
  void notesNameWhatIsThere() {
    SavedProbe probe = new SavedProbe("web", Probe.ping(id("a"), IpAddress.of("10.0.0.2")), true);
    Bench bench = new Bench().refuses(new Edit.SaveProbe(probe),
        "Cannot open network namespace \"a\": No such file or directory");
    bench.does(netns("a"), new Edit.SaveProbe(probe), new Edit.Arrange(new ItemKey("netns", "host/a"),
        new Notes.Place(1, 2))).refuses(new Edit.ForgetProbe("dns"), "Cannot find saved probe \"dns\"")
        .refuses(new Edit.Arrange(new ItemKey("device", "99"), new Notes.Place(1, 2)),
            "Cannot arrange device \"99\": there is none");
    assertThat(bench.lab().notes().probes()).containsOnlyKeys("web");
    bench.does(new Edit.DeleteNetns(id("a")));
    assertThat(bench.lab().notes()).isEqualTo(Notes.NONE);
  }

  @Test
  void remarks_are_put_on_the_canvas_changed_and_erased() {
    Remark note = new Remark("note1", Remark.Kind.NOTE, "who answers?", new Notes.Place(10, 20), 160, 80);
    Bench bench = new Bench().does(new Edit.PutRemark(note), new Edit.PutRemark(note.withText("nobody")));
    assertThat(bench.lab().notes().remarks()).containsExactly(java.util.Map.entry("note1", note.withText("nobody")));
    bench.refuses(new Edit.EraseRemark("note2"), "Cannot find remark \"note2\"")
        .refuses(new Edit.PutRemark(note.withText("x".repeat(Remark.LONGEST + 1))),
            "Cannot write \"note1\" on the canvas: its size, place or length is none");
    bench.does(new Edit.EraseRemark("note1"));
    assertThat(bench.lab().notes()).isEqualTo(Notes.NONE);
  }

  @Test
  void everything_can_be_put_where_the_layout_puts_it() {
    Bench bench = new Bench().does(netns("a"),
        new Edit.Arrange(new ItemKey("netns", "host/a"), new Notes.Place(1, 2)), new Edit.Disarrange());
    assertThat(bench.lab().notes()).isEqualTo(Notes.NONE);
  }
}
