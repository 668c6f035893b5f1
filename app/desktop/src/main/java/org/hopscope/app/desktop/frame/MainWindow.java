package org.hopscope.app.desktop.frame;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.input.TransferMode;
import javafx.stage.Stage;
import org.hopscope.app.desktop.action.Action;
import org.hopscope.app.desktop.action.FileActions;
import org.hopscope.app.desktop.action.HelpActions;
import org.hopscope.app.desktop.canvas.CanvasPane;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.header.Header;
import org.hopscope.app.desktop.kit.Floating;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.kit.Toast;
import org.hopscope.app.desktop.lesson.LessonDesk;
import org.hopscope.app.desktop.lesson.LessonPicker;
import org.hopscope.app.desktop.picture.PictureCard;
import org.hopscope.app.desktop.reference.Page;
import org.hopscope.app.desktop.store.Disk;
import org.hopscope.app.desktop.store.Home;
import org.hopscope.app.desktop.store.Keeper;
import org.hopscope.app.desktop.store.Origin;
import org.hopscope.app.desktop.store.ProgressFile;
import org.hopscope.app.desktop.store.RecentLabs;
import org.hopscope.app.desktop.store.ViewSettings;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.welcome.ShortcutsCard;
import org.hopscope.app.desktop.welcome.Template;
import org.hopscope.app.desktop.welcome.WelcomeCard;
import org.hopscope.app.desktop.workbench.Player;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.assets.Assets;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Progress;
import org.hopscope.model.codec.SafeFile;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;

/** One window with everything in it: opened on what was left behind, and put away in order when it closes. */
public final class MainWindow {
  private static final double WIDTH = 1440;
  private static final double HEIGHT = 900;
  /** Up to 128 pixels: no task bar asks for more, and larger ones cost memory. */
  private static final int ICONS = 6;

  private final Stage stage;
  private final Home home;
  private final ViewSettings settings;
  private final Frame.Parts parts;
  private final Keeper keeper;
  private final Opening opening;
  private final Frame frame;
  private final CanvasPane canvas;
  private final SimpleObjectProperty<Header.Crumb> crumb = new SimpleObjectProperty<>(new Header.Crumb("", ""));

  /** A window, not shown yet, that opens what was read ahead. */
  public MainWindow(Stage stage, Ahead ahead) {
    this.stage = stage;
    home = ahead.home();
    settings = ahead.things().settings();
    Workbench workbench = new Workbench(new Session(Editor.fresh(1)));
    LessonDesk lessons = new LessonDesk(workbench, ahead.things().shelf(), ahead.things().found().progress(),
        ahead.things().judged());
    parts = new Frame.Parts(workbench, new Player(workbench), lessons, Appearance.of(settings), settings);
    keeper = new Keeper(workbench.session(), home, AboutCard.version(), this::say);
    opening = new Opening(parts, keeper, home, this::say);
    lessons.onComplaint(this::say);
    ahead.things().found().damage().ifPresent(damage -> say(Messages.text(
        damage.earlier() ? "progress.damaged.earlier" : "progress.damaged", damage.reason(), damage.kept())));
    keeper.await();
    opening.begin(ahead.file());
    canvas =
        new CanvasPane(workbench, parts.appearance(), new CanvasTexts(Locale.getDefault()));
    canvas.follow(parts.player().followingProperty());
    frame = new Frame(parts, canvas, opening::lesson, new Frame.Titles(crumb, keeper.statusProperty()),
        Disk.lines(home.history()), actions());
    takeDrops();
    opening.onProbe(probe -> probe.ifPresentOrElse(frame.probe()::show, frame.probe()::clear));
    workbench.predictions().onPick(lessons::predicted);
    lessons.progressProperty().addListener((_, _, now) -> keepProgress(now));
    parts.appearance().onChange(this::keepView);
    Stream.of(keeper.originProperty(), keeper.editedProperty(), lessons.lessonProperty())
        .forEach(value -> value.addListener(_ -> showTitle()));
    showTitle();
  }

  /** Shows the window. */
  public void show() {
    Scene scene = new Scene(frame, settings.number("window.width", WIDTH), settings.number("window.height", HEIGHT));
    parts.appearance().dress(scene);
    frame.actions().install(scene);
    stage.setMinWidth(1024);
    stage.setMinHeight(640);
    stage.setScene(scene);
    stage.setOnHidden(_ -> close());
    stage.show();
  }

  /** Puts in what nobody waits for in the first frame: what stands around the lesson and the canvas, and the icon. */
  public void complete() {
    canvas.complete();
    frame.complete();
    opening.arrived();
    keeper.arrived();
    stage.getIcons().setAll(Assets.icons().stream().limit(ICONS).map(url -> new Image(url.toExternalForm())).toList());
  }

  public Frame frame() {
    return frame;
  }

  public Workbench workbench() {
    return parts.workbench();
  }

  Appearance appearance() {
    return parts.appearance();
  }

  public LessonDesk lessons() {
    return parts.lessons();
  }

  /** Opens a lesson by its id. */
  void open(String lesson) {
    opening.lesson(lesson);
  }

  /** Opens a lab that was made from nothing, with its history. */
  void open(Session made) {
    opening.fresh(made);
  }

