package org.hopscope.app.desktop.canvas.tools;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;

/** What would happen if the hand let go here. */
sealed interface Plan {
  /** Nothing. */
  Plan NOTHING = new Nothing();

  /** Nothing. */
  record Nothing() implements Plan {
  }

  /** An edit would be done. */
  record Do(Edit edit, Optional<Selection> target) implements Plan {
  }

  /** It cannot be done. */
  record Cannot(String title, String words) implements Plan {
  }

  /** An edit, unless the kernel refuses it: then {@code title} and the kernel's words. */
  static Plan tried(Desk desk, Edit edit, Optional<Selection> target, String title) {
    return desk.refusal(edit).<Plan>map(why -> new Cannot(title, why.text())).orElse(new Do(edit, target));
  }

  /** One edit of several, or the only one itself. */
  static Edit together(List<Edit> edits) {
    return edits.size() == 1 ? edits.getFirst() : new Edit.Together(edits);
  }

  /** Carries it out; whatever it is, the gesture is over. */
  default void carryOut(Desk desk) {
    if (this instanceof Do(Edit edit, var _)) {
      desk.commit(edit);
    }
  }

  /** What to show while the hand has not let go. */
  default Sketch show(Sketch sketch, Set<Selection> targets, Point at) {
    return switch (this) {
      case Nothing() -> sketch.with(new Sketch.Targets(targets, Optional.empty()));
      case Do(var _, var target) -> sketch.with(new Sketch.Targets(targets, target));
      case Cannot(var title, var words) -> sketch.with(new Sketch.Targets(targets, Optional.empty()))
          .objecting(Optional.of(new Sketch.Objection(title, words, at)));
    };
  }
}
