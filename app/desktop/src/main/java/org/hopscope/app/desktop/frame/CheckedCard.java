package org.hopscope.app.desktop.frame;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;

/** Against which kernel the model was checked, how much agreed, and what is known to differ. */
final class CheckedCard extends VBox {
  CheckedCard(Checked checked) {
    getStyleClass().add("about");
    setMaxWidth(680);
    setId("checked-card");
    VBox rows = new VBox(12);
    Checked.differences().forEach(difference -> rows.getChildren().add(row(difference)));
    ScrollPane scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setPrefViewportHeight(380);
    scroll.setFocusTraversable(true);
    scroll.getStyleClass().add("reading");
    getChildren().addAll(Kit.paragraph(Messages.text("checked.title", checked.release()), "about-name"),
        Kit.paragraph(Messages.text("checked.how", checked.cases(), checked.casesAgree(), checked.lines(),
            checked.linesAgree())),
        Kit.label(Messages.text("checked.differences"), "section-title"), scroll);
  }

  private static HBox row(Checked.Difference difference) {
    var id = Kit.label(difference.id(), "mono", "muted");
    id.setMinWidth(46);
    VBox words = new VBox(3, flow(difference.what(), "prose-small"), flow(difference.why(), "prose-aside"));
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    return new HBox(8, id, words);
  }

  /** A sentence; what stands between back quotes is what a machine says, what stands between stars is stressed. */
  private static TextFlow flow(String sentence, String style) {
    TextFlow flow = new TextFlow();
    flow.getStyleClass().add(style + "-flow");
    String[] parts = sentence.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      Text text = new Text(i % 2 == 0 ? parts[i].replace("*", "") : parts[i]);
      text.getStyleClass().add(i % 2 == 0 ? style : "prose-code");
      flow.getChildren().add(text);
    }
    return flow;
  }
}
