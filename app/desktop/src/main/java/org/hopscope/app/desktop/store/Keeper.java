package org.hopscope.app.desktop.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.Change;
import org.hopscope.model.lab.LabState;

/**
 * Keeps the lab on the screen safe: knows where it belongs, writes every change down at once, and gives back what a
 * process that was killed left behind.
 */
public final class Keeper {
  private final Workbench workbench;
  private final Home home;
  private final Trail trail;
  private final Consumer<String> complain;
  private final ReadOnlyObjectWrapper<Origin> origin = new ReadOnlyObjectWrapper<>(new Origin.Untitled());
  private final ReadOnlyBooleanWrapper edited = new ReadOnlyBooleanWrapper();
  private boolean opening;

  /**
   * A keeper of a workbench's lab.
   *
   * @param complain is told, in words for people, what could not be read or written
   */
  public Keeper(Workbench workbench, Home home, Consumer<String> complain) {
    this.workbench = workbench;
    this.home = home;
    this.complain = complain;
    trail = new Trail(home);
    workbench.session().listen(this::changed);
  }

  /** Where the lab belongs. */
  public ReadOnlyObjectProperty<Origin> originProperty() {
    return origin.getReadOnlyProperty();
  }

  /** Whether the lab differs from its file; a lab without one is edited once it is changed. */
  public ReadOnlyBooleanProperty editedProperty() {
    return edited.getReadOnlyProperty();
  }

  /** What the status bar says about it. */
  public ObservableValue<String> statusProperty() {
    return Bindings.createStringBinding(
        () -> Messages.text(edited.get() && origin.get() instanceof Origin.OfFile ? "status.edited" : "status.saved"),
        edited, origin);
  }

  /** What an earlier process left behind without closing. */
  public Optional<Origin> leftOpen() {
    return trail.left().map(Trail.Left::origin);
  }

  /** The lab that an earlier process left behind. */
  public Optional<LabState> leftLab() {
    return trail.left().map(Trail.Left::lab);
  }

  /** The lab that a lesson was left with, if it was ever left. */
  public Optional<LabState> leftIn(String lesson) {
    Path file = home.lessonLab(lesson);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return switch (LabFile.read(file)) {
      case LabFile.Read.Ok(LabState lab) -> Optional.of(lab);
      case LabFile.Read.Failed _ -> Optional.empty();
    };
  }

  /** Puts the lab on the screen away, so that it can be had again where it belongs, before another takes its place. */
  public void leave() {
    if (origin.get() instanceof Origin.OfLesson(String id)) {
      attempt(home.lessonLab(id), () -> LabFile.write(home.lessonLab(id), workbench.labProperty().get()));
    }
  }

  /** A lab has been put on the screen that belongs there. */
  public void begin(Origin where, boolean changed) {
    origin.set(where);
    edited.set(changed);
    attempt(home.journal(), () -> trail.begin(where, workbench.labProperty().get()));
  }

  /** Puts a lab on the screen without taking that for a change of the one before. */
  public void show(Origin where, LabState lab, boolean changed) {
    opening = true;
    workbench.session().replace(lab);
    opening = false;
    begin(where, changed);
  }

  /** Saves the lab in a file, which it belongs to from then on. False if it could not be written. */
  public boolean saveAs(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    boolean written = attempt(whole, () -> LabFile.write(whole, workbench.labProperty().get()));
    if (written) {
      RecentLabs.remember(home, whole);
      begin(new Origin.OfFile(whole), false);
    }
    return written;
  }

  private void changed(Change change) {
    if (opening) {
      return;
    }
    if (!(change.cause() instanceof Change.Cause.Committed)) {
      edited.set(true);
    }
    attempt(home.journal(), () -> trail.write(change.after()));
  }

  private boolean attempt(Path where, Writing writing) {
    try {
      writing.write();
      return true;
    } catch (IOException e) {
      complain.accept(Messages.text("file.unwritable", where, Disk.reason(e)));
      return false;
    }
  }

  /** Writes something. */
  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }
}
