package org.hopscope.app.desktop.canvas;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.hopscope.app.desktop.action.Action;
import org.hopscope.app.desktop.canvas.packet.Spot;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.tools.Palette;
import org.hopscope.app.desktop.canvas.tools.Sketch;
import org.hopscope.app.desktop.canvas.tools.ToolChart;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.kit.Later;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.Change;

/**
 * The canvas of a window. It shows the workbench's lab and open trace, and turns what hand and keyboard do on it into
 * edits. It only joins its parts: each has a file of its own.
 */
public final class CanvasPane extends Region {
  private static final double EDGE = 14;
  private static final double ZOOM_ROOM = 52;
  private static final double MAP_FROM = 600;
  /** Lower than this and the palette's words have no room. */
  private static final double LOW = 380;
  /** In larger labs what is carried stays visible where it was: that spares drawing everything anew. */
  private static final int MOST_HIDDEN = 80;

  private final CanvasDesk desk;
  private final CanvasTexts texts;
  private final Appearance looks;
  private final ObservableValue<Theme> theme;
  private final ToolChart tools;
  private final ViewKeeper view;
  private final StillLayer still = new StillLayer();
  private final Overlay overlay;
  private final SelectionLayer selected;
  private final LitLayer lit = new LitLayer();
  private final TraceView trace;
  private final Answers answers;
  private final Later<PaletteBar> palette;
  private final Later<ZoomBar> zoom;
  private final Later<MiniMap> map;
  private final Later<ThingList> list;
  private final List<Action> actions;
  private final CanvasMenu menu;
  private final HandInput hand;
  private final HoverTip tip;
  private final Region focusRing = new Region();
  private ObservableBooleanValue following = new SimpleBooleanProperty();
  private Set<Selection> hidden = Set.of();

