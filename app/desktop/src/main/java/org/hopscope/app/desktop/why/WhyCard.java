package org.hopscope.app.desktop.why;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Floating;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.trace.Trace;
import org.hopscope.model.why.Explanation;
import org.hopscope.model.why.Fact;
import org.hopscope.model.why.Suggestion;
import org.hopscope.model.why.WhyNot;

/** Why a probe failed: facts that lead to their steps, and suggestions that can be done at once. What helps is sought aside. */
public final class WhyCard extends VBox {
  private final Workbench workbench;
  private final Trace trace;
  private final IntConsumer step;
  private final VBox facts = new VBox(2);
  private final VBox suggestions = new VBox(10);

  private WhyCard(Workbench workbench, Trace trace, IntConsumer step) {
    super(8);
    this.workbench = workbench;
    this.trace = trace;
    this.step = step;
    setId("why-card");
    getStyleClass().add("about");
    setMaxWidth(680);
    setFocusTraversable(true);
    suggestions.getChildren().add(Kit.paragraph(Messages.text("why.looking"), "faint"));
    VBox body = new VBox(8, facts, Kit.label(Messages.text("why.suggestions"), "section-title"), suggestions);
    ScrollPane scroll = new ScrollPane(body);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setPrefViewportHeight(340);
    scroll.getStyleClass().add("reading");
    getChildren().addAll(Kit.label(Messages.text("why.title"), "about-name"), scroll);
    CompletableFuture.supplyAsync(() -> WhyNot.ask(trace)).thenAcceptAsync(this::fill, Platform::runLater);
  }

  /**
   * Opens the card over the window.
   *
   * @param about something that is on screen
   * @param trace of a probe that failed
   * @param step is told the step that somebody wants to see, from 1
   */
  public static void open(Node about, Workbench workbench, Trace trace, IntConsumer step) {
    Floating.open((Pane) about.getScene().getRoot(), new WhyCard(workbench, trace, step));
  }

  private void fill(Explanation why) {
    why.facts().forEach(fact -> facts.getChildren().add(fact(fact)));
    List<Node> rows = why.suggestions().stream().map(s -> (Node) suggestion(s)).toList();
    suggestions.getChildren().setAll(
        rows.isEmpty() ? List.of(Kit.paragraph(Messages.text("why.nothing"), "faint")) : rows);
  }

  private HBox fact(Fact fact) {
    boolean last = fact.step() >= trace.steps().size();
    Label number = Kit.label(last ? "" : Integer.toString(fact.step() + 1), "event-number");
    number.setMinWidth(26);
    number.setAlignment(Pos.TOP_RIGHT);
    Label sentence = Kit.paragraph(fact.sentence(), "event-sentence");
    HBox.setHgrow(sentence, Priority.ALWAYS);
    HBox row = new HBox(8, number, sentence);
    row.getStyleClass().add("why-fact");
    row.setAccessibleText(fact.sentence());
    if (!last) {
      Kit.pressable(row, () -> {
        close();
        step.accept(fact.step() + 1);
      });
    }
    return row;
  }

  private HBox suggestion(Suggestion suggestion) {
    VBox words = new VBox(2, Kit.paragraph(String.join(" ", suggestion.reasons()), "event-sentence"));
    suggestion.commands().forEach(c -> words.getChildren().add(Kit.paragraph(c, "mono")));
    if (!suggestion.breaks().isEmpty()) {
      words.getChildren().add(
          Kit.paragraph(Messages.text("why.breaks", String.join(", ", suggestion.breaks())), "event-sentence",
              "bad-text"));
    } else if (suggestion.repairs() > 0) {
      words.getChildren().add(
          Kit.paragraph(Messages.text("why.repairs", suggestion.repairs()), "event-sentence", "ok-text"));
    }
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    Button apply = Kit.button(Messages.text("why.apply"), () -> apply(suggestion), "small-button");
    apply.setAccessibleText(Messages.text("why.apply") + ": " + String.join("; ", suggestion.commands()));
    return new HBox(12, words, apply);
  }

  /** Does it, as one entry of the history, and sends the probe again to see it come through. */
  private void apply(Suggestion suggestion) {
    close();
    workbench.apply(suggestion.edit(), Hand.GESTURE);
    workbench.send(trace.probe());
  }

  private void close() {
    Floating.close((Pane) getScene().getRoot());
  }
}
