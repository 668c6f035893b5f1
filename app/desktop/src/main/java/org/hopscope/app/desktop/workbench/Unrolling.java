package org.hopscope.app.desktop.workbench;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.hopscope.app.desktop.kit.Aside;
import org.hopscope.model.lab.Change;
import org.hopscope.model.lab.Deed;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.rollout.Rollout;

/**
 * The stages of the last command that a control plane or a container engine carried out: once opened, panes show the lab as of
 * the stage it stands at. Any change of the lab closes it.
 */
public final class Unrolling {
  private final Consumer<Optional<LabState>> show;
  private final ReadOnlyObjectWrapper<Optional<Deed>> offered = new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Rollout>> rollout = new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyIntegerWrapper at = new ReadOnlyIntegerWrapper();
  private final Aside finding = new Aside();
  private final ObjectProperty<Set<Selection>> lit = new SimpleObjectProperty<>(Set.of());

  /**
   * One that nothing was offered to yet.
   *
   * @param show is told the lab that panes are to show; empty for the lab as it is now
   */
  Unrolling(Consumer<Optional<LabState>> show) {
    this.show = show;
  }

  /** The command whose stages can be opened. */
  public ReadOnlyObjectProperty<Optional<Deed>> offeredProperty() {
    return offered.getReadOnlyProperty();
  }

  /** The stages that are open. */
  public ReadOnlyObjectProperty<Optional<Rollout>> rolloutProperty() {
    return rollout.getReadOnlyProperty();
  }

  /** How many of them are done in the lab that is shown. */
  public ReadOnlyIntegerProperty atProperty() {
    return at.getReadOnlyProperty();
  }

  /** What the stage it stands at touched, as far as it lies on the canvas. */
  public ObjectProperty<Set<Selection>> litProperty() {
    return lit;
  }

  /** Finds the stages of the command that is offered, now or soon, and stands at their end: the lab as it is. */
  public void open() {
    if (rollout.get().isEmpty() && !finding.isBusy()) {
      offered.get().ifPresent(deed -> finding.find(() -> Rollout.of(deed.before(), deed.edit()), found -> {
        at.set(found.map(r -> r.stages().size()).orElse(0));
        rollout.set(found);
      }));
    }
  }

  /** Whether the stages are still being found. */
  public boolean isFinding() {
    return finding.isBusy();
  }

  /** Goes behind so many stages; what lies outside is cut to the nearest. */
  public void goTo(int wanted) {
    rollout.get().ifPresent(r -> {
      int stage = Math.clamp(wanted, 0, r.stages().size());
      show.accept(stage == r.stages().size() ? Optional.empty() : Optional.of(r.stateAt(stage)));
      at.set(stage);
    });
  }

  /** Whether panes show the lab as of a stage before the end. */
  public boolean isPast() {
    return rollout.get().filter(r -> at.get() < r.stages().size()).isPresent();
  }

  /** Something else is looked at now: it stands at its end again. */
  void leave() {
    rollout.get().ifPresent(r -> at.set(r.stages().size()));
    lit.set(Set.of());
  }

  /**
   * The lab has changed.
   *
   * @param history all that was done to it, the last of it last
   */
  void tell(Change change, List<Deed> history) {
    Optional<Deed> done = switch (change.cause()) {
      case Change.Cause.Edited(Deed deed) -> Optional.of(deed);
      case Change.Cause.Redone(Deed deed) -> Optional.of(deed);
      case Change.Cause.Replaced _ -> history.stream().filter(d -> Rollout.isOne(d.edit())).reduce((_, last) -> last);
      case Change.Cause.Undone _,Change.Cause.Committed _ -> Optional.empty();
    };
    boolean fresh = done.filter(d -> Rollout.isOne(d.edit())).isPresent();
    boolean gone = change.cause() instanceof Change.Cause.Replaced
        || change.cause() instanceof Change.Cause.Undone(Deed deed) && offered.get().filter(deed::equals).isPresent();
    leave();
    if (fresh || gone) {
      finding.forget();
      rollout.set(Optional.empty());
      offered.set(fresh ? done : Optional.empty());
    }
  }
}
