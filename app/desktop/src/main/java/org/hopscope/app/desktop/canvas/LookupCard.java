package org.hopscope.app.desktop.canvas;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.hopscope.app.desktop.canvas.packet.Card;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Layer;

/** The card of a lookup: every row that was considered, losers grey with their reason, the winner lit. */
final class LookupCard extends VBox {
  static final double WIDTH = 328;

  private static final int MOST_ROWS = 7;

  LookupCard(Card card, CanvasTexts texts, double width) {
    setId("lookup-card");
    getStyleClass().addAll("lookup-card", layerClass(card.layer()));
    setPrefWidth(width);
    setMinWidth(width);
    setMaxWidth(width);
    getChildren().add(head(card));
    List<Considered> rows = shown(card.rows());
    VBox table = new VBox();
    table.getStyleClass().add("lookup-rows");
    rows.forEach(row -> table.getChildren().add(row(row)));
    if (rows.size() < card.rows().size()) {
      table.getChildren().add(label(texts.get("card.more", card.rows().size() - rows.size()), "lookup-more"));
    }
    if (!rows.isEmpty()) {
      getChildren().add(table);
    }
    if (!card.changes().isEmpty()) {
      VBox changes = new VBox(1);
      changes.getStyleClass().add("lookup-changes");
      card.changes().forEach(c -> changes.getChildren().add(change(c)));
      getChildren().add(changes);
    }
    setAccessibleText(card.pill() + " " + card.where() + " " + card.key());
  }

  /** As many rows as a card has room for; the one that won is always among them. */
  private static List<Considered> shown(List<Considered> rows) {
    if (rows.size() <= MOST_ROWS) {
      return rows;
    }
    List<Considered> shown = new ArrayList<>(rows.subList(0, MOST_ROWS));
    if (shown.stream().noneMatch(Considered::won)) {
      rows.stream().filter(Considered::won).findFirst().ifPresent(w -> shown.set(MOST_ROWS - 1, w));
    }
    return shown;
  }

  private static Node head(Card card) {
    Label where = label(card.where(), "lookup-where");
    Label key = label(card.key(), "lookup-key");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label place = label(card.place(), "lookup-place");
    place.setMinWidth(Region.USE_PREF_SIZE);
    Label pill = label(card.pill(), "lookup-pill");
    pill.setMinWidth(Region.USE_PREF_SIZE);
    HBox head = new HBox(6, pill, where, key, space, place);
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("lookup-head");
    return head;
  }

  private static Node row(Considered row) {
    Label text = label(row.row(), "lookup-row-text");
    Label reason = label(row.reason(), "lookup-row-reason");
    reason.setWrapText(true);
    text.setWrapText(true);
    VBox box = new VBox(0, text);
    if (!row.reason().isEmpty()) {
      box.getChildren().add(reason);
    }
    box.getStyleClass().addAll("lookup-row", row.won() ? "won" : "lost");
    return box;
  }

  private static Node change(Card.Change change) {
    Label what = label(change.what(), "lookup-what");
    what.setMinWidth(64);
    TextFlow values = new TextFlow();
    change.before().ifPresent(b -> {
      values.getChildren().add(text(b, "lookup-old"));
      values.getChildren().add(text(change.after().isEmpty() ? "" : " → ", "lookup-arrow"));
    });
    values.getChildren().add(text(change.after(), "lookup-new"));
    HBox.setHgrow(values, Priority.ALWAYS);
    return new HBox(6, what, values);
  }

  private static Text text(String words, String style) {
    Text text = new Text(words);
    text.getStyleClass().add(style);
    return text;
  }

  private static Label label(String words, String style) {
    Label label = new Label(words);
    label.getStyleClass().add(style);
    return label;
  }

  private static String layerClass(Layer layer) {
    return switch (layer) {
      case L2 -> "l2";
      case L3 -> "l3";
      case L4 -> "l4";
      case OVERLAY -> "overlay";
      case KUBERNETES -> "kube";
    };
  }
}
