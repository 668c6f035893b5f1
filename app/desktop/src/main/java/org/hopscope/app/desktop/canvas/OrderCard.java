package org.hopscope.app.desktop.canvas;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.canvas.tools.Order;
import org.hopscope.app.desktop.canvas.tools.Spoken;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.kit.Aside;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.reach.PreviewWords;
import org.hopscope.model.kube.policy.PolicyPreview;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;

/** Asks what Kubernetes shall make, with the command that the answers come to, and why it would be refused, as one types. */
final class OrderCard extends VBox {
  private static final double LABELS = 128;
  private static final double WIDTH = 520;

  private final Order order;
  private final Supplier<LabState> lab;
  private final Map<String, Supplier<String>> answers = new LinkedHashMap<>();
  private final Label command = Kit.paragraph("", "order-command");
  private final Label foreseen = Kit.paragraph("", "order-foreseen");
  private final Label refusal = Kit.paragraph("", "bad-text");
  private final Button make;
  private final Aside trying = new Aside();
  private Optional<Edit> wish = Optional.empty();

  /**
   * A card.
   *
   * @param lab the lab as it is whenever it is asked
   * @param done is given the edit that was asked for; nothing when the card is left
   */
  OrderCard(Order order, Supplier<LabState> lab, CanvasTexts texts, Consumer<Edit> done, Runnable leave) {
    this.order = order;
    this.lab = lab;
    setId("order-card");
    getStyleClass().add("order-card");
    setMaxWidth(WIDTH);
    setMaxHeight(Region.USE_PREF_SIZE);
    String what = texts.get("palette." + order.what().name());
    GridPane grid = new GridPane();
    grid.getStyleClass().add("form-grid");
    ColumnConstraints grow = new ColumnConstraints();
    grow.setHgrow(Priority.ALWAYS);
    grid.getColumnConstraints().addAll(new ColumnConstraints(LABELS), grow);
    for (Order.Field field : order.fields()) {
      String name = texts.get("order." + field.key());
      grid.addRow(grid.getRowCount(), Kit.label(name, "form-label"), input(field, name));
    }
    make = Kit.button(texts.get("order.make"), () -> wish.ifPresent(done), "primary-button");
    make.setId("order-make");
    make.setDefaultButton(true);
    HBox buttons = new HBox(8, Kit.spring(), Kit.button(texts.get("order.leave"), leave, "quiet-button"), make);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    String where = order.where().isEmpty() ? "" : texts.get("order.in", order.where());
    HBox title =
        new HBox(8, Kit.label(texts.get("order.title", what), "section-title"), Kit.label(where, "form-label"));
    title.setAlignment(Pos.BASELINE_LEFT);
    foreseen.setId("order-foreseen");
    command.setMaxWidth(Double.MAX_VALUE);
    getChildren().addAll(title, grid, command, foreseen, refusal, buttons);
    judge();
  }

  private Node input(Order.Field field, String name) {
    if (field.choices().isEmpty()) {
      TextField text = new TextField(field.value());
      text.setAccessibleText(name);
      text.setId("order-" + field.key());
      text.getStyleClass().add("mono");
      text.textProperty().addListener((_, _, _) -> judge());
      answers.put(field.key(), text::getText);
      return text;
    }
    MenuButton choice = new MenuButton(field.value());
    choice.getStyleClass().add("field-menu");
    choice.setAccessibleText(name);
    choice.setId("order-" + field.key());
    field.choices().forEach(word -> {
      MenuItem item = new MenuItem(word);
      item.setMnemonicParsing(false);
      item.setOnAction(_ -> {
        choice.setText(word);
        judge();
      });
      choice.getItems().add(item);
    });
    answers.put(field.key(), choice::getText);
    return choice;
  }

  private String line() {
    Map<String, String> said = new LinkedHashMap<>();
    answers.forEach((key, value) -> said.put(key, value.get()));
    return order.command(said);
  }

  /** What it would change of who reaches whom. */
  private static Optional<PolicyPreview> preview(LabState lab, Order.What what, Spoken said) {
    return what == Order.What.POLICY && said instanceof Spoken.Understood(Edit edit)
        && Editor.apply(lab, edit) instanceof Editor.Result.Done(var after) ? PolicyPreview.of(lab, after)
            : Optional.empty();
  }

  /** What the command would do, and what that would change. */
  private record Judged(Spoken said, Optional<PolicyPreview> preview) {
  }

  private void judge() {
    String line = line();
    LabState now = lab.get();
    command.setText(line);
    make.setDisable(true);
    trying.find(() -> {
      Spoken said = Spoken.of(now, line);
      return new Judged(said, preview(now, order.what(), said));
    }, this::show);
  }

  private void show(Judged judged) {
    wish = judged.said() instanceof Spoken.Understood(Edit edit) ? Optional.of(edit) : Optional.empty();
    foreseen.setText(judged.preview().map(PreviewWords::of).orElse(""));
    Kit.show(foreseen, judged.preview().isPresent());
    String why = judged.said() instanceof Spoken.Refused(String words) ? words : "";
    refusal.setText(why);
    Kit.show(refusal, !why.isEmpty());
    make.setDisable(!why.isEmpty());
  }
}
