package org.hopscope.app.desktop.frame;

import java.util.Arrays;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;

/**
 * The list of what Hopscope is made of, set for the eye: from the Markdown that is shipped it takes titles, sentences, and tables whose
 * rows say what, which artifacts if any, under which licence, and from where.
 */
final class LicencesView extends VBox {
  LicencesView(String markdown) {
    super(6);
    getStyleClass().add("licences");
    List<String> lines = markdown.lines().toList();
    boolean head = true;
    for (String line : lines) {
      if (line.startsWith("#")) {
        String title = line.replaceFirst("#+ ", "");
        if (!line.startsWith("# ")) {
          getChildren().add(Kit.label(title, "section-title"));
        }
        head = true;
      } else if (line.startsWith("|")) {
        if (!head && !line.contains("---")) {
          getChildren().add(row(cells(line)));
        }
        head = false;
      } else if (!line.isBlank()) {
        getChildren().add(Kit.paragraph(plain(line), "muted"));
      }
    }
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).map(LicencesView::plain).toList();
  }

  private static String plain(String markdown) {
    return markdown.replace("`", "").replace("**", "");
  }

  /** What on the left, its licence on the right, where it is from below. */
  private static Node row(List<String> cells) {
    Label what = Kit.label(cells.getFirst(), "licence-what");
    Label licence = Kit.label(cells.size() > 3 ? cells.get(2) : cells.size() > 1 ? cells.get(1) : "", "muted");
    licence.setMinWidth(Region.USE_PREF_SIZE);
    what.setMinWidth(0);
    Label from = Kit.paragraph(cells.getLast(), "licence-from");
    VBox left = new VBox(what, from);
    left.setMinWidth(0);
    HBox.setHgrow(left, Priority.ALWAYS);
    HBox row = new HBox(12, left, licence);
    row.getStyleClass().add("licence-row");
    row.setAccessibleText(String.join(", ", cells));
    return row;
  }
}
