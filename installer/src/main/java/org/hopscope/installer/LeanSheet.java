package org.hopscope.installer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * JavaFX's own stylesheet without the rules for controls that a program does not have: a quarter of it is left for ours, and
 * it is read at every start.
 */
final class LeanSheet {
  /** Where the toolkit keeps it, in the jar of its controls. */
  static final String WHOLE = "com/sun/javafx/scene/control/skin/modena/modena.css";

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)}");
  private static final Pattern STYLE_CLASS = Pattern.compile("\\.([a-z][a-z0-9-]*)");

  /** How the style classes of a kind of control begin, and the classes that make such a control, any of which will do. */
  private static final Map<String, List<String>> OWNERS = Map.ofEntries(
      owned("tab-", "TabPane"), owned("table-", "TableView", "TreeTableView"),
      owned("column-", "TableView", "TreeTableView"), owned("tree-", "TreeView", "TreeTableView"),
      owned("date-", "DatePicker"), owned("spinner", "Spinner"), owned("titled-pane", "TitledPane", "Accordion"),
      owned("accordion", "Accordion"), owned("color-", "ColorPicker"), owned("custom-color-", "ColorPicker"),
      owned("split-pane", "SplitPane"), owned("progress-", "ProgressIndicator", "ProgressBar"),
      owned("pagination", "Pagination"), owned("combo-box", "ComboBox", "DatePicker", "ColorPicker"),
      owned("choice-box", "ChoiceBox"), owned("split-menu-button", "SplitMenuButton"),
      owned("hyperlink", "Hyperlink"), owned("dialog-pane", "Dialog", "Alert", "DialogPane"),
      owned("alert", "Alert"), owned("menu-bar", "MenuBar"), owned("slider", "Slider"), owned("tool-bar", "ToolBar"),
      owned("html-editor", "HTMLEditor"), owned("web-view", "WebView"), owned("rich-text-area", "RichTextArea"),
      owned("axis", "Chart"), owned("chart", "Chart"), owned("bar-chart", "Chart"), owned("default-color", "Chart"),
      owned("check-box-table-cell", "TableView"));

  private LeanSheet() {}

  private static Entry<String, List<String>> owned(String prefix, String... controls) {
    return Map.entry(prefix, List.of(controls));
  }

  /**
   * A sheet with the rules that can apply.
   *
   * @param whole the toolkit's sheet
   * @param uses whether the program makes a control of this simple class name
   */
  static String of(String whole, Predicate<String> uses) {
    List<String> gone = OWNERS.entrySet().stream().filter(owner -> owner.getValue().stream().noneMatch(uses))
        .map(Entry::getKey).toList();
    return RULE.matcher(COMMENT.matcher(whole).replaceAll("")).results().flatMap(rule -> left(rule, gone).stream())
        .collect(Collectors.joining("\n"));
  }

  private static List<String> left(MatchResult rule, List<String> gone) {
    String selectors = Arrays.stream(rule.group(1).split(",")).map(String::strip)
        .filter(selector -> STYLE_CLASS.matcher(selector).results().map(found -> found.group(1))
            .noneMatch(name -> gone.stream().anyMatch(name::startsWith)))
        .collect(Collectors.joining(", "));
    return selectors.isEmpty() ? List.of() : List.of(selectors + " {" + rule.group(2) + "}");
  }
}
