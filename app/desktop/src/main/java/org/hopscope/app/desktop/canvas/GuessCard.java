package org.hopscope.app.desktop.canvas;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.canvas.packet.Card;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.workbench.Predictions;
import org.hopscope.model.predict.Guess;
import org.hopscope.model.trace.Considered;

/** The card of a lookup before it is shown: its rows without a word about them, to pick the one that wins. */
final class GuessCard extends VBox {
  private static final int MOST_ROWS = 8;
  private static final double LIST_HEIGHT = 280;
  private static final int DIGITS = 9;

  private final Predictions predictions;
  private final VBox rows = new VBox(3);

  GuessCard(Card card, Guess guess, Predictions predictions, CanvasTexts texts, double width) {
    this.predictions = predictions;
    setId("guess-card");
    getStyleClass().addAll("lookup-card", LookupCard.layerClass(card.layer()));
    setPrefWidth(width);
    setMinWidth(width);
    setMaxWidth(width);
    Label question = Kit.paragraph(guess.question(), "guess-question");
    List<Considered> choices = guess.rows();
    for (int i = 0; i < choices.size(); i++) {
      rows.getChildren().add(row(i, choices.get(i)));
    }
    rows.getStyleClass().add("guess-rows");
    getChildren().addAll(LookupCard.head(card), question, choices.size() > MOST_ROWS ? scrolled() : rows, foot(texts));
    addEventHandler(KeyEvent.KEY_PRESSED, this::digit);
    setAccessibleText(card.pill() + " " + card.where() + " " + card.key() + ": " + guess.question());
  }

  /** Puts the focus on the first row. */
  void focusFirst() {
    rows.getChildren().getFirst().requestFocus();
  }

  private Node scrolled() {
    ScrollPane scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setPrefViewportHeight(LIST_HEIGHT);
    scroll.getStyleClass().add("guess-scroll");
    return scroll;
  }

  private Node row(int place, Considered choice) {
    Button row = new Button(choice.row());
    row.getStyleClass().add("guess-row");
    row.setWrapText(true);
    row.setAlignment(Pos.TOP_LEFT);
    row.setMaxWidth(Double.MAX_VALUE);
    row.setMinHeight(Region.USE_PREF_SIZE);
    row.setOnAction(_ -> predictions.pick(place));
    row.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
      switch (event.getCode()) {
        case UP -> row.requestFocusTraversal(TraversalDirection.PREVIOUS);
        case DOWN -> row.requestFocusTraversal(TraversalDirection.NEXT);
        case ENTER -> row.fire();
        default -> {
          return;
        }
      }
      event.consume();
    });
    return row;
  }

  /** The first nine rows are picked by their number, too. */
  private void digit(KeyEvent event) {
    String text = event.getText();
    if (text.length() == 1 && !event.isShortcutDown()) {
      int place = text.charAt(0) - '1';
      if (place >= 0 && place < Math.min(DIGITS, rows.getChildren().size())) {
        event.consume();
        predictions.pick(place);
      }
    }
  }

  private Node foot(CanvasTexts texts) {
    Label how = Kit.label(texts.get("guess.how"), "lookup-place");
    how.setMinWidth(0);
    Button tell = Kit.button(texts.get("guess.tell"), predictions::giveUp, "quiet-button");
    tell.setId("guess-tell");
    HBox foot = new HBox(6, how, Kit.spring(), tell);
    foot.setAlignment(Pos.CENTER_LEFT);
    foot.getStyleClass().add("guess-foot");
    return foot;
  }
}
