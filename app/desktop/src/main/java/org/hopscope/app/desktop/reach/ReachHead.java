package org.hopscope.app.desktop.reach;

import java.util.List;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import javafx.scene.transform.Rotate;
import org.hopscope.app.desktop.kit.Kit;

/**
 * What stands above the columns of the matrix and goes with the list's own scrolling: names, slanted so that many of them are
 * legible, or where there is no height for names the numbers of the rows that have them.
 */
final class ReachHead extends Pane {
  /** A mark and the gap behind it. */
  static final double STEP = 16;
  private static final double SLANT = -58;
  private static final double LEAST = 40;
  private static final double NUMBERS = 15;
  private static final double LETTER = 5.4;
  private static final int LONGEST = 15;
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private final ListView<Integer> rows;
  private boolean numbered;
  private boolean followed;

  ReachHead(ListView<Integer> rows) {
    this.rows = rows;
    Rectangle clip = new Rectangle();
    clip.widthProperty().bind(widthProperty());
    clip.heightProperty().bind(heightProperty());
    setClip(clip);
    setMouseTransparent(true);
    widthProperty().addListener((_, _, _) -> Platform.runLater(this::align));
    rows.heightProperty().addListener((_, _, _) -> Platform.runLater(this::align));
  }

  /** How high these names are when they are written out. */
  static double height(List<String> names) {
    int longest = names.stream().map(ReachHead::shorter).mapToInt(String::length).max().orElse(0);
    return names.isEmpty() ? 0 : Math.max(LEAST, longest * LETTER + 16);
  }

  /** Who is asked, column by column: by name, or by number from 1. */
  void show(List<String> names, boolean numbered) {
    this.numbered = numbered;
    setMinHeight(numbered ? NUMBERS : height(names));
    setPrefHeight(getMinHeight());
    getChildren().setAll(IntStream.range(0, names.size())
        .mapToObj(i -> numbered ? number(i + 1) : name(shorter(names.get(i)))).toList());
    Platform.runLater(this::align);
  }

  /** The column that the keyboard or the pointer is at. */
  void choose(int column) {
    for (int i = 0; i < getChildren().size(); i++) {
      getChildren().get(i).pseudoClassStateChanged(CHOSEN, i == column);
    }
  }

  private static String shorter(String name) {
    int half = LONGEST / 2;
    return name.length() <= LONGEST ? name
        : name.substring(0, half) + "…" + name.substring(name.length() - half);
  }

  private static Label number(int number) {
    Label label = Kit.label(Integer.toString(number), "reach-head", "reach-number");
    label.setMinWidth(STEP);
    return label;
  }

  private static Label name(String name) {
    Label label = Kit.label(name, "reach-head");
    label.getTransforms().add(new Rotate(SLANT, 0, 0));
    return label;
  }

  /** Puts each name above its column, wherever the list has been scrolled to. */
  private void align() {
    Node mark = rows.lookup(".reach-mark");
    if (mark == null || mark.getScene() == null) {
      return;
    }
    if (!followed && rows.lookup(".scroll-bar:horizontal") instanceof ScrollBar bar) {
      followed = true;
      bar.valueProperty().addListener((_, _, _) -> Platform.runLater(this::align));
    }
    Point2D first = sceneToLocal(mark.localToScene(0, 0));
    for (int i = 0; i < getChildren().size(); i++) {
      getChildren().get(i).relocate(first.getX() + i * STEP - 1, numbered ? 0 : getMinHeight() - 11);
    }
  }
}