  public CanvasPane(Workbench workbench, Appearance looks, CanvasTexts texts) {
    this.looks = looks;
    theme = looks.themeProperty();
    this.texts = texts;
    desk = new CanvasDesk(workbench, texts);
    tools = new ToolChart(desk);
    view = new ViewKeeper(desk, this, looks.sizeProperty());
    overlay = new Overlay(texts);
    answers = new Answers(desk, this);
    selected = new SelectionLayer(texts);
    tip = new HoverTip(this, texts);
    trace = new TraceView(workbench, texts);
    palette = new Later<>("canvas-bar", () -> new PaletteBar(texts, new FromPalette()));
    zoom = new Later<>("canvas-bar",
        () -> new ZoomBar(texts, () -> view.zoom(0.8), view::home, () -> view.zoom(1.25), view::fit));
    actions = CanvasActions.of(workbench, new CanvasVerbs(desk), view, this::toggleList);
    menu = new CanvasMenu(desk, actions);
    list = new Later<>("canvas-bar", this::thingList);
    list.setVisible(false);
    map = new Later<>("canvas-bar", () -> new MiniMap(texts, view::centre));
    palette.setPickOnBounds(false);
    getChildren().addAll(still.node(), selected.node(), lit.node(), overlay.node());
    getChildren().addAll(trace.nodes());
    focusRing.getStyleClass().add("canvas-focus");
    focusRing.setMouseTransparent(true);
    focusRing.visibleProperty().bind(focusVisibleProperty());
    getChildren().addAll(list, answers.fields(), answers.notice(), palette, zoom, map, focusRing);
    still.node().setMouseTransparent(true);
    hand = new HandInput(this, desk, tools, this::refresh);
    KeyInput keys = new KeyInput(desk, tools, actions, new KeyViews());
    addEventHandler(KeyEvent.KEY_PRESSED, keys::pressed);
    addEventHandler(KeyEvent.KEY_RELEASED, keys::released);
    setOnContextMenuRequested(e -> menu.show(this, e.getScreenX(), e.getScreenY()));
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.PARENT);
    setAccessibleText(texts.get("pane.name"));
    setId("canvas");
    getStyleClass().add("canvas-pane");
    Rectangle clip = new Rectangle();
    clip.widthProperty().bind(widthProperty());
    clip.heightProperty().bind(heightProperty());
    setClip(clip);
    listen(workbench);
  }

  private void listen(Workbench workbench) {
    workbench.session().listen(change -> {
      if (change.cause() instanceof Change.Cause.Replaced) {
        view.forget();
        view.keep(false);
      }
    });
    desk.pictureProperty().addListener(_ -> {
      view.keep(false);
      everything();
    });
    desk.viewportProperty().addListener((_, _, now) -> {
      zoom.made().ifPresent(bar -> bar.show(now.scale()));
      everything();
    });
    workbench.selectionProperty().addListener((_, _, now) -> {
      refresh();
      setAccessibleHelp(texts.selection(now.stream().map(s -> Things.name(desk.picture().lab(), s)).toList()));
    });
    theme.addListener((_, _, _) -> everything());
    looks.sizeProperty().addListener((_, _, _) -> {
      view.keep(true);
      everything();
    });
    widthProperty().addListener(_ -> resized());
    heightProperty().addListener(_ -> resized());
    workbench.traceProperty().addListener(_ -> stepped());
    workbench.stepProperty().addListener(_ -> stepped());
    workbench.scrubbingProperty().addListener((_, _, on) -> {
      if (!on) {
        stepped();
      }
    });
    workbench.predictions().askingProperty().addListener((_, _, _) -> showTrace());
    workbench.highlightProperty().addListener(_ -> refresh());
    workbench.unrolling().litProperty().addListener(_ -> refresh());
  }

  /** Keeps the packet in sight while a switch is on. */
  public void follow(ObservableBooleanValue on) {
    following = on;
    on.addListener(_ -> stepped());
  }

  private void stepped() {
    if (following.get()) {
      desk.workbench().currentStep().map(Spot::focus).filter(t -> !(t instanceof Selection.OfHost))
          .ifPresent(view::show);
    }
    trace.read();
    showTrace();
  }

  private void showTrace() {
    double left = view.paletteRoom() + EDGE;
    Box free = new Box(left, EDGE, Math.max(0, getWidth() - left - EDGE), Math.max(0, getHeight() - EDGE - ZOOM_ROOM));
    trace.show(desk.picture(), desk.viewport(), looks, free);
  }

  /** How many times faster than usual packets glide from step to step. */
  public DoubleProperty paceProperty() {
    return trace.paceProperty();
  }

  /** Puts in what the first frame was shown without: the bars with the tools and the zoom. */
  public void complete() {
    palette.get().show(tools.phase().tool());
    zoom.get().show(desk.viewport().scale());
  }

  /** Which part of the lab is seen. */
  Viewport viewport() {
    return desk.viewport();
  }

  /** What can be done on the canvas, for the table of everything that can be done. */
  public List<Action> actions() {
    return actions;
  }

  /** Shows the whole lab. */
  public void fit() {
    view.fit();
  }

  private void resized() {
    view.keep(true);
    showTrace();
  }

  private void everything() {
    refresh();
    showTrace();
  }

  private void refresh() {
    Sketch sketch = tools.sketch();
    hidden = desk.picture().parts().size() > MOST_HIDDEN ? Set.of() : sketch.carried().things();
    selected.show(sketch.carried().things().isEmpty() ? desk.selection() : Set.of(), desk.picture(), desk.viewport(),
        theme.getValue());
    overlay.show(sketch, desk.picture(), desk.viewport(), theme.getValue());
    Set<Selection> lights = new LinkedHashSet<>(desk.workbench().unrolling().litProperty().get());
    lights.addAll(desk.workbench().highlightProperty().get());
    lit.show(lights, desk.picture(), desk.viewport(), theme.getValue());
    tip.over(sketch.hover().map(h -> h.part().thing()), desk.picture());
    palette.made().ifPresent(bar -> bar.show(tools.phase().tool()));
    setCursor(tools.phase().tool() == Palette.SELECT ? Cursor.DEFAULT : Cursor.CROSSHAIR);
    if (list.isVisible()) {
      list.get().show(desk.picture(), desk.selection());
    }
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    still.show(new StillLayer.Shown(desk.picture(), theme.getValue(), hidden, desk.viewport(), width, height), texts);
    selected.node().resizeRelocate(0, 0, width, height);
    lit.node().resizeRelocate(0, 0, width, height);
    overlay.node().resizeRelocate(0, 0, width, height);
    focusRing.resizeRelocate(0, 0, width, height);
    trace.nodes().forEach(layer -> layer.resizeRelocate(0, 0, width, height));
    palette.made().ifPresent(bar -> bar.small(view.isNarrow() || height < LOW));
    double edge = view.isNarrow() ? EDGE / 2 : EDGE;
    palette.autosize();
    palette.relocate(edge, edge);
    zoom.autosize();
    zoom.relocate(width - zoom.getWidth() - EDGE, height - zoom.getHeight() - EDGE);
    answers.place(width, height);
    placeMap(width, height);
  }

  /** The small map is there while something lies out of sight, and there is room for it. */
  private void placeMap(double width, double height) {
    list.resizeRelocate(0, 0, width, height);
    boolean wanted =
        !list.isVisible() && zoom.made().isPresent() && !view.seesAll() && width > MAP_FROM && height > MAP_FROM / 2;
    map.setVisible(wanted);
    if (wanted) {
      desk.picture().bounds()
          .ifPresent(all -> map.get().show(desk.picture(), all, desk.viewport(), width, height, theme.getValue()));
      map.autosize();
      map.relocate(width - map.getWidth() - EDGE, height - map.getHeight() - ZOOM_ROOM);
    }
  }

  private ThingList thingList() {
    return new ThingList(desk, actions, new ThingList.Ways() {
      @Override
      public void menu(double x, double y) {
        menu.show(CanvasPane.this, x, y);
      }

      @Override
      public void close() {
        toggleList();
      }
    });
  }

  /** Shows the things as a table in the picture's place, or the picture again. */
  private void toggleList() {
    list.setVisible(!list.isVisible());
    for (Region bar : List.of(palette, zoom)) {
      bar.setVisible(!list.isVisible());
    }
    refresh();
    if (list.isVisible()) {
      list.get().focus();
    } else {
      requestFocus();
    }
  }

  /** Where a thing is in this pane, in pixels. */
  public Optional<Box> over(Selection thing) {
    return desk.picture().find(thing).map(Part::box).map(desk.viewport()::toScreen);
  }

  /** A tool carried from the palette over the canvas. */
  private final class FromPalette implements PaletteBar.Hands {
    @Override
    public void take(Palette tool) {
      tools.take(tool);
      refresh();
    }

    @Override
    public void carry(MouseEvent event) {
      hand.moved(event);
    }

    @Override
    public void drop(MouseEvent event) {
      requestFocus();
      tools.release(hand.touch(event));
      refresh();
    }
  }

  /** What keys ask of this pane. */
  private final class KeyViews implements KeyInput.Views {
    @Override
    public void zoom(double factor) {
      view.zoom(factor);
    }

    @Override
    public void home() {
      view.home();
    }

    @Override
    public void fit() {
      view.fit();
    }

    @Override
    public void menu() {
      Optional<Selection> last = desk.selection().stream().reduce((_, after) -> after);
      last.ifPresent(view::show);
      var at = last.flatMap(CanvasPane.this::over).map(box -> localToScreen(box.x() + 12, box.bottom()))
          .orElseGet(() -> localToScreen(getWidth() / 2, getHeight() / 2));
      menu.show(CanvasPane.this, at.getX(), at.getY());
    }

    @Override
    public void show(Selection thing) {
      view.show(thing);
    }

    @Override
    public void holdSpace(boolean held) {
      hand.holdSpace(held);
      setCursor(held ? Cursor.OPEN_HAND : Cursor.DEFAULT);
    }

    @Override
    public void refresh() {
      CanvasPane.this.refresh();
    }

    @Override
    public void place() {
      tools.place();
      CanvasPane.this.refresh();
    }
  }
}
