package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hopscope.model.lab.Bench.id;
import static org.hopscope.model.lab.Bench.netns;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Change.Cause;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Probe PING = Probe.ping(id(""), IpAddress.of("127.0.0.1"));
  private final Session session = new Session(Editor.fresh(1));
  private final List<Cause> causes = new ArrayList<>();

  @Test
  void everyChangeIsToldWithItsCauseAfterItHappened() {
    session.listen(c -> {
      assertThat(session.state()).isSameAs(c.after());
      causes.add(c.cause());
    });
    LabState before = session.state();
    session.by(Hand.GESTURE).apply(netns("a"));
    LabState between = session.state();
    session.commit(PING, session.state().learned().withPacketIds(id("a"), 1), new VirtualTime(5));
    session.undo();
    session.redo();
    session.replace(Editor.fresh(2));
    Deed deed = new Deed(netns("a"), Hand.GESTURE, before);
    assertThat(between).isNotEqualTo(before);
    assertThat(causes).containsExactly(new Cause.Edited(deed), new Cause.Committed(PING), new Cause.Undone(deed),
        new Cause.Redone(deed), new Cause.Replaced());
  }

  @Test
  void aLabThatIsPutBackIsAnEntryLikeAnyOther() {
    LabState start = session.state();
    session.apply(netns("a"));
    LabState later = session.state();
    session.apply(new Edit.Restore("where it began", start));
    assertThat(session.state()).isEqualTo(start);
    assertThat(session.history()).hasSize(2);
    session.undo();
    assertThat(session.state()).isEqualTo(later);
    session.undo();
    assertThat(session.state()).isEqualTo(start);
    assertThat(session.undone()).isEqualTo(2);
  }

  @Test
  void aSessionFollowsWhatWasDoneInAnotherToALabLikeItsOwn() {
    LabState start = session.state();
    Session ahead = new Session(start);
    List<Change> done = new ArrayList<>();
    ahead.listen(done::add);
    ahead.apply(netns("a"));
    ahead.commit(PING, ahead.state().learned().withPacketIds(id("a"), 1), new VirtualTime(5));
    ahead.apply(netns("b"));
    done.forEach(session::follow);
    assertThat(session.state()).isEqualTo(ahead.state());
    assertThat(session.history()).isEqualTo(ahead.history());
    assertThatThrownBy(() -> session.follow(done.getFirst())).isInstanceOf(IllegalStateException.class);
    session.undo();
    session.undo();
    assertThat(session.state()).isEqualTo(start);
  }

  @Test
  void aSessionTakesOverAnothersHistory() {
    Session other = new Session(Editor.fresh(4));
    other.apply(netns("a"));
    other.apply(netns("b"));
    other.undo();
    session.replace(other);
    assertThat(session.state()).isEqualTo(other.state());
    assertThat(session.history()).isEqualTo(other.history());
    session.redo();
    session.undo();
    session.undo();
    assertThat(session.state()).isEqualTo(Editor.fresh(4));
  }

  @Test
  void whatChangesNothingAndWhatIsRefusedMakesNoEntry() {
    session.listen(c -> causes.add(c.cause()));
    session.apply(new Edit.Sleep(0));
    session.apply(new Edit.DeleteNetns(id("nope")));
    session.commit(PING, session.state().learned(), session.state().now());
    assertThat(session.canUndo()).isFalse();
    assertThat(causes).isEmpty();
  }

  @Test
  void aCommitIsNoEntryAndUndoTakesItBackWithTheEditBeforeIt() {
    LabState start = session.state();
    session.apply(netns("a"));
    session.commit(PING, session.state().learned().withPacketIds(id("a"), 1), new VirtualTime(5));
    LabState committed = session.state();
    session.undo();
    assertThat(session.state()).isEqualTo(start);
    session.redo();
    assertThat(session.state()).isEqualTo(committed);
  }

  @Test
  void aNewEditEndsWhatCouldBeRedone() {
    session.apply(netns("a"));
    session.undo();
    session.apply(netns("b"));
    assertThat(session.canRedo()).isFalse();
    assertThat(session.redo()).isEmpty();
  }

  @Test
  void anotherThreadIsSentAway() {
    assertThat(CompletableFuture.supplyAsync(session::undo).handle((_, refused) -> refused).join())
        .isInstanceOf(CompletionException.class).hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("thread");
  }
}
