package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.EditWalk;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.ConnectionUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandsTest {
  private static final int EDITS = 120;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void typingTheCommandsOfAnEditDoesTheSameAsTheEdit(long seed) {
    EditWalk walk = new EditWalk(seed);
    Session made = new Session(Editor.fresh(seed));
    for (int i = 0; i < EDITS; i++) {
      LabState before = made.state();
      Edit edit = walk.next(before);
      if (made.apply(edit) instanceof Outcome.Applied) {
        List<String> lines = Commands.of(before, edit);
        Session typed = new Session(before);
        for (String line : lines) {
          Reply reply = Shell.run(typed, before.firstHost().root(), line);
          assertThat(reply.exit()).as("seed %d: %s said %s", seed, line, reply.err()).isZero();
        }
        assertThat(withoutNotes(typed.state())).as("seed %d: %s", seed, lines).isEqualTo(withoutNotes(made.state()));
      }
    }
  }

  /** Probes and positions are not typed. */
  private static LabState withoutNotes(LabState lab) {
    return lab.withNotes(Notes.NONE);
  }

  @Test
  void theArticlesExperimentIsWrittenAsTheArticleWritesIt() {
    LabState lab = Editor.fresh(1);
    NetnsId netns1 = new NetnsId("host", "netns1");
    NetnsId root = NetnsId.root("host");
    Session session = new Session(lab);
    session.apply(new Edit.AddNetns(netns1));
    assertThat(Commands.of(lab, new Edit.AddNetns(netns1))).containsExactly("ip netns add netns1");
    assertThat(Commands.of(session.state(), new Edit.AddVeth(named(root, "veth1"), named(root, "veth2"))))
        .containsExactly("ip link add veth1 type veth peer name veth2");
    assertThat(Commands.of(session.state(),
        new Edit.SetLink(new DeviceRef(root, "veth1"), LinkChange.netns(netns1))))
        .containsExactly("ip link set veth1 netns netns1");
    assertThat(Commands.of(session.state(), new Edit.AddAddress(new DeviceRef(netns1, "veth1"),
        NewAddress.of(InterfaceAddress.of("10.1.1.1/24")), false)))
        .containsExactly("ip netns exec netns1 ip addr add 10.1.1.1/24 dev veth1");
  }

  @Test
  void namesThatAreWordsOfTheToolAreTypedSoThatTheyAreNot() {
    LabState lab = Editor.fresh(1);
    NetnsId root = NetnsId.root("host");
    assertThat(Commands.of(lab, new Edit.AddVeth(named(root, "up"), named(root, "a"))))
        .containsExactly("ip link add name up type veth peer name a");
    assertThat(Commands.of(lab, new Edit.DeleteLink(new DeviceRef(root, "down"))))
        .containsExactly("ip link del dev down");
  }

  @Test
  void otherHostsAreReachedThroughHop() {
    Session session = new Session(Editor.fresh(1));
    session.apply(new Edit.AddHost("left"));
    NetnsId web = new NetnsId("left", "web");
    session.apply(new Edit.AddNetns(web));
    assertThat(Commands.of(session.state(), new Edit.AddNetns(new NetnsId("left", "db"))))
        .containsExactly("hop on left ip netns add db");
    assertThat(Commands.of(session.state(), new Edit.Unserve(web, Optional.empty(), Optional.empty())))
        .containsExactly("unserve left/web");
    assertThat(Commands.of(session.state(), new Edit.FlushAddresses(new DeviceRef(web, "eth0"))))
        .containsExactly("hop on left ip netns exec web ip addr flush dev eth0");
  }

  @Test
  void aConnectionThatWasChangedIsChangedBySayingSo() {
    Session session = new Session(Editor.fresh(1));
    NetnsId root = NetnsId.root(LabState.FIRST_HOST);
    Shell.run(session, root, "ip link set lo up");
    Shell.run(session, root, "iptables -A OUTPUT -m conntrack --ctstate NEW");
    Shell.run(session, root, "ping -c 1 127.0.0.1");
    LabState before = session.state();
    Edit edit = new Edit.UpdateConnections(root,
        List.copyOf(before.learned().netfilter(root).conntrack().connections().keySet()),
        ConnectionUpdate.NOTHING.withMark(new ConnectionUpdate.Marking(6, 0xf)).withSeconds(50).withAssured());
    session.apply(edit);
    Session typed = new Session(before);
    for (String line : Commands.of(before, edit)) {
      assertThat(line).startsWith("conntrack -U -p 1 ").endsWith(" -m 6/15 -t 50 -u ASSURED");
      Shell.run(typed, root, line);
    }
    assertThat(withoutNotes(typed.state())).isEqualTo(withoutNotes(session.state())).isNotEqualTo(before);
  }

  private static NewLink named(NetnsId netns, String name) {
    return NewLink.named(new DeviceRef(netns, name));
  }
}
