package org.hopscope.app.desktop.dock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.header.ProbeText;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.probe.SavedProbe;
import org.hopscope.model.sim.Simulator;

/**
 * PROBES: those kept with the lab, and what is expected of each. One is sent as from the bar; all together are sent in the lab as it
 * is, and nothing of them is kept but whether each came out as expected, until the lab changes.
 */
final class ProbesPane extends BorderPane {
  private final Workbench workbench;
  private final ListView<SavedProbe> list = new ListView<>();
  private final Label summary = Kit.label("", "faint");
  private final Button all = Kit.button(Messages.text("probes.all"), this::runAll, "small-button");
  private final Button keep = Kit.button(Messages.text("probes.keep"), this::keep, "small-button");
  private Map<String, Boolean> succeeded = Map.of();
  private Optional<LabState> asked = Optional.empty();

  ProbesPane(Workbench workbench) {
    this.workbench = workbench;
    setId("probes");
    all.setId("probes-all");
    keep.setId("probes-keep");
    list.getStyleClass().add("plain-list");
    list.setAccessibleText(Messages.text("probes.name"));
    list.setCellFactory(_ -> new Cell());
    list.setPlaceholder(Kit.paragraph(Messages.text("probes.empty"), "empty-note"));
    list.setOnMouseClicked(event -> {
      if (event.getClickCount() == 2) {
        send();
      }
    });
    list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    list.setContextMenu(menu());
    summary.setMinWidth(0);
    HBox bar = new HBox(8, summary, Kit.spring(), keep, all);
    bar.getStyleClass().add("events-bar");
    bar.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    setTop(bar);
    setCenter(list);
    workbench.labProperty().addListener((_, _, now) -> show(now));
    workbench.traceProperty().addListener((_, _, _) -> offer());
    show(workbench.labProperty().get());
    offer();
  }

  private void offer() {
    keep.setDisable(workbench.traceProperty().get().isEmpty());
  }

  private void show(LabState lab) {
    List<SavedProbe> saved = List.copyOf(lab.notes().probes().values());
    if (!saved.equals(list.getItems())) {
      list.getItems().setAll(saved);
    }
    if (asked.filter(a -> a.withNotes(Notes.NONE).equals(lab.withNotes(Notes.NONE))).isEmpty()) {
      succeeded = Map.of();
      list.refresh();
    }
    all.setDisable(saved.isEmpty());
    sum();
  }

  private void sum() {
    long good = list.getItems().stream().filter(p -> isAsExpected(p).orElse(false)).count();
    summary.setText(succeeded.isEmpty() ? "" : Messages.text("probes.sum", good, list.getItems().size()));
  }

  private Optional<Boolean> isAsExpected(SavedProbe probe) {
    return Optional.ofNullable(succeeded.get(probe.name())).map(s -> s == probe.expectSuccess());
  }

  private Optional<SavedProbe> chosen() {
    return list.getSelectionModel().getSelectedItems().stream().findFirst();
  }

  private void send() {
    chosen().filter(p -> isPossible(workbench.labProperty().get(), p)).ifPresent(p -> workbench.send(p.probe()));
  }

  /** A place that is gone sends nothing. */
  private static boolean isPossible(LabState lab, SavedProbe probe) {
    return lab.find(probe.probe().from()).isPresent();
  }

  private void runAll() {
    LabState lab = workbench.labProperty().get();
    List<SavedProbe> probes = List.copyOf(list.getItems());
    CompletableFuture.supplyAsync(() -> outcomes(lab, probes)).thenAcceptAsync(found -> {
      succeeded = found;
      asked = Optional.of(lab);
      list.refresh();
      show(workbench.labProperty().get());
    }, Platform::runLater);
  }

  private static Map<String, Boolean> outcomes(LabState lab, List<SavedProbe> probes) {
    Simulator.Series series = new Simulator.Series();
    Map<String, Boolean> found = new HashMap<>();
    probes.forEach(p -> found.put(p.name(), isPossible(lab, p) && series.run(lab, p.probe()).result().succeeded()));
    return found;
  }

  /** Keeps the probe that is open, with its outcome as what is expected of it. */
  private void keep() {
    workbench.traceProperty().get().ifPresent(trace -> workbench.apply(new Edit.SaveProbe(new SavedProbe(
        ProbeText.name(trace.start(), trace.probe()), trace.probe(), trace.result().succeeded())), Hand.GESTURE));
  }

  private void turnExpectation() {
    chosen().ifPresent(p -> workbench
        .apply(new Edit.SaveProbe(new SavedProbe(p.name(), p.probe(), !p.expectSuccess())), Hand.GESTURE));
  }

  private void forget() {
    chosen().ifPresent(p -> workbench.apply(new Edit.ForgetProbe(p.name()), Hand.GESTURE));
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown()) {
      return;
    }
    switch (event.getCode()) {
      case ENTER -> send();
      case DELETE, BACK_SPACE -> forget();
      case E -> turnExpectation();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private ContextMenu menu() {
    List<MenuItem> items = new ArrayList<>();
    Map<String, Runnable> ways = Map.of("send", this::send, "turn", this::turnExpectation, "forget", this::forget);
    for (String way : List.of("send", "turn", "forget")) {
      MenuItem item = new MenuItem(Messages.text("probes." + way));
      item.setOnAction(_ -> ways.get(way).run());
      items.add(item);
    }
    return new ContextMenu(items.toArray(MenuItem[]::new));
  }

  private final class Cell extends ListCell<SavedProbe> {
    private final Icon mark = new Icon(Glyph.RIGHT, 13);
    private final Label name = Kit.label("", "event-place");
    private final Label expected = Kit.label("", "event-time");
    private final HBox row = new HBox(8, mark, new VBox(name, expected));

    Cell() {
      getStyleClass().add("event");
      name.setMinWidth(0);
      row.setMinWidth(0);
      HBox.setHgrow(row.getChildren().getLast(), Priority.ALWAYS);
      mark.setMinWidth(Region.USE_PREF_SIZE);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(SavedProbe probe, boolean none) {
      super.updateItem(probe, none);
      if (none) {
        setGraphic(null);
        return;
      }
      Optional<Boolean> good = isAsExpected(probe);
      mark.show(good.map(g -> g ? Glyph.TICK : Glyph.CROSS).orElse(Glyph.RIGHT));
      mark.getStyleClass().setAll("icon", good.map(g -> g ? "good" : "bad").orElse("unknown"));
      name.setText(probe.name());
      String wanted = Messages.text(probe.expectSuccess() ? "probes.expects.yes" : "probes.expects.no");
      expected.setText(good.map(g -> Messages.text(g ? "probes.holds" : "probes.fails", wanted)).orElse(wanted));
      setAccessibleText(probe.name() + ", " + expected.getText());
      setGraphic(row);
    }
  }
}
