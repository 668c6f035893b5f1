package org.hopscope.app.desktop.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.DropButton;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.lessons.lesson.Quiz;
import org.hopscope.lessons.lesson.Quiz.Form;
import org.hopscope.lessons.lesson.Quiz.Item;

/** A question with an answer that is right or not. It may be answered again until it is right. */
final class QuizCard extends VBox {
  private final LessonDesk desk;
  private final Quiz quiz;
  private final boolean solved;
  private final VBox body = new VBox(4);
  private final VBox verdict = new VBox(2);
  private List<String> draft;

  QuizCard(LessonDesk desk, Quiz quiz) {
    this.desk = desk;
    this.quiz = quiz;
    Optional<List<String>> given = desk.attempt().answer(quiz.id());
    solved = given.map(quiz::isRight).orElse(false);
    draft = solved ? quiz.solution() : desk.draft(quiz.id()).or(() -> given).orElseGet(this::blank);
    getStyleClass().addAll("prediction", "quiz");
    getChildren().addAll(Kit.paragraph(quiz.question(), "prediction-question"), body, verdict);
    verdict.getStyleClass().add("prediction-answer");
    fill();
    given.filter(answer -> solved || draft.equals(answer)).ifPresent(this::judge);
    if (!solved) {
      Button answer = Kit.button(Messages.text("quiz.answer"), this::answer, "primary-button", "quiz-answer");
      answer.setId("answer-" + quiz.id());
      HBox foot = new HBox(8);
      shownLookup().ifPresent(id -> {
        Button shown =
            Kit.button(Messages.text("quiz.shown"), () -> desk.answer(quiz.id(), List.of(id)), "quiet-button");
        shown.setId("shown-" + quiz.id());
        foot.getChildren().add(shown);
      });
      foot.getChildren().add(answer);
      foot.setAlignment(Pos.CENTER_RIGHT);
      getChildren().add(foot);
    }
    Kit.show(verdict, !verdict.getChildren().isEmpty());
  }

  /** The item that is the lookup where the player stands. */
  private Optional<String> shownLookup() {
    return quiz.form() instanceof Form.Choice(List<Item> items, var _)
        ? desk.shownLookup().filter(id -> items.stream().anyMatch(item -> item.id().equals(id)))
        : Optional.empty();
  }

  private List<String> blank() {
    return quiz.form() instanceof Form.Order(List<Item> items)
        ? quiz.shuffled(items).stream().map(Item::id).toList()
        : List.of();
  }

  private void answer() {
    desk.answer(quiz.id(), quiz.form() instanceof Form.Mark ? desk.selectedThings() : draft);
  }

  /** What is chosen so far is kept while the lesson is judged anew around it. */
  private void change(List<String> now) {
    draft = List.copyOf(now);
    desk.draft(quiz.id(), draft);
    Kit.show(verdict, false);
    fill();
  }

  private void fill() {
    body.getChildren().setAll(switch (quiz.form()) {
      case Form.Choice(List<Item> items, var _) -> items.stream().map(this::choice).toList();
      case Form.Order(List<Item> items) -> order(items);
      case Form.Match(List<Item> items, List<Item> partners, var _) -> quiz.shuffled(items).stream()
          .map(item -> match(item, partners)).toList();
      case Form.Mark _ -> List.<Node>of(solved
          ? Kit.paragraph(String.join(", ", quiz.solution()), "mono", "quiz-marked")
          : Kit.paragraph(Messages.text("quiz.mark"), "prediction-why"));
    });
  }

  private Node choice(Item item) {
    CheckBox box = new CheckBox(item.text());
    box.setWrapText(true);
    box.setMinHeight(Region.USE_PREF_SIZE);
    box.setMaxWidth(Double.MAX_VALUE);
    box.getStyleClass().add("option");
    box.setSelected(draft.contains(item.id()));
    box.setDisable(solved);
    box.setOnAction(_ -> {
      List<String> now = new ArrayList<>(draft);
      if (!now.remove(item.id())) {
        now.add(item.id());
      }
      draft = List.copyOf(now);
      desk.draft(quiz.id(), draft);
      Kit.show(verdict, false);
    });
    return box;
  }

