package org.hopscope.app.desktop.reach;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.why.WhyCard;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.policy.PolicyPreview;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.reach.Matrix;
import org.hopscope.model.reach.Place;
import org.hopscope.model.trace.Failure;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * REACH: a row for each namespace, a cell in it for each that it may reach. Asked again, aside, whenever the lab has changed and
 * the pane is seen; what came out otherwise than before is marked. A cell opens its probe at the step that decided.
 */
public final class ReachPane extends BorderPane {
  /** What the words above, and four rows, take: a pane that has no more than this and the names shows numbers for names. */
  private static final double ROOM = 130;

  private final Workbench workbench;
  private final Label count = Kit.paragraph("", "faint");
  private final ListView<Integer> rows = new ListView<>();
  private final ReachHead head = new ReachHead(rows);
  /** What changed is marked more strongly for so long. */
  private final PauseTransition flash = new PauseTransition(Duration.millis(1600));
  private Optional<Matrix> before = Optional.empty();
  private Optional<Matrix> matrix = Optional.empty();
  private Set<Matrix.Cell> changed = Set.of();
  private Map<Matrix.Cell, Boolean> ahead = Map.of();
  private int column;
  private boolean numbered;
  private boolean asking;

  /** The matrix of a workbench's lab. */
  public ReachPane(Workbench workbench) {
    this.workbench = workbench;
    setId("reach");
    count.setPadding(new Insets(6, 12, 4, 12));
    rows.getStyleClass().add("plain-list");
    rows.setAccessibleText(Messages.text("reach.name"));
    rows.setCellFactory(_ -> new ReachRow(this));
    rows.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    flash.setOnFinished(_ -> rows.refresh());
    count.setTooltip(new Tooltip(Messages.text("reach.keys")));
    heightProperty().addListener((_, _, _) -> {
      if (numbered != isTight(names())) {
        arrange();
      }
    });
    rows.widthProperty().addListener((_, _, _) -> rows.refresh());
    setTop(new VBox(count, head));
    setCenter(rows);
    workbench.labProperty().addListener((_, _, _) -> ask());
    workbench.foreseenProperty().addListener((_, _, _) -> {
      tell();
      rows.refresh();
    });
    sceneProperty().addListener((_, _, now) -> {
      if (now != null) {
        ask();
      }
    });
  }

  Optional<Matrix> matrix() {
    return matrix;
  }

  boolean isChanged(Matrix.Cell cell) {
    return changed.contains(cell);
  }

  /** Whether it came out otherwise only just now. */
  boolean isFresh(Matrix.Cell cell) {
    return flash.getStatus() == Animation.Status.RUNNING && changed.contains(cell);
  }

  /** The name of this column is lit; that of the keyboard's when the pointer has left. */
  void point(int at) {
    head.choose(at);
  }

  /** The column that the keyboard is at. */
  int column() {
    return column;
  }

  private void key(KeyEvent event) {
    int size = matrix.map(m -> m.places().size()).orElse(0);
    int by = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
    if (by != 0 && size > 0) {
      column = Math.clamp(column + by, 0, size - 1);
      head.choose(column);
      rows.refresh();
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER && rows.getSelectionModel().getSelectedIndex() >= 0) {
      open(new Matrix.Cell(rows.getSelectionModel().getSelectedIndex(), column));
      event.consume();
    } else if (event.getCode() == KeyCode.W && rows.getSelectionModel().getSelectedIndex() >= 0) {
      ask(new Matrix.Cell(rows.getSelectionModel().getSelectedIndex(), column));
      event.consume();
    }
  }

  /** Asks again unless the lab is the one that was asked, or the pane is not seen. */
  private void ask() {
    LabState lab = workbench.labProperty().get();
    boolean known = matrix.filter(m -> m.lab().withNotes(lab.notes()).equals(lab)).isPresent();
    if (asking || known || getScene() == null) {
      return;
    }
    asking = true;
    CompletableFuture<Matrix> half = CompletableFuture.supplyAsync(() -> part(lab, 0));
    CompletableFuture.supplyAsync(() -> part(lab, 1)).thenCombine(half, Matrix::with).thenAcceptAsync(this::fill,
        Platform::runLater);
  }

  /** Half of the rows: two threads share the work. */
  private static Matrix part(LabState lab, int part) {
    return Matrix.part(lab, Place.telling(lab, IpFamily.INET), Probe.Ping.ONCE, part, 2);
  }

