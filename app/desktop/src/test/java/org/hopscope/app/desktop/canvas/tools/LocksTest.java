package org.hopscope.app.desktop.canvas.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Guards;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.Notes;
import org.junit.jupiter.api.Test;

/** What is locked stays where and as it is, until it is unlocked. */
class LocksTest {
  private final Hand hand = new Hand(SampleLabs.named("bridge"));

  private Selection lock(String name) {
    Selection thing = hand.part(name).thing();
    hand.commit(Locks.toggled(hand.picture(), Set.of(thing)).orElseThrow());
    return thing;
  }

  @Test
  void a_locked_thing_cannot_be_carried_away() {
    Selection web = lock("web");
    LabState before = hand.lab();
    hand.press("web").by(200, 90);
    assertThat(hand.sees().objection()).hasValueSatisfying(o -> assertThat(o.title()).contains("web is locked"));
    hand.release();
    assertThat(hand.lab()).isEqualTo(before);
    assertThat(Locks.isLocked(hand.picture(), web)).isTrue();
  }

  @Test
  void an_edit_of_it_is_told_from_others() {
    Selection eth = lock("web/eth0");
    var ref = hand.device("web/eth0").orElseThrow().ref();
    assertThat(Locks.of(hand.lab(), Guards.NONE, new Edit.DeleteLink(ref))).contains(eth);
    assertThat(Locks.of(hand.lab(), Guards.NONE, new Edit.SetLink(ref, LinkChange.up(false)))).contains(eth);
    assertThat(Locks.of(hand.lab(), Guards.NONE, new Edit.DeleteLink(hand.device("db/eth0").orElseThrow().ref())))
        .isEmpty();
    assertThat(Locks.within(hand.picture(), Set.of(hand.part("web").thing()))).contains(eth);
  }

  @Test
  void it_stays_where_it_is_when_the_rest_is_put_in_order_and_goes_again_once_unlocked() {
    Selection web = lock("web");
    Point corner = hand.part("web").box().corner();
    hand.commit(new Edit.Disarrange());
    assertThat(hand.part("web").box().corner()).isEqualTo(corner);
    hand.commit(Locks.toggled(hand.picture(), Set.of(web)).orElseThrow());
    assertThat(Locks.isLocked(hand.picture(), web)).isFalse();
    hand.commit(Acts.nudge(hand.picture(), Set.of(web), new Point(40, 40)).orElseThrow());
    assertThat(hand.part("web").box().corner()).isNotEqualTo(corner);
  }

  @Test
  void what_a_lesson_locks_says_until_when_and_what_it_hides_is_not_drawn() {
    Selection web = hand.part("web").thing();
    Selection eth = hand.part("web/eth0").thing();
    Selection db = hand.part("db").thing();
    Selection dbEth = hand.part("db/eth0").thing();
    int cables = hand.picture().cables().size();
    hand.guarded(new Guards(Map.of(Things.key(web), "until task 2"), Set.of(Things.key(db))));
    assertThat(hand.picture().find(db)).isEmpty();
    assertThat(hand.picture().find(dbEth)).isEmpty();
    assertThat(hand.picture().cables()).hasSize(cables - 1);
    assertThat(Locks.isLocked(hand.picture(), eth)).as("what lies in it is locked too").isTrue();
    assertThat(Locks.wearsLock(hand.picture(), eth)).isFalse();
    LabState before = hand.lab();
    hand.press("web").by(200, 90);
    assertThat(hand.sees().objection()).hasValueSatisfying(o -> {
      assertThat(o.title()).contains("web is locked");
      assertThat(o.words()).isEqualTo("until task 2");
    });
    hand.release();
    hand.press("web/eth0").to("@host").release();
    assertThat(hand.lab()).isEqualTo(before);
    var ref = hand.device("web/eth0").orElseThrow().ref();
    assertThat(Locks.of(hand.lab(), hand.picture().guards(), new Edit.DeleteLink(ref))).contains(eth);
    assertThat(Locks.of(hand.lab(), hand.picture().guards(), new Edit.Arrange(Things.key(web), new Notes.Place(8, 8))))
        .contains(web);
    hand.guarded(Guards.NONE);
    hand.press("web").by(200, 90).release();
    assertThat(hand.lab()).isNotEqualTo(before);
    assertThat(hand.picture().find(dbEth)).isPresent();
  }
}
