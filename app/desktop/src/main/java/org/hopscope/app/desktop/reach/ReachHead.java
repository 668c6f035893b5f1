package org.hopscope.app.desktop.reach;

import java.util.List;
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

/** The names above the columns of the matrix, slanted so that many of them are legible; they go with the list's own scrolling. */
final class ReachHead extends Pane {
  /** A mark and the gap behind it. */
  private static final double STEP = 16;
  private static final double SLANT = -58;
  private static final double LEAST = 40;
  private static final double LETTER = 5.4;
  private static final int LONGEST = 15;
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private final ListView<Integer> rows;
  private boolean followed;

  ReachHead(ListView<Integer> rows) {
    this.rows = rows;
    Rectangle clip = new Rectangle();
    clip.widthProperty().bind(widthProperty());
    clip.heightProperty().bind(heightProperty());
    setClip(clip);
    setMouseTransparent(true);
    widthProperty().addListener((_, _, _) -> Platform.runLater(this::align));
  }

  /** Who is asked, column by column. */
  void show(List<String> names) {
    List<String> shorter = names.stream().map(ReachHead::shorter).toList();
    int longest = shorter.stream().mapToInt(String::length).max().orElse(0);
    setMinHeight(names.isEmpty() ? 0 : Math.max(LEAST, longest * LETTER + 16));
    setPrefHeight(getMinHeight());
    getChildren().setAll(shorter.stream().map(ReachHead::label).toList());
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

  private static Label label(String name) {
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
      getChildren().get(i).relocate(first.getX() + i * STEP - 1, getMinHeight() - 11);
    }
  }
}
