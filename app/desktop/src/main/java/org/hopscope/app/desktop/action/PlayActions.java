package org.hopscope.app.desktop.action;

import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import org.hopscope.app.desktop.workbench.Breakpoint;
import org.hopscope.app.desktop.workbench.Player;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Stops;
import org.hopscope.app.desktop.workbench.Workbench;

/** Walking the open trace. */
public final class PlayActions {
  private PlayActions() {}

  /** The device that is selected, as a place to stop at. */
  private static Optional<Breakpoint> here(Workbench workbench) {
    return workbench.selectionProperty().get().stream().reduce((_, last) -> last)
        .filter(Selection.OfDevice.class::isInstance)
        .map(thing -> new Breakpoint.AtDevice(((Selection.OfDevice) thing).device()));
  }

  public static List<Action> of(Workbench workbench, Player player) {
    BooleanBinding open =
        Bindings.createBooleanBinding(() -> workbench.traceProperty().get().isPresent(), workbench.traceProperty());
    return List.of(Action.of("step", () -> player.move(1)).on("F10").when(open),
        Action.of("back", () -> player.move(-1)).on("F9").when(open),
        Action.of("into", () -> player.jump(Stops::into)).on("F11").when(open),
        Action.of("into.back", () -> player.jump(Stops::intoBack)).on("Shift+F11").when(open),
        Action.of("over", () -> player.jump(Stops::over)).on("Shift+F10").when(open),
        Action.of("out", () -> player.jump(Stops::out)).on("Shift+F9").when(open),
        Action.of("death", () -> player.jump((trace, _) -> Stops.death(trace))).on("F12").when(open),
        Action.of("run", player::run).on("Shift+F5").when(open),
        Action.of("follow", () -> player.followingProperty().set(!player.followingProperty().get())),
        Action.of("predict", () -> workbench.predictions().onProperty()
            .set(!workbench.predictions().onProperty().get())).on("F7"),
        Action.of("stop.here", () -> here(workbench).ifPresent(player::toggle)).on("Shift+F12"),
        Action.of("unstop", player.breakpoints()::clear),
        Action.of("play", player::toggle).on("F5").when(open),
        Action.of("first", player::first).on("Shortcut+F9").when(open),
        Action.of("last", player::last).on("Shortcut+F10").when(open),
        Action.of("close", workbench::closeTrace).on("F8").when(open));
  }
}
