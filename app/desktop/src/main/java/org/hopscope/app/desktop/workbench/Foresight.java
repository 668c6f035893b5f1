package org.hopscope.app.desktop.workbench;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.hopscope.app.desktop.kit.Aside;
import org.hopscope.model.kube.policy.PolicyPreview;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Interpreter;

/** Looks ahead to what a command that is being written would do, beside the window and without doing it. */
public final class Foresight {
  private final ReadOnlyObjectWrapper<Optional<PolicyPreview>> foreseen =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final Aside ahead = new Aside();

  Foresight() {}

  /** What the command would change of who reaches whom, if it is about policies. */
  public ReadOnlyObjectProperty<Optional<PolicyPreview>> foreseenProperty() {
    return foreseen.getReadOnlyProperty();
  }

  /** Runs a text in a lab of its own, in a shell like the given one. */
  void look(LabState now, NetnsId at, String text, Interpreter like) {
    ahead.find(() -> {
      Session then = new Session(now);
      like.at(then).run(at, text, _ -> {
      });
      return PolicyPreview.of(now, then.state());
    }, foreseen::set);
  }

  /** Nothing is being written. */
  void forget() {
    ahead.forget();
    foreseen.set(Optional.empty());
  }
}
