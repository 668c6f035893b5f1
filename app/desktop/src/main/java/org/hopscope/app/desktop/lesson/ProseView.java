package org.hopscope.app.desktop.lesson;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.lesson.Glossary;
import org.hopscope.lessons.prose.Prose;
import org.hopscope.lessons.prose.Prose.Block;
import org.hopscope.lessons.prose.Prose.Inline;
import org.hopscope.model.shell.Help;

/** A lesson's sentences as nodes. */
final class ProseView {
  private static final Set<String> PROGRAMS = Set.copyOf(Help.programs());

  private final Consumer<Optional<ThingName>> point;
  private final Consumer<String> openLesson;
  private final Consumer<String> propose;
  private final TermLinks terms;

  /**
   * Makes nodes.
   *
   * @param point is told what thing the pointer is over
   * @param openLesson is told which lesson was asked for
   * @param propose is given a command to put on the prompt
   * @param terms links the words of the trade
   */
  ProseView(Consumer<Optional<ThingName>> point, Consumer<String> openLesson, Consumer<String> propose,
      TermLinks terms) {
    this.terms = terms;
    this.point = point;
    this.openLesson = openLesson;
    this.propose = propose;
  }

  /** Prose with a style for its plain words. */
  VBox of(Prose prose, String style) {
    VBox box = new VBox();
    box.getStyleClass().add("prose");
    prose.blocks().forEach(block -> box.getChildren().add(block(block, style)));
    return box;
  }

  /** The same beside a sign; figures are wide, and use the room below the sign as well. */
  VBox beside(double sign, Prose prose, String style) {
    VBox box = of(prose, style);
    box.getChildren().stream().filter(FigureView.class::isInstance)
        .forEach(figure -> VBox.setMargin(figure, new Insets(0, 0, 0, -sign)));
    return box;
  }

  private Node block(Block block, String style) {
    return switch (block) {
      case Block.Paragraph(var content) -> paragraph(content, style);
      case Block.CodeBlock(String language, String text) -> code(language, text);
      case Block.Picture(String _, String alt, var figure) -> new FigureView(figure, alt);
      case Block.Items(boolean ordered, var items) -> items(ordered, items, style);
      case Block.Aside(var title, Prose body) -> aside(title, body);
    };
  }

  private ProseFlow paragraph(List<Inline> content, String style) {
    ProseFlow flow = new ProseFlow();
    flow.getStyleClass().addAll("paragraph", style + "-flow");
    add(flow, content, style, "");
    flow.finish();
    return flow;
  }

  private void add(ProseFlow flow, List<Inline> content, String style, String emphasis) {
    for (Inline inline : content) {
      switch (inline) {
        case Inline.Text(String text) -> plain(flow, text, style, emphasis);
        case Inline.Code(String text) -> flow.getChildren().add(typed(text, emphasis));
        case Inline.Emphasis(var inner) -> add(flow, inner, style, "emphasis");
        case Inline.Strong(var inner) -> add(flow, inner, style, "strong");
        case Inline.Thing(ThingName name, String text) -> thing(flow, name, text);
        case Inline.LessonLink(String id, String text) -> flow.getChildren().add(link(id, text));
      }
    }
  }

  private void plain(ProseFlow flow, String words, String style, String emphasis) {
    int done = 0;
    for (Glossary.Use use : terms.in(words)) {
      flow.getChildren().add(text(words.substring(done, use.from()), style, emphasis));
      Text term = text(words.substring(use.from(), use.to()), style, emphasis);
      terms.link(term, use.term());
      flow.addDotted(term, "term-dots");
      done = use.to();
    }
    if (done < words.length()) {
      flow.getChildren().add(text(words.substring(done), style, emphasis));
    }
  }

  /** Code in a sentence; a whole command can be put on the prompt by choosing it. */
  private Text typed(String code, String emphasis) {
    Text text = text(code, "prose-code", emphasis);
    if (isCommand(code)) {
      text.getStyleClass().add("prose-command");
      text.setCursor(Cursor.HAND);
      Kit.pressable(text, () -> propose.accept(code));
    }
    return text;
  }

  private static boolean isCommand(String code) {
    int blank = code.indexOf(' ');
    return blank > 0 && !code.contains("…") && PROGRAMS.contains(code.substring(0, blank));
  }

  private static Text text(String words, String style, String emphasis) {
    Text text = new Text(words);
    text.getStyleClass().add(style);
    if (!emphasis.isEmpty()) {
      text.getStyleClass().add(emphasis);
    }
    return text;
  }

  private void thing(ProseFlow flow, ThingName name, String words) {
    Text text = text(words, "thing", "");
    text.addEventHandler(MouseEvent.MOUSE_ENTERED, _ -> point.accept(Optional.of(name)));
    text.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> point.accept(Optional.empty()));
    text.setFocusTraversable(true);
    text.focusVisibleProperty().addListener((_, _, on) -> point.accept(on ? Optional.of(name) : Optional.empty()));
    flow.addDotted(text, "thing");
  }

  private Text link(String id, String words) {
    Text link = text(words, "lesson-link", "");
    link.setCursor(Cursor.HAND);
    Kit.pressable(link, () -> openLesson.accept(id));
    return link;
  }

  private Node items(boolean ordered, List<Prose> items, String style) {
    VBox list = new VBox(4);
    list.getStyleClass().add("items");
    for (int i = 0; i < items.size(); i++) {
      Label sign = Kit.label(ordered ? i + 1 + "." : "•", "item-sign");
      sign.setMinWidth(16);
      VBox body = of(items.get(i), style);
      HBox.setHgrow(body, Priority.ALWAYS);
      body.setMinWidth(0);
      list.getChildren().add(new HBox(4, sign, body));
    }
    return list;
  }

  private Node aside(Optional<String> title, Prose body) {
    VBox box = new VBox();
    box.getStyleClass().add("aside");
    title.ifPresent(t -> box.getChildren().add(Kit.paragraph(t, "aside-title")));
    box.getChildren().add(of(body, "prose-aside"));
    return box;
  }

  /** Lines to type can be put on the prompt one by one, by choosing them; all can be copied. */
  private Node code(String language, String text) {
    VBox box = new VBox();
    box.getStyleClass().add("code-block");
    for (String line : text.lines().toList()) {
      Label label = Kit.paragraph(line, "code-line");
      if (language.equals("sh") && !line.isBlank()) {
        label.getStyleClass().add("code-command");
        label.setCursor(Cursor.HAND);
        Kit.pressable(label, () -> propose.accept(line));
      }
      box.getChildren().add(label);
    }
    Button copy = Kit.iconButton(new Icon(Glyph.COPY, 13), Messages.text("lesson.copy"), () -> {
      ClipboardContent content = new ClipboardContent();
      content.putString(text);
      Clipboard.getSystemClipboard().setContent(content);
    });
    copy.getStyleClass().add("code-copy");
    StackPane block = new StackPane(box, copy);
    StackPane.setAlignment(copy, Pos.TOP_RIGHT);
    return block;
  }
}
