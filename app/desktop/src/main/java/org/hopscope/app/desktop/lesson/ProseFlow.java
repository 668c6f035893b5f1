package org.hopscope.app.desktop.lesson;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** A paragraph. Words that name a thing have dots under them, wherever the line breaks fall. */
final class ProseFlow extends TextFlow {
  private final Map<Text, Path> dotted = new LinkedHashMap<>();

  /** Adds words with dots under them, coloured by a style class. */
  void addDotted(Text words, String style) {
    Path dots = new Path();
    dots.getStyleClass().addAll("dots", style);
    dots.setManaged(false);
    dots.setMouseTransparent(true);
    dotted.put(words, dots);
    getChildren().add(words);
  }

  /** To be called once all words are in. */
  void finish() {
    getChildren().addAll(dotted.values());
  }

  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    int at = 0;
    for (Node child : getChildren()) {
      if (child instanceof Text words) {
        int end = at + words.getText().length();
        if (dotted.containsKey(words)) {
          Path dots = dotted.get(words);
          dots.getElements().setAll(getUnderlineShape(at, end));
          dots.setLayoutY(1);
        }
        at = end;
      }
    }
  }
}