  private void fill(Matrix now) {
    asking = false;
    boolean edited = matrix.filter(m -> configured(m.lab()).equals(configured(now.lab()))).isEmpty();
    before = edited ? matrix : before;
    matrix = Optional.of(now);
    changed = before.map(b -> (Set<Matrix.Cell>) new HashSet<>(now.changedSince(b))).orElse(Set.of());
    int size = now.places().size();
    if (edited && !changed.isEmpty()) {
      flash.playFromStart();
    }
    column = Math.clamp(column, 0, Math.max(0, size - 1));
    arrange();
    rows.getItems().setAll(IntStream.range(0, size).boxed().toList());
    ask();
  }

  private List<String> names() {
    return matrix.map(m -> IntStream.range(0, m.places().size()).mapToObj(i -> ReachRow.place(m, i)).toList())
        .orElse(List.of());
  }

  private boolean isTight(List<String> names) {
    return getHeight() < ReachHead.height(names) + ROOM;
  }

  /** Columns have names above them where these leave room for rows, else numbers, and the rows have them too. */
  private void arrange() {
    List<String> names = names();
    numbered = isTight(names);
    head.show(names, numbered);
    tell();
    rows.refresh();
  }

  /** Whether columns are known by the numbers of the rows. */
  boolean isNumbered() {
    return numbered;
  }

  /** Says how many reach each other, or what the command that is being written would change of it. */
  private void tell() {
    int size = matrix.map(m -> m.places().size()).orElse(0);
    ahead = matrix.flatMap(m -> workbench.foreseenProperty().get().map(p -> ahead(m, p))).orElse(Map.of());
    count.setText(workbench.foreseenProperty().get().map(PreviewWords::of)
        .orElseGet(() -> size == 0 ? Messages.text("reach.empty") : counted(size * size)));
  }

  private String counted(int cells) {
    String counted = Messages.text("reach.count", matrix.map(Matrix::count).orElse(0), cells, changed.size());
    return numbered ? counted : counted + " " + Messages.text("reach.keys");
  }

  /** What the command that is being written would make of a cell: whether it could connect; empty where nothing would change. */
  Optional<Boolean> foreseen(Matrix.Cell cell) {
    return Optional.ofNullable(ahead.get(cell));
  }

  private static Map<Matrix.Cell, Boolean> ahead(Matrix matrix, PolicyPreview preview) {
    Map<ObjectKey, Integer> places = new HashMap<>();
    for (int i = 0; i < matrix.places().size(); i++) {
      int place = i;
      Pods.at(matrix.lab(), matrix.places().get(i).netns()).ifPresent(p -> places.put(p.pod().key(), place));
    }
    Map<Matrix.Cell, Boolean> cells = new HashMap<>();
    preview.changes().stream().filter(c -> places.containsKey(c.from()) && places.containsKey(c.to())).forEach(
        c -> cells.put(new Matrix.Cell(places.get(c.from()), places.get(c.to())), c.allowed()));
    return cells;
  }

  /** A lab without what traffic changes in it. */
  private static LabState configured(LabState lab) {
    return lab.withLearned(Learned.NOTHING).withNow(VirtualTime.START).withNotes(Notes.NONE);
  }

  /** Asks why the probe of a cell fails, and what would help; of one that succeeds there is nothing to ask. */
  void ask(Matrix.Cell cell) {
    matrix.filter(m -> !m.reaches(cell)).ifPresent(m -> {
      Trace trace = m.open(cell);
      WhyCard.open(this, workbench, trace, step -> workbench.open(trace, step));
    });
  }

  /** Opens a cell's probe: where it parted from how it was before, or where it died; one that succeeds at its beginning. */
  void open(Matrix.Cell cell) {
    matrix.ifPresent(m -> {
      Trace trace = m.open(cell);
      int at = new Failure(trace).decisive().filter(_ -> !trace.result().succeeded()).map(Step::index).orElse(-1);
      if (changed.contains(cell) && before.isPresent()) {
        var comparison = m.decided(cell, before.get()).decided();
        int row = comparison.parting().orElse(-1);
        at = row < 0 ? at : comparison.rows().get(row).right().orElse(at);
      }
      workbench.open(trace, at + 1);
    });
  }
}
