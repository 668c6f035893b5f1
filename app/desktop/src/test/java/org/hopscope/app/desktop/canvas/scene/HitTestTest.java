package org.hopscope.app.desktop.canvas.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Remark;
import org.junit.jupiter.api.Test;

/** What lies under a point. */
class HitTestTest {
  private final Picture picture = Layout.of(remarked(remarked(SampleLabs.named("bridge"), Remark.Kind.NOTE, -400),
      Remark.Kind.GROUP, -800));

  private static LabState remarked(LabState lab, Remark.Kind kind, double y) {
    Remark remark = new Remark(kind.name(), kind, "", new Notes.Place(0, y), 200, 120);
    return lab.withNotes(lab.notes().withRemarks(lab.notes().remarks().plus(remark.id(), remark)));
  }

  private Part first(Part.Kind kind) {
    return picture.parts().stream().filter(p -> p.kind() == kind).findFirst().orElseThrow();
  }

  @Test
  void the_innermost_thing_is_hit() {
    for (Part.Kind kind : EnumSet.complementOf(EnumSet.of(Part.Kind.CLUSTER, Part.Kind.OBJECT))) {
      Part part = first(kind);
      Point at = part.box().corner().plus(new Point(40, kind == Part.Kind.BRIDGE ? 55 : 10));
      assertThat(HitTest.at(picture, at).map(h -> h.part().kind())).contains(kind);
    }
    assertThat(HitTest.at(picture, new Point(-1000, 0))).isEmpty();
  }

  @Test
  void a_chip_has_a_mark_an_address_and_a_knob() {
    Box chip = first(Part.Kind.CHIP).box();
    assertThat(spot(chip.corner().plus(new Point(13, 13)))).isEqualTo(HitTest.Spot.MARK);
    assertThat(spot(chip.corner().plus(new Point(80, 30)))).isEqualTo(HitTest.Spot.ADDRESS);
    assertThat(spot(chip.corner().plus(new Point(80, 10)))).isEqualTo(HitTest.Spot.BODY);
    assertThat(spot(new Point(chip.centreX(), chip.bottom() + 4))).isEqualTo(HitTest.Spot.HANDLE);
  }

  private HitTest.Spot spot(Point at) {
    return HitTest.at(picture, at).orElseThrow().spot();
  }

  @Test
  void what_is_carried_is_never_what_would_take_it() {
    Part bridge = first(Part.Kind.BRIDGE);
    Point at = new Point(bridge.box().centreX(), bridge.box().bottom() - 6);
    assertThat(HitTest.holderAt(picture, at, Set.of()).map(Part::kind)).contains(Part.Kind.BRIDGE);
    assertThat(HitTest.holderAt(picture, at, Set.of(bridge.thing())).map(Part::kind)).contains(Part.Kind.HOST);
  }

  @Test
  void the_view_keeps_the_point_under_the_hand_while_it_zooms() {
    Viewport before = new Viewport(0.8, 40, -20);
    Point under = before.toCanvas(300, 200);
    Viewport after = before.zoomed(1.7, 300, 200);
    assertThat(after.toScreen(under).distance(new Point(300, 200))).isLessThan(1e-9);
    assertThat(after.zoomed(1e9, 0, 0).scale()).isEqualTo(Viewport.MOST);
    Box all = picture.bounds().orElseThrow();
    Box seen = Viewport.fit(all, 700, 500, 80, 28).toScreen(all);
    assertThat(new Box(80, 0, 620, 500).contains(seen)).isTrue();
  }
}
