package org.hopscope.app.desktop.header;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.hopscope.app.desktop.action.Action;
import org.hopscope.app.desktop.action.Actions;
import org.hopscope.app.desktop.kit.DropButton;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Mark;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.theme.Theme;

/** The top of the window: where one is, the probe bar, and what is always at hand. */
public final class Header extends HBox {
  /**
   * Where one is.
   *
   * @param chapter the chapter, or what kind of lab it is
   * @param title the lesson with its id, or the lab's name
   */
  public record Crumb(String chapter, String title) {
  }

  /** From which width on there is room for the chapter. */
  private static final double ROOMY = 1280;

  public Header(ObservableValue<Crumb> crumb, ProbeBar probe, Actions actions, ObservableValue<Theme> theme) {
    getStyleClass().add("header");
    setAlignment(Pos.CENTER_LEFT);
    HBox left = new HBox(14, logo(actions), crumb(crumb, actions));
    left.setAlignment(Pos.CENTER_LEFT);
    left.setMinWidth(0);
    HBox right = icons(actions, theme);
    for (HBox side : List.of(left, right)) {
      HBox.setHgrow(side, Priority.ALWAYS);
      side.setPrefWidth(240);
    }
    right.setMinWidth(Region.USE_PREF_SIZE);
    probe.setMinWidth(Region.USE_PREF_SIZE);
    getChildren().addAll(left, probe, right);
  }

  private static Node logo(Actions actions) {
    DropButton logo = new DropButton(Messages.text("app.name"), new Mark(), () -> MenuItems.of(actions));
    logo.getStyleClass().add("logo");
    logo.setAccessibleText(Messages.text("header.menu"));
    logo.setId("main-menu");
    return logo;
  }

  private Node crumb(ObservableValue<Crumb> crumb, Actions actions) {
    Label chapter = Kit.label("", "crumb-chapter");
    Label sep = Kit.label("›", "crumb-chapter");
    Label title = Kit.label("", "crumb-title");
    HBox words = new HBox(7, chapter, sep, title);
    words.setAlignment(Pos.CENTER_LEFT);
    words.setMinWidth(0);
    chapter.setMinWidth(0);
    sep.setMinWidth(Region.USE_PREF_SIZE);
    title.setMinWidth(60);
    widthProperty().addListener((_, _, now) -> {
      Kit.show(chapter, now.doubleValue() >= ROOMY);
      Kit.show(sep, now.doubleValue() >= ROOMY);
    });
    chapter.textProperty().bind(crumb.map(Crumb::chapter));
    title.textProperty().bind(crumb.map(Crumb::title));
    Button button = Kit.button("", actions.get("lessons")::fire, "crumb");
    button.setGraphic(words);
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    button.setMinWidth(0);
    button.setId("crumb");
    button.accessibleTextProperty().bind(title.textProperty());
    return button;
  }

  private static HBox icons(Actions actions, ObservableValue<Theme> theme) {
    Icon sky = new Icon(Glyph.MOON, 17);
    theme.addListener((_, _, now) -> sky.show(now.isLight() ? Glyph.MOON : Glyph.SUN));
    sky.show(theme.getValue().isLight() ? Glyph.MOON : Glyph.SUN);
    Button search = Kit.button(Messages.text("header.search") + "  " + actions.get("search").keys(),
        actions.get("search")::fire, "chip-button");
    search.setId("search");
    HBox row = new HBox(4, button(actions.get("undo"), new Icon(Glyph.UNDO, 17)),
        button(actions.get("redo"), new Icon(Glyph.REDO, 17)), button(actions.get("theme"), sky), search);
    row.setAlignment(Pos.CENTER_RIGHT);
    return row;
  }

  private static Button button(Action action, Icon icon) {
    Button button = Kit.iconButton(icon, MenuItems.title(action), action::fire);
    button.setId(action.id());
    button.disableProperty().bind(javafx.beans.binding.Bindings.not(action.enabled()));
    return button;
  }

  static MenuItem item(Action action) {
    MenuItem item = new MenuItem(action.label());
    action.shortcut().ifPresent(item::setAccelerator);
    item.setDisable(!action.enabled().get());
    item.setOnAction(_ -> action.fire());
    return item;
  }
}
