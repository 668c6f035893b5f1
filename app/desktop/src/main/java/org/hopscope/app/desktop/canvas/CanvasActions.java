package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import org.hopscope.app.desktop.action.Action;
import org.hopscope.app.desktop.canvas.tools.Aligning;
import org.hopscope.app.desktop.workbench.Workbench;

/** The canvas's part of the table of actions. Its keys work while the canvas has the focus. */
final class CanvasActions {
  private CanvasActions() {}

  static List<Action> of(Workbench workbench, CanvasVerbs verbs, ViewKeeper view, Runnable list) {
    var selection = workbench.selectionProperty();
    BooleanBinding one = Bindings.createBooleanBinding(() -> !selection.get().isEmpty(), selection);
    BooleanBinding two = Bindings.createBooleanBinding(() -> selection.get().size() > 1, selection);
    BooleanBinding three = Bindings.createBooleanBinding(() -> selection.get().size() > 2, selection);
    return List.of(Action.of("canvas.all", verbs::selectAll).inside("Shortcut+A"),
        Action.of("canvas.copy", verbs::copy).inside("Shortcut+C").when(one),
        Action.of("canvas.cut", verbs::cut).inside("Shortcut+X").when(one),
        Action.of("canvas.paste", verbs::paste).inside("Shortcut+V"),
        Action.of("canvas.duplicate", verbs::duplicate).inside("Shortcut+D").when(one),
        Action.of("canvas.rename", verbs::rename).inside("F2").when(one),
        Action.of("canvas.delete", verbs::delete).inside("Delete").when(one),
        Action.of("canvas.group", verbs::group).inside("Shortcut+Shift+G").when(one),
        Action.of("canvas.lock", verbs::lock).inside("Shortcut+Shift+L").when(one),
        Action.of("canvas.tidy", verbs::tidy).inside("Shift+T"),
        align(verbs, Aligning.LEFT, "Alt+A").when(two), align(verbs, Aligning.CENTRE, "Alt+H").when(two),
        align(verbs, Aligning.RIGHT, "Alt+D").when(two), align(verbs, Aligning.TOP, "Alt+W").when(two),
        align(verbs, Aligning.MIDDLE, "Alt+V").when(two), align(verbs, Aligning.BOTTOM, "Alt+S").when(two),
        align(verbs, Aligning.ACROSS, "Alt+Shift+H").when(three),
        align(verbs, Aligning.DOWN, "Alt+Shift+V").when(three),
        Action.of("canvas.list", list).inside("Shift+W"),
        Action.of("canvas.in", () -> view.zoom(1.25)).inside("Shortcut+Plus"),
        Action.of("canvas.out", () -> view.zoom(0.8)).inside("Shortcut+Minus"),
        Action.of("canvas.home", view::home).inside("Shortcut+0"),
        Action.of("canvas.fit", view::fit).inside("Shortcut+9"),
        Action.of("canvas.fit.selection", view::fitSelection).inside("Shortcut+8").when(one));
  }

  private static Action align(CanvasVerbs verbs, Aligning way, String keys) {
    return Action.of("canvas.align." + way.name().toLowerCase(Locale.ROOT), () -> verbs.align(way))
        .inside(keys);
  }
}
