package org.hopscope.app.desktop.canvas;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.hopscope.app.desktop.canvas.scene.Layout;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.tools.Desk;
import org.hopscope.app.desktop.canvas.tools.Locks;
import org.hopscope.app.desktop.canvas.tools.Order;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Errno;
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

    /** Ask what Kubernetes shall make. */
    record Ordered(Order order) implements Request {
    }

    /** Say why an edit was refused. */
    record Refused(String words) implements Request {
    }
  }

  CanvasDesk(Workbench workbench, CanvasTexts texts) {
    this.workbench = workbench;
    this.texts = texts;
    picture.set(layout(workbench.shownProperty().get()));
    workbench.guardsProperty().addListener(_ -> relayout());
    workbench.shownProperty().addListener((_, before, after) -> relayout(before, after));
  }

  /** Lays out anew only if something changed that can be seen: learned tables cannot. */
  private void relayout(LabState before, LabState after) {
    if (before.devices() != after.devices() || before.netns() != after.netns() || before.hosts() != after.hosts()
        || !before.notes().equals(after.notes()) || before.clusters() != after.clusters()
        || before.learned() != after.learned() && picture.get().isOvertakenBy(after)) {
      relayout();
    }
  }

  private void relayout() {
    LabState now = workbench.shownProperty().get();
    Picture before = picture.get();
    picture.set(layout(now));
    Set<Selection> still = new LinkedHashSet<>(selection());
    if (still.removeIf(t -> !Things.exists(now, t) || before.find(t).isPresent() && picture().find(t).isEmpty())) {
      select(still);
    }
  }

  private Picture layout(LabState lab) {
    return Layout.of(lab, workbench.guardsProperty().get());
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
    Optional<Refusal> locked = locked(edit);
    return locked.isPresent() ? locked : switch (Editor.apply(workbench.labProperty().get(), edit)) {
      case Editor.Result.Done(var _) -> Optional.empty();
      case Editor.Result.Refused(Refusal why) -> Optional.of(why);
    };
  }

  private Optional<Refusal> locked(Edit edit) {
    LabState lab = workbench.labProperty().get();
    return Locks.of(lab, workbench.guardsProperty().get(), edit)
        .map(t -> new Refusal.Tool(Errno.EPERM, lockedWords(t)));
  }

  /** Says of a locked thing that it stays as it is. */
  String lockedWords(Selection thing) {
    String name = Things.name(workbench.labProperty().get(), thing);
    return Locks.byLesson(picture(), thing).map(until -> texts.get("locked.title", name) + ". "
        + until).orElseGet(() -> texts.get("locked", name));
  }

  @Override
  public void commit(Edit edit) {
    Optional<Refusal> locked = locked(edit);
    if (locked.isPresent()) {
      refuse(locked.get().text());
      return;
    }
    Picture before = picture.get();
    switch (workbench.apply(edit, Hand.GESTURE)) {
      case Outcome.Applied(var _) -> made(before)
          .reduce((one, next) -> standing(next) < standing(one) ? one : next).ifPresent(t -> select(Set.of(t)));
      case Outcome.Refused(Refusal why) -> refuse(why.text());
    }
  }

  /** As {@link #commit}, but all that was made is selected, and not only the last of it. */
  void commitAll(Edit edit) {
    Picture before = picture.get();
    commit(edit);
    Set<Selection> fresh = made(before).collect(Collectors.toCollection(LinkedHashSet::new));
    if (!fresh.isEmpty()) {
      select(fresh);
    }
  }

  /** How likely something is what was asked for, and not what came of it: devices come of pods, pods of a Deployment. */
  private static int standing(Selection made) {
    return switch (made) {
      case Selection.OfCluster _ -> 3;
      case Selection.OfObject _ -> 2;
      case Selection.OfNetns _ -> 1;
      case Selection.OfDevice _,Selection.OfHost _,Selection.OfRemark _ -> 0;
    };
  }

  /** Says that nothing can be done, and why. */
  void refuse(String words) {
    request.set(Optional.of(new Request.Refused(words)));
  }

  /** What is in the picture since then, without what lies in it: what the next gesture will be about. */
  private Stream<Selection> made(Picture before) {
    Set<Selection> made = new LinkedHashSet<>();
    for (Part part : picture.get().parts()) {
      boolean inNew = part.holder().map(made::contains).orElse(false);
      if (before.find(part.thing()).isEmpty() && !inNew) {
        made.add(part.thing());
      }
    }
    return made.stream();
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
  public void order(Order order) {
    request.set(Optional.of(new Request.Ordered(order)));
  }

  @Override
  public CanvasTexts texts() {
    return texts;
  }
}
