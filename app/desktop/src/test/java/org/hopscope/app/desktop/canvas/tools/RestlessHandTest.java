package org.hopscope.app.desktop.canvas.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Commands;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hand that does anything at all, by a seed. */
class RestlessHandTest {
  private static final int MOVES = 220;
  private static final int MOST_DEVICES = 60;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void whatever_it_does_can_be_undone_and_typed_instead(long seed) {
    LabState start = SampleLabs.named("empty");
    Hand hand = new Hand(start);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < MOVES; i++) {
      anything(hand, random);
      if (random.nextInt(4) == 0) {
        LabState committed = hand.lab();
        hand.esc();
        assertThat(hand.lab()).isEqualTo(committed);
        assertThat(hand.isIdle()).isTrue();
      }
    }
    hand.esc();
    LabState end = hand.lab();
    assertThat(hand.edits()).isNotEmpty();
    assertThat(typed(start, hand)).isEqualTo(end.withNotes(start.notes()));
    while (hand.session().undo().isPresent()) {
      assertThat(hand.session().canRedo()).isTrue();
    }
    assertThat(hand.lab()).isEqualTo(start);
  }

  /** The lab that the commands of all its edits make when they are typed. */
  private static LabState typed(LabState start, Hand hand) {
    Session session = new Session(start);
    Session mirror = new Session(start);
    hand.edits().forEach(edit -> {
      List<String> lines = Commands.of(mirror.state(), edit);
      mirror.apply(edit);
      for (String line : lines) {
        assertThat(Shell.run(session, NetnsId.root(start.firstHost().name()), line).exit()).as(line).isZero();
      }
    });
    return session.state().withNotes(start.notes());
  }

  private static void anything(Hand hand, RandomGenerator random) {
    Point at = somewhere(hand, random);
    switch (random.nextInt(10)) {
      case 0 -> hand.take(Palette.values()[random.nextInt(Palette.values().length)]).toPoint(at);
      case 1 -> hand.pressAt(at);
      case 2, 3 -> hand.toPoint(at);
      case 4 -> hand.release();
      case 5 -> hand.pressAt(at).toPoint(somewhere(hand, random)).release();
      case 6 -> hand.pressAt(at).release();
      case 7 -> {
        if (hand.lab().devices().size() < MOST_DEVICES && !hand.selection().isEmpty()) {
          Clip.of(hand.picture(), hand.selection()).pasteInto(hand.lab()).ifPresent(hand::commit);
        }
      }
      case 8 -> Aligning.values()[random.nextInt(Aligning.values().length)].of(hand.picture(), hand.selection())
          .ifPresent(hand::commit);
      default -> hand.holding(random.nextBoolean() ? new Touch.Held[] {Touch.Held.SHIFT} : new Touch.Held[0]);
    }
  }

  private static Point somewhere(Hand hand, RandomGenerator random) {
    List<Part> parts = List.copyOf(hand.picture().parts());
    Box box = parts.get(random.nextInt(parts.size())).box().grown(random.nextInt(10) == 0 ? 60 : 0);
    return new Point(box.x() + random.nextDouble() * box.width(), box.y() + random.nextDouble() * box.height());
  }
}
