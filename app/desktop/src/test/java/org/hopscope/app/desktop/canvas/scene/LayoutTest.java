package org.hopscope.app.desktop.canvas.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things lie. */
class LayoutTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 424242, -7, 99991})
  void things_lie_in_what_holds_them_and_never_on_a_sibling(long seed) {
    Picture picture = Layout.of(SampleLabs.random(seed));
    for (Part part : picture.parts()) {
      part.holder().flatMap(picture::find).ifPresent(holder -> assertThat(reach(holder))
          .as("%s holds %s", holder, part).matches(b -> b.contains(part.box())));
      for (Part other : picture.parts()) {
        if (!part.equals(other) && part.holder().equals(other.holder())) {
          assertThat(part.box().intersects(other.box())).as("%s on %s", part, other).isFalse();
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38, 39, 40})
  void everything_in_a_lab_has_one_place_and_every_pair_one_cable(long seed) {
    LabState lab = SampleLabs.random(seed);
    Picture picture = Layout.of(lab);
    for (DeviceId id : lab.devices().keySet()) {
      assertThat(picture.find(id)).isPresent();
    }
    long netns = lab.netns().keySet().stream().filter(n -> !n.isRoot()).count();
    assertThat(picture.parts()).hasSize((int) (lab.devices().size() + netns + lab.hosts().size()));
    long ends = lab.devices().values().stream().filter(d -> d.peer().isPresent()).count();
    assertThat(picture.cables()).hasSize((int) (ends / 2));
    assertThat(Layout.of(lab)).isEqualTo(picture);
  }

  @Test
  void a_port_lies_in_a_slot_below_its_peer() {
    LabState lab = SampleLabs.named("bridge");
    Picture picture = Layout.of(lab);
    List<Part> slots = picture.parts().stream().filter(p -> p.kind() == Part.Kind.SLOT).toList();
    assertThat(slots).hasSize(3);
    for (Part slot : slots) {
      Part peer = Things.device(lab, slot.thing()).orElseThrow().peer().flatMap(picture::find).orElseThrow();
      assertThat(slot.box().centreX()).isEqualTo(peer.box().centreX());
      assertThat(slot.box().y()).isGreaterThan(peer.box().bottom());
    }
  }

  @ParameterizedTest(name = "{0} cables")
  @ValueSource(ints = {0, 1, 4, 9})
  void hosts_stand_side_by_side_only_while_all_of_them_can_be_read_at_once(int cables) {
    List<Box> hosts = Layout.of(SampleLabs.cabled(3, cables)).parts().stream()
        .filter(p -> p.kind() == Part.Kind.HOST).map(Part::box).toList();
    double row = hosts.stream().mapToDouble(Box::width).sum() + 2 * Sizes.HOST_GAP;
    assertThat(hosts.stream().map(Box::y).distinct().count() == 1).isEqualTo(row <= 1600);
    double left = hosts.getFirst().x();
    assertThat(hosts).allSatisfy(h -> assertThat(h.right() <= left + 1600 || h.x() == left).isTrue());
  }

  @ParameterizedTest(name = "{0} cables")
  @ValueSource(ints = {4, 9})
  void a_cable_to_a_host_below_leads_through_no_other_host(int cables) {
    Picture picture = Layout.of(SampleLabs.cabled(4, cables));
    List<Box> hosts = picture.parts().stream().filter(p -> p.kind() == Part.Kind.HOST).map(Part::box).toList();
    assertThat(hosts.stream().map(Box::y).distinct().count()).isGreaterThan(1);
    for (Cable cable : picture.cables()) {
      for (int i = 1; i < cable.route().size(); i++) {
        Point one = cable.route().get(i - 1);
        Point other = cable.route().get(i);
        double x = (one.x() + other.x()) / 2;
        double top = Math.min(one.y(), other.y());
        double bottom = Math.max(one.y(), other.y());
        assertThat(hosts).noneMatch(h -> h.x() < x && x < h.right() && top < h.y() && bottom > h.bottom());
      }
    }
  }

  @ParameterizedTest(name = "{0} cables")
  @ValueSource(ints = {1, 9})
  void what_hangs_on_a_cable_sits_on_the_border_however_many_there_are(int cables) {
    List<Part> parts = List.copyOf(Layout.of(SampleLabs.cabled(2, cables)).parts());
    List<Double> borders = parts.stream().filter(p -> p.kind() == Part.Kind.HOST).map(p -> p.box().bottom()).toList();
    List<Part> chips = parts.stream().filter(p -> p.kind() == Part.Kind.CHIP).toList();
    assertThat(chips).hasSize(2 * cables);
    assertThat(chips).allMatch(c -> borders.contains(c.box().y() + Sizes.CHIP_ABOVE));
  }

  @Test
  void three_hundred_devices_are_laid_out_at_once() {
    Picture picture = Layout.of(SampleLabs.named("many"));
    assertThat(picture.parts().size()).isGreaterThan(300);
    assertThat(picture.bounds()).isPresent();
  }

  @Test
  void walking_forward_comes_by_everything_once_and_ends() {
    Picture picture = Layout.of(SampleLabs.named("machines"));
    Optional<Selection> at = Walk.next(picture, Optional.empty(), true);
    int count = 0;
    while (at.isPresent()) {
      count++;
      at = Walk.next(picture, at, true);
    }
    assertThat(count).isEqualTo(picture.parts().size());
  }

  /** A chip hangs below the border that it sits on. */
  private static Box reach(Part holder) {
    Box box = holder.box();
    return holder.holdsDevices()
        ? new Box(box.x(), box.y(), box.width(), box.height() + Sizes.CHIP_BELOW)
        : box;
  }
}
