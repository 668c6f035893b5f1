package org.hopscope.app.desktop.dock;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.css.PseudoClass;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.hopscope.app.desktop.kit.DropButton;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.theme.Layers;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Clock;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** EVENTS: the steps of the open trace as sentences; choosing one goes there. */
final class EventsPane extends StackPane {
  private static final PseudoClass SOME = PseudoClass.getPseudoClass("selected");
  /** From so many steps on each takes one line: a list of rows of unknown height would measure all above the one that is shown. */
  private static final int MANY = 1_000;
  private static final double ONE_LINE = 26;
  private static final int MOST_VALUES = 40;

  private final Workbench workbench;
  private final ObservableList<Step> steps = FXCollections.observableArrayList();
  private final FilteredList<Step> shown = new FilteredList<>(steps);
  private final ListView<Step> list = new ListView<>(shown);
  private final TextField filter = new TextField();
  private final DropButton fields = new DropButton(this::fields);
  private EventFilter only = EventFilter.ALL;
  private Optional<EventFilter.Sieve> sieve = Optional.empty();
  private final Label hidden = Kit.label("", "faint");
  private final Label empty = Kit.paragraph(Messages.text("events.empty"), "empty-note");

  EventsPane(Workbench workbench, ObservableValue<Theme> theme) {
    this.workbench = workbench;
    list.getStyleClass().add("plain-list");
    list.setAccessibleText(Messages.text("events.name"));
    list.setCellFactory(_ -> new Cell());
    list.setOnMouseClicked(_ -> goToSelected());
    list.addEventHandler(KeyEvent.KEY_RELEASED, event -> {
      if (event.getCode().isArrowKey()) {
        goToSelected();
      }
    });
    empty.setMouseTransparent(true);
    setAlignment(javafx.geometry.Pos.TOP_LEFT);
    filter.setPromptText(Messages.text("events.filter"));
    filter.setAccessibleText(Messages.text("events.filter"));
    filter.setId("events-filter");
    HBox.setHgrow(filter, Priority.ALWAYS);
    filter.textProperty().addListener(_ -> sift());
    DropButton save =
        new DropButton(() -> EventsExport.items(workbench, () -> List.copyOf(shown), theme, this));
    save.setText(Messages.text("events.save.word"));
    save.getStyleClass().add("chip-button");
    save.setAccessibleText(Messages.text("events.save"));
    save.setId("events-save");
    fields.getStyleClass().add("chip-button");
    fields.setId("events-fields");
    hidden.setId("events-hidden");
    hidden.setMinWidth(Region.USE_PREF_SIZE);
    filter.setMinWidth(60);
    HBox bar = new HBox(8, filter, hidden, fields, save);
    bar.getStyleClass().add("events-bar");
    bar.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    bar.visibleProperty().bind(empty.visibleProperty().not());
    BorderPane both = new BorderPane(list);
    both.setTop(bar);
    bar.managedProperty().bind(bar.visibleProperty());
    getChildren().addAll(both, empty);
    workbench.traceProperty().addListener((_, _, now) -> fill(now));
    workbench.stepProperty().addListener((_, _, _) -> follow());
    workbench.predictions().askingProperty().addListener((_, _, _) -> list.refresh());
    workbench.predictions().onProperty().addListener((_, _, _) -> list.refresh());
    fill(workbench.traceProperty().get());
  }

  private void fill(Optional<Trace> trace) {
    only = EventFilter.ALL;
    sieve = trace.map(EventFilter.Sieve::new);
    list.setFixedCellSize(
        trace.filter(t -> t.steps().size() > MANY).map(_ -> ONE_LINE).orElse(Region.USE_COMPUTED_SIZE));
    steps.setAll(trace.map(Trace::steps).orElse(List.of()));
    empty.setVisible(trace.isEmpty());
    sift();
    follow();
  }

