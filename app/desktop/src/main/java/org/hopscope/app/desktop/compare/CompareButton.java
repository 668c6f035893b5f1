package org.hopscope.app.desktop.compare;

import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.scene.control.Button;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.compare.Comparison;
import org.hopscope.model.trace.Trace;

/** Puts the probe that is open beside the one that was open before it. */
public final class CompareButton extends Button {
  private Optional<Trace> last = Optional.empty();
  private Optional<Trace> before = Optional.empty();

  /**
   * A button that is there once two probes were open.
   *
   * @param step is told the step of the open trace that somebody wants to see, from 1
   */
  public CompareButton(Workbench workbench, IntConsumer step) {
    super(Messages.text("compare.button"));
    getStyleClass().add("small-button");
    setId("compare");
    setMinWidth(USE_PREF_SIZE);
    setOnAction(_ -> last.ifPresent(now -> before.ifPresent(b -> CompareCard.open(this, Comparison.of(b, now), step))));
    workbench.traceProperty().addListener((_, _, now) -> follow(now));
    follow(workbench.traceProperty().get());
  }

  private void follow(Optional<Trace> now) {
    if (now.isPresent()) {
      before = last;
      last = now;
    }
    Kit.show(this, before.isPresent());
  }
}
