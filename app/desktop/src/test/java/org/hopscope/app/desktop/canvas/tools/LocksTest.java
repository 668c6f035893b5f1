package org.hopscope.app.desktop.canvas.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
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
    assertThat(Locks.isLocked(hand.lab(), web)).isTrue();
  }

  @Test
  void an_edit_of_it_is_told_from_others() {
    Selection eth = lock("web/eth0");
    var ref = hand.device("web/eth0").orElseThrow().ref();
    assertThat(Locks.of(hand.lab(), new Edit.DeleteLink(ref))).contains(eth);
    assertThat(Locks.of(hand.lab(), new Edit.SetLink(ref, LinkChange.up(false)))).contains(eth);
    assertThat(Locks.of(hand.lab(), new Edit.DeleteLink(hand.device("db/eth0").orElseThrow().ref()))).isEmpty();
    assertThat(Locks.within(hand.picture(), Set.of(hand.part("web").thing()))).contains(eth);
  }

  @Test
  void it_stays_where_it_is_when_the_rest_is_put_in_order_and_goes_again_once_unlocked() {
    Selection web = lock("web");
    Point corner = hand.part("web").box().corner();
    hand.commit(new Edit.Disarrange());
    assertThat(hand.part("web").box().corner()).isEqualTo(corner);
    hand.commit(Locks.toggled(hand.picture(), Set.of(web)).orElseThrow());
    assertThat(Locks.isLocked(hand.lab(), web)).isFalse();
    hand.commit(Acts.nudge(hand.picture(), Set.of(web), new Point(40, 40)).orElseThrow());
    assertThat(hand.part("web").box().corner()).isNotEqualTo(corner);
  }
}
