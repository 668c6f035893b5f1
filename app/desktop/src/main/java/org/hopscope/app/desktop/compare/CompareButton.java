package org.hopscope.app.desktop.compare;

import java.util.List;
import java.util.function.IntConsumer;
import javafx.collections.ListChangeListener;
import javafx.scene.control.MenuItem;
import org.hopscope.app.desktop.kit.DropButton;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.KeptTrace;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.compare.Comparison;
import org.hopscope.model.trace.Trace;

/** Puts the probe that is open beside one that was open before, or beside what would have come had the lab not been changed. */
public final class CompareButton {
  private CompareButton() {}

  /**
   * A button that is there once two probes were open.
   *
   * @param step is told the step of the open trace that somebody wants to see, from 1
   */
  public static DropButton of(Workbench workbench, IntConsumer step) {
    var making = new Object() {
      private DropButton button;
    };
    DropButton button = new DropButton(() -> items(workbench, making.button, step));
    making.button = button;
    button.setText(Messages.text("compare.button"));
    button.getStyleClass().add("small-button");
    button.setId("compare");
    workbench.kept().all()
        .addListener((ListChangeListener<KeptTrace>) _ -> Kit.show(button, workbench.kept().all().size() > 1));
    Kit.show(button, workbench.kept().all().size() > 1);
    return button;
  }

  private static List<MenuItem> items(Workbench workbench, DropButton button, IntConsumer step) {
    return workbench.traceProperty().get().map(open -> workbench.kept().all().stream().filter(k -> k.trace() != open)
        .map(old -> item(old, () -> CompareCard.open(button, Comparison.of(old.trace(), open), step))).toList())
        .orElse(List.of());
  }

  private static MenuItem item(KeptTrace old, Runnable run) {
    MenuItem item = new MenuItem(words(old));
    item.setOnAction(_ -> run.run());
    return item;
  }

  private static String words(KeptTrace old) {
    Trace trace = old.trace();
    String words = Messages.text("compare.with", PlaceNames.of(trace.start(), trace.probe().from()), trace.probe().to(),
        Messages.text(trace.result().succeeded() ? "compare.works" : "compare.fails"));
    return old.left().isEmpty() ? words : Messages.text("compare.left", words, old.left().getAsInt());
  }
}
