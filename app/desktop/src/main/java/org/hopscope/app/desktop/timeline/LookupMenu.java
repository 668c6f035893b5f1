package org.hopscope.app.desktop.timeline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.hopscope.app.desktop.kit.DropButton;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Asked;
import org.hopscope.app.desktop.workbench.Breakpoint;
import org.hopscope.app.desktop.workbench.Player;
import org.hopscope.app.desktop.workbench.Stops;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Step;

/** The tables that the open trace asks: choosing one goes to its next lookup. Below them, where playing shall stop. */
final class LookupMenu {
  private final Workbench workbench;
  private final Player player;

  private LookupMenu(Workbench workbench, Player player) {
    this.workbench = workbench;
    this.player = player;
  }

  /** The button that drops it down. */
  static DropButton button(Workbench workbench, Player player) {
    DropButton button = new DropButton(new LookupMenu(workbench, player)::items);
    button.setText(Messages.text("timeline.lookup"));
    button.getStyleClass().add("chip-button");
    button.setId("lookup");
    return button;
  }

  private List<MenuItem> items() {
    List<Step> steps = workbench.traceProperty().get().map(t -> t.steps()).orElse(List.of());
    Map<Asked, Integer> counts = new EnumMap<>(Asked.class);
    steps.forEach(s -> Asked.of(s).ifPresent(a -> counts.merge(a, 1, Integer::sum)));
    List<MenuItem> items = new ArrayList<>();
    counts.forEach((asked, count) -> {
      MenuItem item = new MenuItem(Messages.text("timeline.lookup.next", word(asked), count));
      item.setOnAction(_ -> player.jump((trace, at) -> Stops.table(trace, at, asked)
          .or(() -> Stops.table(trace, 0, asked))));
      items.add(item);
    });
    if (counts.isEmpty()) {
      MenuItem none = new MenuItem(Messages.text("timeline.lookup.none"));
      none.setDisable(true);
      items.add(none);
    }
    items.add(new SeparatorMenuItem());
    items.add(stops(steps, counts));
    CheckMenuItem follow = new CheckMenuItem(Messages.text("action.follow"));
    follow.setSelected(player.followingProperty().get());
    follow.setOnAction(_ -> player.followingProperty().set(follow.isSelected()));
    items.add(follow);
    CheckMenuItem predict = new CheckMenuItem(Messages.text("action.predict"));
    predict.setSelected(workbench.predictions().onProperty().get());
    predict.setOnAction(_ -> workbench.predictions().onProperty().set(predict.isSelected()));
    items.add(predict);
    items.add(speeds());
    return items;
  }

  private Menu speeds() {
    Menu menu = new Menu(Messages.text("timeline.speed"));
    for (Player.Speed speed : Player.Speed.values()) {
      RadioMenuItem item = new RadioMenuItem(Messages.text("timeline.speed." + speed.name().toLowerCase(Locale.ROOT)));
      item.setSelected(player.speedProperty().get() == speed);
      item.setOnAction(_ -> player.speedProperty().set(speed));
      menu.getItems().add(item);
    }
    return menu;
  }

  private Menu stops(List<Step> steps, Map<Asked, Integer> counts) {
    Menu menu = new Menu(Messages.text("timeline.lookup.stop"));
    counts.keySet().forEach(asked -> menu.getItems().add(check(word(asked), new Breakpoint.AtTable(asked))));
    TreeSet<Event.Rewriting> changes = new TreeSet<>();
    steps.forEach(s -> change(s).ifPresent(changes::add));
    changes.forEach(why -> menu.getItems()
        .add(check(Messages.text("timeline.change." + why), new Breakpoint.AtChange(why))));
    menu.setDisable(menu.getItems().isEmpty());
    return menu;
  }

  private static Optional<Event.Rewriting> change(Step step) {
    return step.event() instanceof Event.Rewritten(var _, Event.Rewriting why) ? Optional.of(why) : Optional.empty();
  }

  private CheckMenuItem check(String words, Breakpoint breakpoint) {
    CheckMenuItem item = new CheckMenuItem(words);
    item.setSelected(player.breakpoints().contains(breakpoint));
    item.setOnAction(_ -> player.toggle(breakpoint));
    return item;
  }

  private static String word(Asked asked) {
    return Messages.text("asked." + asked);
  }
}
