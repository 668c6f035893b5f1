package org.hopscope.app.desktop.canvas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.hopscope.app.desktop.canvas.packet.Card;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.workbench.Predictions;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Layer;

/** The card of a lookup: every row that was considered, losers grey with their reason, the winner lit. */
final class LookupCard extends VBox {
  static final double WIDTH = 328;

  private static final int MOST_ROWS = 7;
  /** As many lines of rows as leave the card lower than a small canvas, and how many characters one has about. */
  private static final int MOST_LINES = 18;
  private static final double CHARACTERS = 38;
  /** As many characters of whose table it is and what it was asked have room beside each other. */
  private static final int TOGETHER = 20;
  private static final double LIST_HEIGHT = 264;
  private static final PseudoClass PICKED = PseudoClass.getPseudoClass("picked");

  private final Optional<Considered> picked;

  LookupCard(Card card, Optional<Predictions.Asking.Picked> picked, CanvasTexts texts, double width) {
    this.picked = picked.map(p -> p.guess().rows().get(p.pick()));
    setId("lookup-card");
    getStyleClass().addAll("lookup-card", layerClass(card.layer()));
    setPrefWidth(width);
    setMinWidth(width);
    setMaxWidth(width);
    getChildren().add(head(card));
    picked.ifPresent(p -> getChildren().add(verdict(p.judgement().right(), texts)));
    Map<String, List<Considered>> chains = chains(card);
    StackPane table = new StackPane();
    if (chains.size() > 1) {
      getChildren().add(crumbs(chains, table));
    } else if (!card.rows().isEmpty()) {
      table.getChildren().setAll(rows(card.rows()));
    }
    if (!card.rows().isEmpty()) {
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

  private static Node verdict(boolean right, CanvasTexts texts) {
    Label verdict = label(texts.get(right ? "guess.right" : "guess.wrong"), "guess-verdict");
    verdict.getStyleClass().add(right ? "right" : "wrong");
    verdict.setWrapText(true);
    verdict.setMaxWidth(Double.MAX_VALUE);
    return verdict;
  }

  /** The rows of each chain that a walk over rules came through, in its order; of other lookups all as one. */
  private static Map<String, List<Considered>> chains(Card card) {
    Map<String, List<Considered>> chains = new LinkedHashMap<>();
    card.rows().forEach(row -> chains.computeIfAbsent(card.walk() ? row.row().split(" ", 2)[0] : "",
        _ -> new ArrayList<>()).add(row));
    return chains;
  }

  /** The way through the chains: pressing one opens it. */
  private Node crumbs(Map<String, List<Considered>> chains, StackPane table) {
    FlowPane crumbs = new FlowPane(2, 2);
    crumbs.getStyleClass().add("lookup-crumbs");
    ToggleGroup group = new ToggleGroup();
    chains.forEach((name, rows) -> {
      if (!crumbs.getChildren().isEmpty()) {
        crumbs.getChildren().add(label("›", "lookup-place"));
      }
      ToggleButton crumb = new ToggleButton(name);
      crumb.getStyleClass().add("lookup-crumb");
      crumb.setToggleGroup(group);
      crumb.setOnAction(_ -> {
        crumb.setSelected(true);
        table.getChildren().setAll(rows(rows));
      });
      crumbs.getChildren().add(crumb);
      if (rows.stream().anyMatch(Considered::won)) {
        crumb.setSelected(true);
        table.getChildren().setAll(rows(rows));
      }
    });
    return crumbs;
  }

  /** All rows: below each other, or in a list that scrolls when there are too many for a card. */
  private Node rows(List<Considered> rows) {
    if (rows.size() <= MOST_ROWS && rows.stream().mapToInt(LookupCard::lines).sum() <= MOST_LINES) {
      VBox table = new VBox();
      table.getStyleClass().add("lookup-rows");
      rows.forEach(row -> table.getChildren().add(row(row)));
      return table;
    }
    ListView<Considered> list = new ListView<>(FXCollections.observableList(rows));
    list.getStyleClass().addAll("plain-list", "lookup-list");
    list.setPrefHeight(LIST_HEIGHT);
    list.setCellFactory(_ -> new RowOfList());
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).won()) {
        list.scrollTo(Math.max(0, i - 1));
      }
    }
    return list;
  }

  private static int lines(Considered row) {
    return (int) (Math.ceil(row.row().length() / CHARACTERS) + Math.ceil(row.reason().length() / CHARACTERS));
  }

  /** A row of a list that scrolls. */
  private final class RowOfList extends ListCell<Considered> {
    private RowOfList() {
      getStyleClass().add("lookup-cell");
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Considered row, boolean none) {
      super.updateItem(row, none);
      setGraphic(none ? null : row(row));
    }
  }

  static Node head(Card card) {
    Label where = label(card.where(), "lookup-where");
    Label key = label(card.key(), "lookup-key");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label place = label(card.place(), "lookup-place");
    place.setMinWidth(Region.USE_PREF_SIZE);
    Label pill = label(card.pill(), "lookup-pill");
    pill.setMinWidth(Region.USE_PREF_SIZE);
    boolean together = card.where().length() + card.key().length() <= TOGETHER;
    HBox line = new HBox(6, pill, where, space, place);
    line.setAlignment(Pos.CENTER_LEFT);
    VBox head = new VBox(4, line);
    if (together) {
      line.getChildren().add(2, key);
    } else {
      key.setWrapText(true);
      head.getChildren().add(key);
    }
    head.getStyleClass().add("lookup-head");
    return head;
  }

  private Node row(Considered row) {
    Label text = label(row.row(), "lookup-row-text");
    Label reason = label(row.reason(), "lookup-row-reason");
    reason.setWrapText(true);
    text.setWrapText(true);
    VBox box = new VBox(0, text);
    if (!row.reason().isEmpty()) {
      box.getChildren().add(reason);
    }
    box.getStyleClass().addAll("lookup-row", row.won() ? "won" : "lost");
    box.pseudoClassStateChanged(PICKED, !row.won() && picked.filter(p -> p == row).isPresent());
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

  static String layerClass(Layer layer) {
    return switch (layer) {
      case L2 -> "l2";
      case L3 -> "l3";
      case L4 -> "l4";
      case OVERLAY -> "overlay";
      case KUBERNETES -> "kube";
    };
  }
}