  private List<Node> order(List<Item> items) {
    List<Node> rows = new ArrayList<>();
    for (int i = 0; i < draft.size(); i++) {
      String id = draft.get(i);
      String words = items.stream().filter(item -> item.id().equals(id)).map(Item::text).findFirst().orElse(id);
      rows.add(row(i, words));
    }
    return rows;
  }

  private Node row(int at, String words) {
    Label text = Kit.paragraph(words, "quiz-text");
    HBox.setHgrow(text, Priority.ALWAYS);
    text.setMaxWidth(Double.MAX_VALUE);
    Label number = Kit.label(at + 1 + ".", "item-sign");
    number.setMinWidth(18);
    HBox row = new HBox(4, number, text);
    row.setAlignment(Pos.CENTER_LEFT);
    row.getStyleClass().add("quiz-row");
    if (!solved) {
      row.getChildren().addAll(mover(at, -1, words), mover(at, 1, words));
    }
    return row;
  }

  private Button mover(int at, int by, String words) {
    Icon icon = new Icon(Glyph.DOWN, 12);
    icon.setRotate(by < 0 ? 180 : 0);
    Button button = Kit.iconButton(icon, Messages.text(by < 0 ? "quiz.up" : "quiz.down", words), () -> {
      List<String> now = new ArrayList<>(draft);
      now.add(at + by, now.remove(at));
      change(now);
      body.getChildren().get(at + by).lookupAll(".icon-button").stream()
          .filter(n -> !n.isDisabled() && n.getId().equals(by < 0 ? "up" : "down")).findFirst()
          .ifPresent(Node::requestFocus);
    });
    button.setId(by < 0 ? "up" : "down");
    button.getStyleClass().add("small");
    button.setDisable(at + by < 0 || at + by >= draft.size());
    return button;
  }

  private Node match(Item item, List<Item> partners) {
    Label text = Kit.paragraph(item.text(), "quiz-text");
    HBox.setHgrow(text, Priority.ALWAYS);
    text.setMaxWidth(Double.MAX_VALUE);
    text.setMinWidth(60);
    Optional<Item> chosen = partners.stream().filter(p -> draft.contains(Quiz.pair(item.id(), p.id()))).findFirst();
    HBox row = chosen.isPresent()
        ? new HBox(below(text, partner(item, chosen, partners)))
        : new HBox(8, text, partner(item, chosen, partners));
    row.setAlignment(Pos.CENTER_LEFT);
    row.getStyleClass().add("quiz-row");
    return row;
  }

  /** What was chosen may be long: it has a line of its own. */
  private static Node below(Label text, Node partner) {
    VBox both = new VBox(1, text, partner);
    HBox.setHgrow(both, Priority.ALWAYS);
    return both;
  }

  private Node partner(Item item, Optional<Item> chosen, List<Item> partners) {
    if (solved) {
      return Kit.paragraph(chosen.map(Item::text).orElse(""), "quiz-partner");
    }
    DropButton drop = new DropButton(() -> partners.stream().map(p -> choose(item, p)).toList());
    drop.setText(chosen.map(Item::text).orElseGet(() -> Messages.text("quiz.choose")));
    drop.setId("match-" + item.id());
    drop.getStyleClass().add(chosen.isPresent() ? "quiz-chosen" : "quiz-open");
    drop.setAccessibleText(item.text() + ": " + drop.getText());
    return drop;
  }

  private MenuItem choose(Item item, Item partner) {
    MenuItem choice = new MenuItem(partner.text());
    choice.setOnAction(_ -> {
      List<String> now = new ArrayList<>(draft);
      now.removeIf(pair -> pair.startsWith(Quiz.pair(item.id(), "")));
      now.add(Quiz.pair(item.id(), partner.id()));
      change(now);
      Optional.ofNullable(lookup("#match-" + item.id())).ifPresent(Node::requestFocus);
    });
    return choice;
  }

  private void judge(List<String> answer) {
    Quiz.Mark mark = quiz.marked(answer);
    Label says = Kit.label(Messages.text(solved ? "prediction.right" : "quiz.not-yet"), "verdict",
        solved ? "ok-text" : "bad-text");
    Label why = Kit.paragraph(solved
        ? quiz.why()
        : answer.isEmpty()
            ? Messages.text("quiz.empty")
        : Messages.text("quiz.mark-of", mark.right(), mark.of(), mark.wrong()), "prediction-why");
    verdict.getChildren().setAll(says, why);
  }
}
