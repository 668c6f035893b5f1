package org.hopscope.app.desktop.action;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import org.hopscope.app.desktop.workbench.Player;
import org.hopscope.app.desktop.workbench.Workbench;

/** Walking the open trace. */
public final class PlayActions {
  private PlayActions() {}

  public static List<Action> of(Workbench workbench, Player player) {
    BooleanBinding open =
        Bindings.createBooleanBinding(() -> workbench.traceProperty().get().isPresent(), workbench.traceProperty());
    return List.of(Action.of("step", () -> player.move(1)).on("F10").when(open),
        Action.of("back", () -> player.move(-1)).on("F9").when(open),
        Action.of("play", player::toggle).on("F5").when(open),
        Action.of("first", player::first).on("Shortcut+F9").when(open),
        Action.of("last", player::last).on("Shortcut+F10").when(open),
        Action.of("close", workbench::closeTrace).on("F8").when(open));
  }
}