  private List<Action> actions() {
    return Stream
        .of(canvas.actions(),
            FileActions.of(this::welcome, opening::fresh, this::open, this::save, this::saveAs, this::picture),
            Stream.of(Page.values()).map(page -> page == Page.GLOSSARY
                ? Action.of(page.id(), () -> lookUp(page)).on("Shortcut+Shift+G")
                : Action.of(page.id(), () -> lookUp(page))).toList(),
            List.of(Action.of("lesson.own", () -> lessonFolder("lesson.own.open").ifPresent(opening::ownLesson)),
                Action.of("lesson.again", () -> opening.own().ifPresent(opening::ownLesson)).on("Shortcut+Shift+R")
                    .when(Bindings.createBooleanBinding(() -> opening.own().isPresent(), keeper.originProperty())),
                Action.of("lesson.begin", () -> lessonFolder("lesson.own.begin").ifPresent(opening::newLesson))),
            HelpActions.of(this::chooseLesson, this::report, this::openReport, this::keys,
                () -> Floating.open(frame, new AboutCard()),
                stage::close))
        .flatMap(List::stream).toList();
  }

  private Optional<Path> lessonFolder(String title) {
    return new FileDialogs(stage).lesson(title, opening.own().map(Path::getParent));
  }

  private void lookUp(Page page) {
    frame.reference(page, parts.lessons(), opening::lesson);
  }

  private void open() {
    new FileDialogs(stage).open(RecentLabs.read(home)).ifPresent(opening::file);
  }

  private void save() {
    switch (keeper.originProperty().get()) {
      case Origin.OfFile(Path file) -> keeper.saveAs(file);
      case Origin.OfLesson _,Origin.Untitled _ -> saveAs();
    }
  }

  private void saveAs() {
    new FileDialogs(stage).save(RecentLabs.read(home)).ifPresent(keeper::saveAs);
  }

  private void picture() {
    Floating.open(frame, new PictureCard(workbench().shownProperty().get(), parts.appearance().themeProperty().get(),
        new PictureWays(stage, frame, this::say)));
  }

  private void report() {
    keeper.report().ifPresent(file -> say(Messages.text("report.done", file)));
  }

  private void openReport() {
    new FileDialogs(stage).openReport(home.reports()).ifPresent(opening::report);
  }

  /** Opens what was dropped on the window. */
  void take(Path file) {
    opening.dropped(file);
  }

  private void takeDrops() {
    frame.setOnDragOver(event -> {
      if (event.getDragboard().hasFiles()) {
        event.acceptTransferModes(TransferMode.COPY);
        event.consume();
      }
    });
    frame.setOnDragDropped(event -> {
      List<File> files = event.getDragboard().getFiles();
      files.stream().findFirst().map(File::toPath).ifPresent(this::take);
      event.setDropCompleted(!files.isEmpty());
      event.consume();
    });
  }

  /** Offers places to begin a lab. */
  private void welcome() {
    Floating.open(frame, new WelcomeCard(RecentLabs.read(home), parts.appearance().themeProperty().get(),
        new WelcomeCard.Choices() {
          @Override
          public void template(Template template) {
            Floating.close(frame);
            opening.fresh(template.open());
          }

          @Override
          public void file(Path lab) {
            Floating.close(frame);
            opening.file(lab);
          }

          @Override
          public void browse() {
            Floating.close(frame);
            open();
          }

          @Override
          public void lessons() {
            chooseLesson();
          }
        }));
  }

  private void keys() {
    Floating.open(frame, new ShortcutsCard(frame.actions().all()));
  }

  private void chooseLesson() {
    Floating.open(frame, new LessonPicker(parts.lessons(), id -> {
      Floating.close(frame);
      opening.lesson(id);
    }));
  }

  private void keepProgress(Progress progress) {
    try {
      ProgressFile.write(home.progress(), progress);
    } catch (IOException e) {
      say(Messages.text("file.unwritable", home.progress(), Disk.reason(e)));
    }
  }

  /** What a hand has set stays set, however the window ends. */
  private void keepView() {
    parts.appearance().remember(settings);
    try {
      SafeFile.save(home.view(), settings.print());
    } catch (IOException e) {
      System.getLogger(MainWindow.class.getName()).log(System.Logger.Level.WARNING, Disk.reason(e));
    }
  }

  private void close() {
    keeper.leave();
    frame.remember(settings);
    settings.put("window.width", stage.getScene().getWidth());
    settings.put("window.height", stage.getScene().getHeight());
    keepView();
    try {
      SafeFile.save(home.history(), String.join("\n", frame.terminal().history()) + "\n");
    } catch (IOException e) {
      System.getLogger(MainWindow.class.getName()).log(System.Logger.Level.WARNING, Disk.reason(e));
    }
  }

  private void showTitle() {
    Optional<Lesson.Card> card = parts.lessons().lessonProperty().get().map(Lesson::card);
    String name = card.map(c -> c.id() + " " + c.title()).orElseGet(() -> switch (keeper.originProperty().get()) {
      case Origin.OfFile(Path file) -> file.getFileName().toString();
      case Origin.OfLesson _,Origin.Untitled _ -> Messages.text("file.untitled");
    });
    crumb.set(new Header.Crumb(
        card.map(c -> c.id().charAt(0) + " · " + c.chapter()).orElseGet(() -> Messages.text("crumb.lab")), name));
    boolean edited = keeper.editedProperty().get() && card.isEmpty();
    stage.setTitle(Messages.text(edited ? "title.edited" : "title.lab", name));
  }

  private void say(String sentence) {
    Platform.runLater(() -> Toast.show(frame, sentence));
  }
}
