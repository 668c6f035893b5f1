package org.hopscope.app.desktop.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.codec.JournalCodec;
import org.hopscope.model.codec.Report;
import org.hopscope.model.codec.ReportCodec;
import org.hopscope.model.codec.SafeFile;
import org.hopscope.model.journal.Entry;
import org.hopscope.model.journal.Journal;
import org.hopscope.model.journal.Recorder;
import org.hopscope.model.lab.Change;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;

/**
 * Keeps the lab on the screen safe: knows where it belongs, writes everything that happens to it down at once, and gives
 * back what a process that was killed left behind.
 */
public final class Keeper {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Session session;
  private final Home home;
  private final String program;
  private final Consumer<String> complain;
  private final Recorder recorder;
  private final Optional<Trail> trail;
  private final ReadOnlyObjectWrapper<Origin> origin = new ReadOnlyObjectWrapper<>(new Origin.Untitled());
  private final ReadOnlyBooleanWrapper edited = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper readOnly = new ReadOnlyBooleanWrapper();
  private Optional<Lock> held = Optional.empty();
  private boolean opening;
  /** When the lab on the screen was put there, in milliseconds. */
  private long opened;
  private Optional<Writing<Trail>> begun = Optional.empty();
  private boolean awaited;

  /**
   * A keeper of a session's lab.
   *
   * @param program the version of the program
   * @param complain is told, in words for people, what could not be read or written
   */
  public Keeper(Session session, Home home, String program, Consumer<String> complain) {
    this.session = session;
    this.home = home;
    this.program = program;
    this.complain = complain;
    recorder = new Recorder(session, this::happened);
    session.listen(this::changed);
    trail = trail();
  }

  /** Where the lab belongs. */
  public ReadOnlyObjectProperty<Origin> originProperty() {
    return origin.getReadOnlyProperty();
  }

  /** Whether the lab differs from its file; a lab without one is edited once it is changed. */
  public ReadOnlyBooleanProperty editedProperty() {
    return edited.getReadOnlyProperty();
  }

  /** Whether the lab's file is open in another window and may not be written here. */
  public ReadOnlyBooleanProperty readOnlyProperty() {
    return readOnly.getReadOnlyProperty();
  }

  /** What the status bar says about it. */
  public ObservableValue<String> statusProperty() {
    return Bindings.createStringBinding(
        () -> Messages.text(readOnly.get()
            ? "status.readonly"
            : edited.get() && !(origin.get() instanceof Origin.OfLesson) ? "status.edited" : "status.saved"),
        edited, origin, readOnly);
  }

  /** What an earlier process left behind. */
  public Optional<Trail.Left> left() {
    return trail.flatMap(Trail::left);
  }

  /** The lab that a lesson was left with, if it was ever left; not where the lesson's own folder was changed since. */
  public Optional<Kept> leftIn(String lesson) {
    Path folder = Path.of(lesson);
    if (folder.isAbsolute()) {
      return Optional.of(home.lessonJournal(lesson)).filter(j -> Disk.newest(j) > Disk.newest(folder))
          .flatMap(Trail::read).map(Kept::of);
    }
    return Trail.read(home.lessonJournal(lesson)).map(Kept::of).or(() -> leftByEarlierVersion(lesson));
  }

  private Optional<Kept> leftByEarlierVersion(String lesson) {
    Path file = home.lessonLab(lesson);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return switch (LabFile.read(file)) {
      case LabFile.Read.Ok(LabState lab) -> Optional.of(Kept.of(new Journal(program, lab, List.of())));
      case LabFile.Read.Failed _ -> Optional.empty();
    };
  }

  /** Puts the lab on the screen away, so that it can be had again where it belongs, before another takes its place. */
  public void leave() {
    switch (origin.get()) {
      case Origin.OfLesson(String id) when isChanged(id) ->
          attempt(home.lessonJournal(id), () -> Files.deleteIfExists(home.lessonJournal(id)));
      case Origin.OfLesson(String id) -> journal().ifPresent(journal -> attempt(
          home.lessonJournal(id), () -> SafeFile.save(home.lessonJournal(id), JournalCodec.text(journal))));
      case Origin.OfFile(Path file) -> putAside(file.getFileName().toString());
      case Origin.Untitled() -> putAside(Messages.text("file.untitled") + "." + LabFile.EXTENSION);
    }
  }

  /** Whether a lesson's own folder was changed since the lesson was opened. */
  private boolean isChanged(String lesson) {
    Path folder = Path.of(lesson);
    return folder.isAbsolute() && Disk.newest(folder) > opened;
  }