  /** What can be chosen of each field; on top, everything. */
  private List<MenuItem> fields() {
    List<MenuItem> items = new ArrayList<>();
    MenuItem all = new MenuItem(Messages.text("events.all"));
    all.setDisable(only.count() == 0);
    all.setOnAction(_ -> show(EventFilter.ALL));
    items.add(all);
    for (EventFilter.Field field : EventFilter.Field.values()) {
      Menu menu = new Menu(Messages.text("events.field." + field));
      sieve.ifPresent(s -> s.values(field).stream().limit(MOST_VALUES).forEach(value -> {
        CheckMenuItem item = new CheckMenuItem(value);
        item.setSelected(only.chosen(field).contains(value));
        item.setOnAction(_ -> show(only.toggled(field, value)));
        menu.getItems().add(item);
      }));
      menu.setDisable(menu.getItems().isEmpty());
      items.add(menu);
    }
    return items;
  }

  private void show(EventFilter wanted) {
    only = wanted;
    sift();
    follow();
  }

  /** Shows the steps that the fields let through and whose place, packet or sentence has every word that is asked for. */
  private void sift() {
    List<String> words = List.of(filter.getText().toLowerCase(Locale.ROOT).strip().split("\\s+"));
    Optional<Trace> trace = workbench.traceProperty().get();
    shown.setPredicate(step -> trace.isEmpty() || sieve.filter(s -> !s.shows(only, step)).isEmpty()
        && (words.equals(List.of(""))
            || words.stream().allMatch(EventsExport.line(trace.get(), step).toLowerCase(Locale.ROOT)::contains)));
    int gone = steps.size() - shown.size();
    fields.setText(
        only.count() == 0 ? Messages.text("events.fields") : Messages.text("events.fields.some", only.count()));
    fields.pseudoClassStateChanged(SOME, only.count() > 0);
    hidden.setText(gone == 0 ? "" : Messages.text("events.hidden", gone));
  }

  private void follow() {
    int taken = workbench.stepProperty().get();
    int at = taken == 0 || taken > steps.size() ? -1 : shown.indexOf(steps.get(taken - 1));
    if (at < 0) {
      list.getSelectionModel().clearSelection();
    } else if (list.getSelectionModel().getSelectedIndex() != at) {
      list.getSelectionModel().clearAndSelect(at);
      list.scrollTo(Math.max(0, at - 2));
    }
  }

  private void goToSelected() {
    list.getSelectionModel().getSelectedItems().stream().findFirst()
        .ifPresent(step -> workbench.goTo(step.index() + 1));
  }

  private final class Cell extends ListCell<Step> {
    private final Label number = Kit.label("", "event-number");
    private final Region dot = new Region();
    private final Label place = Kit.label("", "event-place");
    private final Label sentence = Kit.paragraph("", "event-sentence");
    private final Label time = Kit.label("", "event-time");
    private final HBox row = new HBox(8, number, dot, place, sentence, Kit.spring(), time);

    Cell() {
      getStyleClass().add("event");
      dot.getStyleClass().add("event-dot");
      number.setMinWidth(22);
      place.setMinWidth(Region.USE_PREF_SIZE);
      time.setMinWidth(Region.USE_PREF_SIZE);
      row.setMinWidth(0);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Step step, boolean none) {
      super.updateItem(step, none);
      Optional<Trace> trace = workbench.traceProperty().get();
      if (none || trace.isEmpty()) {
        setGraphic(null);
        return;
      }
      Trace open = trace.get();
      number.setText(Integer.toString(step.index() + 1));
      Layers.mark(dot, Layer.of(step));
      place.setText(PlaceNames.of(open.start(), step.where()));
      sentence.setText(workbench.predictions().hides(step.index())
          ? Messages.text("events.kept.back")
          : Narrator.sentence(open, step.index()));
      time.setText(Clock.since(open.start().now(), step.at()));
      setGraphic(row);
    }
  }
}
