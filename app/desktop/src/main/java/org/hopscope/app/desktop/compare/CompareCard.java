package org.hopscope.app.desktop.compare;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Floating;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.model.compare.Comparison;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Trace;

/** Two traces in two columns, step beside step, standing at the first lookup where they part. */
final class CompareCard extends VBox {
  private static final PseudoClass PARTING = PseudoClass.getPseudoClass("parting");
  private static final PseudoClass SAME = PseudoClass.getPseudoClass("same");
  private static final int ABOVE = 5;
  /** What a row has besides its two sentences: padding, the gap between them, a scroll bar. */
  private static final double BESIDE = 64;

  private final Comparison comparison;

  private CompareCard(Comparison comparison, IntConsumer step) {
    super(8);
    this.comparison = comparison;
    setId("compare-card");
    getStyleClass().add("about");
    setMaxWidth(900);
    ListView<Integer> list = new ListView<>();
    list.getStyleClass().addAll("plain-list", "compare-list");
    list.setAccessibleText(Messages.text("compare.name"));
    list.setPrefHeight(460);
    list.setCellFactory(_ -> new Cell(list));
    for (int i = 0; i < comparison.rows().size(); i++) {
      list.getItems().add(i);
    }
    Runnable go = () -> {
      int at = list.getSelectionModel().getSelectedIndex();
      OptionalInt right = at < 0 ? OptionalInt.empty() : comparison.rows().get(at).right();
      if (right.isPresent()) {
        Floating.close((Pane) getScene().getRoot());
        step.accept(right.getAsInt() + 1);
      }
    };
    list.setOnMouseClicked(event -> {
      if (event.getClickCount() == 2) {
        go.run();
      }
    });
    list.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.ENTER) {
        go.run();
        event.consume();
      }
    });
    comparison.parting().ifPresent(p -> Platform.runLater(() -> {
      list.getSelectionModel().select(p);
      list.scrollTo(Math.max(0, p - ABOVE));
    }));
    String head = comparison.parting().isPresent() ? "compare.parts" : "compare.alike";
    HBox titles = new HBox(12, title(comparison.left(), "compare.before", list),
        title(comparison.right(), "compare.now", list));
    titles.getStyleClass().add("compare-titles");
    getChildren().addAll(Kit.label(Messages.text("compare.title"), "about-name"),
        Kit.paragraph(Messages.text(head), "event-sentence"), titles, list);
  }

  /** Opens the card over the window; {@code step} is told the step of the right trace that somebody wants to see, from 1. */
  static void open(Node about, Comparison comparison, IntConsumer step) {
    Floating.open((Pane) about.getScene().getRoot(), new CompareCard(comparison, step));
  }

  private static Label title(Trace trace, String key, ListView<Integer> list) {
    Label label = Kit.label(Messages.text(key, PlaceNames.of(trace.start(), trace.probe().from()), trace.probe().to(),
        Messages.text(trace.result().succeeded() ? "compare.works" : "compare.fails")), "section-title");
    label.setMinWidth(0);
    label.prefWidthProperty().bind(list.widthProperty().subtract(BESIDE).divide(2));
    return label;
  }

  private final class Cell extends ListCell<Integer> {
    private final Label left = Kit.paragraph("", "event-sentence");
    private final Label right = Kit.paragraph("", "event-sentence");
    private final HBox row = new HBox(12, left, right);

    Cell(ListView<Integer> list) {
      getStyleClass().add("event");
      for (Label label : List.of(left, right)) {
        label.setMinWidth(0);
        label.prefWidthProperty().bind(list.widthProperty().subtract(BESIDE).divide(2));
      }
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Integer item, boolean none) {
      super.updateItem(item, none);
      if (none) {
        setGraphic(null);
        return;
      }
      Comparison.Row aligned = comparison.rows().get(item);
      left.setText(text(comparison.left(), aligned.left()));
      right.setText(text(comparison.right(), aligned.right()));
      pseudoClassStateChanged(SAME, aligned.same());
      pseudoClassStateChanged(PARTING, comparison.parting().equals(OptionalInt.of(item)));
      setGraphic(row);
    }

    private static String text(Trace trace, OptionalInt step) {
      return step.isEmpty() ? "—" : step.getAsInt() + 1 + "  " + Narrator.sentence(trace, step.getAsInt());
    }
  }
}
