package org.hopscope.app.desktop.canvas;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.hopscope.app.desktop.canvas.scene.Layout;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.tools.Desk;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Refusal;

/** The desk of a window: it works on the workbench, and hands fields and refusals on to whoever shows them. */
final class CanvasDesk implements Desk {
  private final Workbench workbench;
  private final CanvasTexts texts;
  private final ObjectProperty<Viewport> viewport = new SimpleObjectProperty<>(Viewport.HOME);
  private final ObjectProperty<Picture> picture = new SimpleObjectProperty<>();
  private final ObjectProperty<Optional<Request>> request = new SimpleObjectProperty<>(Optional.empty());

  /** Something the desk cannot do by itself: it is for the pane to show. */
  sealed interface Request {
    /** Open a field for a new name. */
    record Name(Selection thing) implements Request {
    }

    /** Open a field for an address. */
    record Address(Selection thing) implements Request {
    }

    /** Say why an edit was refused. */
    record Refused(String words) implements Request {
    }
  }

  CanvasDesk(Workbench workbench, CanvasTexts texts) {
    this.workbench = workbench;
    this.texts = texts;
    picture.set(Layout.of(workbench.shownProperty().get()));
    workbench.shownProperty().addListener((_, before, after) -> relayout(before, after));
  }

  /** Lays out anew only if something changed that can be seen: learned tables cannot. */
  private void relayout(LabState before, LabState after) {
    if (before.devices() != after.devices() || before.netns() != after.netns() || before.hosts() != after.hosts()
        || !before.notes().places().equals(after.notes().places())) {
      picture.set(Layout.of(after));
      Set<Selection> still = new LinkedHashSet<>(selection());
      if (still.removeIf(t -> !Things.exists(after, t))) {
        select(still);
      }
    }
  }

  ObjectProperty<Viewport> viewportProperty() {
    return viewport;
  }

  ObjectProperty<Picture> pictureProperty() {
    return picture;
  }

  ObjectProperty<Optional<Request>> requestProperty() {
    return request;
  }

  Workbench workbench() {
    return workbench;
  }

  @Override
  public Picture picture() {
    return picture.get();
  }

  @Override
  public Set<Selection> selection() {
    return workbench.selectionProperty().get();
  }

  @Override
  public void select(Set<Selection> things) {
    if (!things.equals(selection())) {
      workbench.select(things);
    }
  }

  @Override
  public Optional<Refusal> refusal(Edit edit) {
    return switch (Editor.apply(workbench.labProperty().get(), edit)) {
      case Editor.Result.Done(var _) -> Optional.empty();
      case Editor.Result.Refused(Refusal why) -> Optional.of(why);
    };
  }

  @Override
  public void commit(Edit edit) {
    Picture before = picture.get();
    switch (workbench.apply(edit, Hand.GESTURE)) {
      case Outcome.Applied(var _) -> selectNew(before);
      case Outcome.Refused(Refusal why) -> request.set(Optional.of(new Request.Refused(why.text())));
    }
  }

  /** What a gesture has made is what the next one is about; of several things the last, so that each can be dragged alone. */
  private void selectNew(Picture before) {
    LinkedHashSet<Selection> made = new LinkedHashSet<>();
    for (Part part : picture.get().parts()) {
      boolean inNew = part.holder().map(made::contains).orElse(false);
      if (before.find(part.thing()).isEmpty() && !inNew) {
        made.add(part.thing());
      }
    }
    if (!made.isEmpty()) {
      select(Set.of(made.getLast()));
    }
  }

  @Override
  public Viewport viewport() {
    return viewport.get();
  }

  @Override
  public void look(Viewport wanted) {
    viewport.set(wanted);
  }

  @Override
  public void rename(Selection thing) {
    request.set(Optional.of(new Request.Name(thing)));
  }

  @Override
  public void askAddress(Selection thing) {
    request.set(Optional.of(new Request.Address(thing)));
  }

  @Override
  public CanvasTexts texts() {
    return texts;
  }
}
