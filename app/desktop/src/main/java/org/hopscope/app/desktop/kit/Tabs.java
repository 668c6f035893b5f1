package org.hopscope.app.desktop.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** A row of underlined titles over the content of the chosen one. Content is made when it is first shown. */
public final class Tabs extends BorderPane {
  private final FlowPane titles = new FlowPane();
  private final HBox bar = new HBox(titles);
  private final ToggleGroup group = new ToggleGroup();
  private final List<ToggleButton> buttons = new ArrayList<>();
  private Runnable onChoice = () -> {
  };

  public Tabs() {
    bar.getStyleClass().add("tab-row");
    HBox.setHgrow(titles, Priority.ALWAYS);
    titles.setMinWidth(0);
    setTop(bar);
    group.selectedToggleProperty().addListener((_, before, now) -> {
      if (now == null) {
        group.selectToggle(before);
      }
    });
    bar.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      int by = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
      if (by != 0) {
        chooseNext(by);
        focus();
        event.consume();
      }
    });
  }

  /** Titles take a second row where one of this width is full. */
  public void wrapAt(double width) {
    titles.setPrefWrapLength(width);
  }

  /** One more tab behind the others; the first is chosen by itself. */
  public void add(ObservableValue<String> title, Supplier<Node> content) {
    ToggleButton button = new ToggleButton();
    button.textProperty().bind(title);
    button.getStyleClass().add("tab-title");
    button.setAccessibleRole(AccessibleRole.TAB_ITEM);
    button.setMinWidth(USE_PREF_SIZE);
    button.setToggleGroup(group);
    var made = new Object() {
      private Optional<Node> node = Optional.empty();
    };
    button.selectedProperty().addListener((_, _, on) -> {
      if (on) {
        Node node = made.node.orElseGet(content);
        made.node = Optional.of(node);
        setCenter(node);
        onChoice.run();
      }
    });
    buttons.add(button);
    titles.getChildren().add(button);
    if (buttons.size() == 1) {
      button.setSelected(true);
    }
  }

  private void chooseNext(int by) {
    int next = chosen();
    do {
      next = Math.floorMod(next + by, buttons.size());
    } while (!buttons.get(next).isVisible());
    choose(next);
  }

  /** Offers the tab of this number, or no longer; the one that is chosen stays. */
  public void offer(int number, boolean wanted) {
    Kit.show(buttons.get(number), wanted || number == chosen());
  }

  /** Something at the right end of the row of titles. */
  public void addAside(Node node) {
    bar.getChildren().add(node);
  }

  /** Shows the tab of this number, from 0. */
  public void choose(int number) {
    group.selectToggle(buttons.get(number));
  }

  /** Puts the focus on the title of the tab that is shown. */
  public void focus() {
    buttons.get(chosen()).requestFocus();
  }

  /** The number of the tab that is shown. */
  public int chosen() {
    return buttons.indexOf((ToggleButton) group.getSelectedToggle());
  }

  /** Is run whenever another tab is shown. */
  public void onChoice(Runnable listener) {
    onChoice = listener;
  }
}
