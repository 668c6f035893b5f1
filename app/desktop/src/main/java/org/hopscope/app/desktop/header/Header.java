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
  private static final double CRUMB_GAP = 7;
  /** What is beside the crumb's words: before the crumb and around it. */
  private static final double CRUMB_EDGE = 34;

  public Header(ObservableValue<Crumb> crumb, ProbeBar probe, Actions actions, ObservableValue<Theme> theme) {
    getStyleClass().add("header");
    setAlignment(Pos.CENTER_LEFT);
    Labels words = new Labels(Kit.label("", "crumb-chapter"), Kit.label("›", "crumb-chapter"),
        Kit.label("", "crumb-title"));
    HBox left = new HBox(14, logo(actions), crumb(crumb, actions, words));
    left.widthProperty().addListener(_ -> spare(left, words));
    words.title().textProperty().addListener(_ -> spare(left, words));
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

  /** The chapter is there only where it takes no room from the title. */
  private void spare(HBox left, Labels words) {
    double wanted = words.all().stream().mapToDouble(l -> l.prefWidth(-1)).sum() + 2 * CRUMB_GAP + CRUMB_EDGE;
    boolean fits = getWidth() >= ROOMY && left.getWidth() - left.getChildren().getFirst().prefWidth(-1) >= wanted;
    Kit.show(words.chapter(), fits);
    Kit.show(words.sep(), fits);
  }

  /** The words of the crumb. */
  private record Labels(Label chapter, Label sep, Label title) {
    List<Label> all() {
      return List.of(chapter, sep, title);
    }
  }

  private static Node crumb(ObservableValue<Crumb> crumb, Actions actions, Labels labels) {
    HBox words = new HBox(CRUMB_GAP, labels.chapter(), labels.sep(), labels.title());
    words.setAlignment(Pos.CENTER_LEFT);
    words.setMinWidth(0);
    labels.chapter().setMinWidth(0);
    labels.sep().setMinWidth(Region.USE_PREF_SIZE);
    labels.title().setMinWidth(60);
    labels.chapter().textProperty().bind(crumb.map(Crumb::chapter));
    labels.title().textProperty().bind(crumb.map(Crumb::title));
    Button button = Kit.button("", actions.get("lessons")::fire, "crumb");
    button.setGraphic(words);
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    button.setMinWidth(0);
    button.setId("crumb");
    button.accessibleTextProperty().bind(labels.title().textProperty());
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