  /** What is not saved is kept beside, under a name of its own, and the person is told where. */
  private void putAside(String name) {
    Path file = home.unsaved(LocalDateTime.now().format(STAMP) + "-" + name);
    if (edited.get() && put(file)) {
      RecentLabs.remember(home, file);
      complain.accept(Messages.text("file.aside", file));
    }
  }

  private boolean put(Path file) {
    return attempt(file, () -> LabFile.write(file, session.state()));
  }

  /**
   * Puts another lab on the screen.
   *
   * @param where where it belongs
   * @param changed whether it differs from what is there
   * @param kept what was done to it already, where that is known
   * @param replace puts it there, and says whether it could
   */
  public void open(Origin where, boolean changed, Optional<Kept> kept, BooleanSupplier replace) {
    opening = true;
    boolean done = replace.getAsBoolean();
    opening = false;
    if (done) {
      opened = System.currentTimeMillis();
      origin.set(where);
      edited.set(changed);
      hold(where);
      recorder.begin();
      LabState state = session.state();
      kept.filter(Kept::goesOn).ifPresentOrElse(lab -> goOn(where, lab), () -> begin(t -> t.begin(where, state)));
    }
  }

  private void goOn(Origin where, Kept lab) {
    recorder.goOn(session);
    begin(t -> t.goOn(where, lab.journal()));
  }

  private void begin(Writing<Trail> beginning) {
    begun = Optional.of(beginning);
    if (!awaited) {
      writeDown();
    }
  }

  /** Begins a time in which the first frame is awaited: a lab in which nothing happens is not written down before it ends. */
  public void await() {
    awaited = true;
  }

  /** Ends the time in which the first frame is awaited. */
  public void arrived() {
    awaited = false;
    writeDown();
  }

  private void writeDown() {
    Optional<Writing<Trail>> beginning = begun;
    begun = Optional.empty();
    beginning.ifPresent(this::write);
  }

  /** Saves the lab in a file, which it belongs to from then on. False if it could not be written. */
  public boolean saveAs(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    if (readOnly.get() && origin.get().equals(new Origin.OfFile(whole))) {
      complain.accept(Messages.text("file.readonly", whole));
      return false;
    }
    boolean written = attempt(whole, () -> LabFile.write(whole, session.state()));
    if (written) {
      RecentLabs.remember(home, whole);
      Origin where = new Origin.OfFile(whole);
      origin.set(where);
      edited.set(false);
      hold(where);
      write(t -> t.belongs(where));
    }
    return written;
  }

  /** Writes all that someone else needs to do the same again into one file, and says which. */
  public Optional<Path> report() {
    Path file = home.reports().resolve("hopscope-" + LocalDateTime.now().format(STAMP) + "." + ReportFile.EXTENSION);
    Map<String, String> properties = new TreeMap<>();
    System.getProperties().forEach((key, value) -> properties.put(key.toString(), value.toString()));
    return journal()
        .filter(journal -> attempt(file,
            () -> SafeFile.save(file, ReportCodec.encode(Report.of(journal, session.state(), properties)))))
        .map(_ -> file);
  }

  /** All that was done to the lab on the screen. */
  private Optional<Journal> journal() {
    writeDown();
    return trail.flatMap(Trail::journal);
  }

  private Optional<Trail> trail() {
    try {
      return Optional.of(Trail.take(home, program));
    } catch (IOException e) {
      complain.accept(Messages.text("file.unwritable", home.folder(), Disk.reason(e)));
      return Optional.empty();
    }
  }

  private void write(Writing<Trail> writing) {
    writeDown();
    trail.ifPresent(t -> attempt(home.folder(), () -> writing.write(t)));
  }

  private void hold(Origin where) {
    held.ifPresent(lock -> attempt(home.folder(), lock::close));
    held = Optional.empty();
    readOnly.set(false);
    if (where instanceof Origin.OfFile(Path file)) {
      attempt(home.lock(file), () -> held = Lock.take(home.lock(file)));
      readOnly.set(held.isEmpty());
      if (held.isEmpty()) {
        complain.accept(Messages.text("file.readonly", file));
      }
    }
  }

  private void happened(Entry entry) {
    if (!opening) {
      write(t -> t.add(entry));
    }
  }

  private void changed(Change change) {
    if (!opening && !(change.cause() instanceof Change.Cause.Committed)) {
      edited.set(true);
    }
  }

  private boolean attempt(Path where, Act act) {
    try {
      act.run();
      return true;
    } catch (IOException e) {
      complain.accept(Messages.text("file.unwritable", where, Disk.reason(e)));
      return false;
    }
  }

  /** Something that writes. */
  @FunctionalInterface
  private interface Act {
    void run() throws IOException;
  }

  /** Writes into something. */
  @FunctionalInterface
  private interface Writing<T> {
    void write(T into) throws IOException;
  }
}
