package org.hopscope.app.desktop.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.hopscope.app.desktop.canvas.CanvasPane;
import org.hopscope.app.desktop.canvas.tools.Palette;
import org.hopscope.app.desktop.kit.Bubble;
import org.hopscope.app.desktop.kit.Floating;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.welcome.Template;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.testfx.util.WaitForAsyncUtils;

/** The verbs by which the real window is brought into the state that a picture of it shall show. */
final class Studio {
  private final MainWindow window;
  private Callable<Boolean> ready = () -> true;

  Studio(MainWindow window) {
    this.window = window;
  }

  Workbench workbench() {
    return window.workbench();
  }

  Frame frame() {
    return window.frame();
  }

  /** The picture is taken once something of this style is on the screen. */
  void await(String query, int least) {
    ready = () -> frame().lookupAll(query).size() >= least;
  }

  /** The same, once more is done as soon as something else is there. */
  void await(String query, int least, Runnable then, String thenQuery) {
    var done = new Object() {
      private boolean yet;
    };
    ready = () -> {
      if (!done.yet && frame().lookupAll(query).size() >= least) {
        done.yet = true;
        javafx.application.Platform.runLater(then);
      }
      return done.yet && !frame().lookupAll(thenQuery).isEmpty();
    };
  }

  /** Whether what the picture shall show is there. */
  boolean isReady() {
    try {
      return ready.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static ContextMenu dropped() {
    return Window.getWindows().stream().filter(ContextMenu.class::isInstance).map(ContextMenu.class::cast).findFirst()
        .orElseThrow();
  }

  /** Opens or closes the shelf with more tools. */
  void shelf(boolean open) {
    boolean now = frame().lookup("#palette-gre").getParent().isVisible();
    if (now != open) {
      press("#palette-more");
    }
  }

  /** Gives the lower part of the window more room. */
  void dock(double height) {
    all(frame()).filter(Panes.class::isInstance).map(Panes.class::cast)
        .forEach(p -> p.dockHeightProperty().set(height));
  }

  /** Presses a button. */
  void press(String button) {
    frame().applyCss();
    frame().layout();
    ((Button) frame().lookup(button)).fire();
  }

  /** Types a line into the terminal and runs it, as Enter does. */
  void terminal(String line) {
    frame().terminal().run(line);
  }

  /** Shows only the events of a protocol. */
  void fields(String protocol) {
    frame().applyCss();
    frame().layout();
    ((Button) frame().lookup("#events-fields")).fire();
    ContextMenu menu = dropped();
    ((Menu) menu.getItems().get(1)).getItems().stream().filter(i -> i.getText().equals(protocol))
        .findFirst().orElseThrow().fire();
    menu.hide();
  }

  /** Drops the menu of a button down and takes an entry of it, from 0. */
  void menu(String button, int entry) {
    ((Button) frame().lookup(button)).fire();
    ContextMenu menu = dropped();
    menu.getItems().get(entry).fire();
    menu.hide();
  }

  /** Opens a lesson as a learner meets it, whatever was left behind in it. */
  void lesson(String id) {
    lab(new Session(Editor.fresh(1)));
    forget();
    window.open(id);
  }

  /** Does tasks of the open lesson as its solution does. */
  void showLesson(String... tasks) {
    for (String task : tasks) {
      window.lessons().lessonProperty().get().flatMap(l -> l.task(task)).ifPresent(window.lessons()::showMe);
    }
  }

  /** The first tasks of the open lesson. */
  String[] tasks(int count) {
    return window.lessons().lessonProperty().get().stream().flatMap(l -> l.tasks().stream()).limit(count)
        .map(org.hopscope.lessons.lesson.Task::id).toArray(String[]::new);
  }

  /** Chooses a wrong answer to every prediction of the open lesson. */
  void predictWrong() {
    window.lessons().lessonProperty().get().stream().flatMap(l -> l.predictions().stream())
        .forEach(p -> p.options().stream().filter(o -> !o.right()).findFirst()
            .ifPresent(o -> window.lessons().predict(p.id(), o.id())));
  }

  /** Presses a word of the lesson that is explained. */
  void explain(String word) {
    all(frame()).filter(n -> n instanceof javafx.scene.text.Text t && t.getText().equals(word)
        && t.getStyleClass().contains("term")).findFirst().orElseThrow()
        .fireEvent(new javafx.scene.input.MouseEvent(javafx.scene.input.MouseEvent.MOUSE_CLICKED, 0, 0, 0, 0,
            javafx.scene.input.MouseButton.PRIMARY, 1, false, false, false, false, true, false, false, true, false,
            true, null));
  }

  /** Answers a quiz of the open lesson. */
  void answer(String quiz, String... words) {
    window.lessons().answer(quiz, java.util.List.of(words));
  }

  /** Opens a template. */
  void template(Template template) {
    lab(template.open());
  }

  /** Opens a lab that commands make, typed at the first host. */
  void commands(String script) {
    Session session = new Session(Editor.fresh(1));
    new Interpreter(session).run(session.state().firstHost().root(), script, executed -> {
      if (executed.reply().exit() != 0) {
        throw new IllegalArgumentException(executed.reply().err().toString());
      }
    });
    lab(session);
  }

  private void lab(Session session) {
    window.open(session);
  }

  /** Types lines into the lab that is open, as its user would. */
  void type(String script) {
    workbench().run(workbench().promptProperty().get(), script, _ -> {
    });
  }

  /** Sends a probe and goes behind the first step that is wanted, or to its end if there is none. */
  void probe(String probe, Predicate<Step> wanted) {
    type("probe " + probe);
    Trace sent = workbench().traceProperty().get().orElseThrow();
    int at = sent.steps().stream().filter(wanted).findFirst().map(Step::index).orElse(sent.steps().size() - 1);
    workbench().goTo(at + 1);
  }

  /** Steps that ask a table which satisfies something. */
  static <T extends Lookup> Predicate<Step> asks(Class<T> kind, Predicate<T> which) {
    return step -> step.event() instanceof Event.Looked(Lookup lookup) && kind.isInstance(lookup)
        && which.test(kind.cast(lookup));
  }

  /** Selects a device; an empty namespace is the first host's root. */
  void select(String netns, String device) {
    LabState lab = workbench().labProperty().get();
    NetnsId place = netns.isEmpty() ? lab.firstHost().root() : new NetnsId(lab.firstHost().name(), netns);
    workbench().select(Set.of(new Selection.OfDevice(lab.find(new DeviceRef(place, device)).orElseThrow().id())));
  }

  /** Selects an object of the first cluster, in its default namespace. */
  void object(Kind kind, String name) {
    String cluster = workbench().labProperty().get().clusters().firstKey();
    workbench().select(Set.of(new Selection.OfObject(cluster, new ObjectKey(kind, "default", name))));
    frame().layout();
  }

  /** Takes a tool up and puts down what it makes in the first cluster, as keys do. */
  void order(Palette tool) {
    workbench().select(Set.of(new Selection.OfCluster(workbench().labProperty().get().clusters().firstKey())));
    shelf(true);
    press("#palette-" + tool.name().toLowerCase(java.util.Locale.ROOT));
    canvas().requestFocus();
    KeyEvent.fireEvent(canvas(), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
  }

  /** Selects a namespace of the first host. */
  void place(String netns) {
    workbench().select(Set.of(new Selection.OfNetns(new NetnsId(workbench().labProperty().get().firstHost().name(),
        netns))));
    frame().layout();
  }

  /** Selects a pod of the default namespace. */
  void pod(String name) {
    LabState lab = workbench().labProperty().get();
    NetnsId place = lab.netns().keySet().stream().filter(n -> n.name().equals("default_" + name)).findFirst()
        .orElseThrow();
    workbench().select(Set.of(new Selection.OfNetns(place)));
    tab("inspector.kube");
  }

  void act(String action) {
    frame().actions().get(action).fire();
  }

  /** Shows the tab whose title begins with words of the bundle. */
  void tab(String key) {
    String title = Messages.text(key);
    all(frame()).filter(n -> n instanceof ToggleButton b && b.getText() != null && b.getText().startsWith(title))
        .map(ToggleButton.class::cast).findFirst().orElseThrow().setSelected(true);
  }

  /** Selects the first host. */
  void host() {
    workbench().select(Set.of(new Selection.OfHost(workbench().labProperty().get().firstHost().name())));
  }

  /** Writes into what has the focus. */
  void write(String text) {
    ((TextInputControl) frame().getScene().getFocusOwner()).setText(text);
  }

  /** The commands that make a lesson's beginning. */
  static String script(String lesson) {
    return read(lesson, "start.script");
  }

  /** The commands that solve a lesson, without those that only ask or send. */
  static String solved(String lesson) {
    return read(lesson, "solution.script").lines().filter(l -> !l.startsWith("#") && !l.contains("ping"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String read(String lesson, String file) {
    Path syllabus = Path.of(System.getProperty("hopscope.root", "../.."),
        "lessons/src/main/resources/org/hopscope/lessons/syllabus");
    try (Stream<Path> folders = Files.list(syllabus)) {
      return Files.readString(folders.filter(f -> f.getFileName().toString().startsWith(lesson + "-")).findFirst()
          .orElseThrow().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CanvasPane canvas() {
    return (CanvasPane) frame().lookup("#canvas");
  }

  /** Takes away what only tells of the taking of pictures. */
  void quiet() {
    frame().getChildren().removeIf(n -> n.getStyleClass().contains("toast"));
  }

  /** Puts everything away that floats, so that the next picture begins clean. */
  void clear() {
    frame().getChildren().removeIf(n -> n instanceof Floating);
    if (frame().lookup(".thing-list") != null && frame().lookup(".thing-list").getParent().isVisible()) {
      act("canvas.list");
    }
    Window.getWindows().stream().filter(PopupWindow.class::isInstance).toList().forEach(Window::hide);
    forget();
    tab("dock.commands");
    act("text.usual");
    if (window.appearance().themeProperty().get().isHighContrast()) {
      act("contrast");
    }
    ready = () -> true;
    terminal("clear");
    dock(Panes.DOCK);
    shelf(false);
    workbench().predictions().onProperty().set(false);
    frame().getChildren().removeIf(Bubble.class::isInstance);
    workbench().closeTrace();
    workbench().select(Set.of());
    workbench().foresee("");
  }

  /** Forgets what was put aside for earlier pictures: the list of labs opened last would be full of it. */
  private static void forget() {
    try (Stream<Path> files = Files.walk(WindowCase.folder)) {
      for (Path file : files.filter(f -> f.toString().matches(".*[.](hop|journal)")).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Node> all(Node node) {
    return node instanceof Parent parent
        ? Stream.concat(Stream.of(node), parent.getChildrenUnmodifiable().stream().flatMap(Studio::all))
        : Stream.of(node);
  }

  /** What the window shows, with the menus that hang over it. */
  WritableImage shot() {
    WaitForAsyncUtils.waitForFxEvents();
    return WaitForAsyncUtils.waitForAsyncFx(20_000, () -> {
      var scene = frame().getScene();
      WritableImage image = new WritableImage((int) scene.getWidth(), (int) scene.getHeight());
      scene.snapshot(image);
      Window.getWindows().stream().filter(w -> w instanceof PopupWindow && w.isShowing()).forEach(w -> lay(image, w));
      return image;
    });
  }

  private void lay(WritableImage image, Window popup) {
    SnapshotParameters clear = new SnapshotParameters();
    clear.setFill(javafx.scene.paint.Color.TRANSPARENT);
    var top = popup.getScene().getRoot().snapshot(clear, null);
    var origin = frame().localToScreen(0, 0);
    var at = popup.getScene().getRoot().localToScreen(popup.getScene().getRoot().getBoundsInLocal());
    int left = (int) Math.round(at.getMinX() - origin.getX());
    int above = (int) Math.round(at.getMinY() - origin.getY());
    for (int y = 0; y < top.getHeight(); y++) {
      for (int x = 0; x < top.getWidth(); x++) {
        var colour = top.getPixelReader().getColor(x, y);
        boolean inside =
            left + x >= 0 && left + x < image.getWidth() && above + y >= 0 && above + y < image.getHeight();
        if (inside && colour.getOpacity() > 0) {
          var below = image.getPixelReader().getColor(left + x, above + y);
          image.getPixelWriter().setColor(left + x, above + y,
              below.interpolate(colour.deriveColor(0, 1, 1, 1 / colour.getOpacity()), colour.getOpacity()));
        }
      }
    }
  }

  /** The first thing of a kind on the screen. */
  <T extends Node> Optional<T> find(Class<T> kind) {
    return all(frame()).filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
