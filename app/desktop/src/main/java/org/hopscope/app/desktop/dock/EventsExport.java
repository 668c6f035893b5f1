package org.hopscope.app.desktop.dock;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.Pane;
import javafx.stage.FileChooser;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.kit.Toast;
import org.hopscope.app.desktop.store.Disk;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Clock;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.codec.TraceJson;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Pcapng;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** The steps of a trace as text, and as files for other programs. */
final class EventsExport {
  private EventsExport() {}

  /** A step in a line: its number, when, where, which packet, what happens. */
  static String line(Trace trace, Step step) {
    return String.join("\t", Integer.toString(step.index() + 1), Clock.since(trace.start().now(), step.at()),
        PlaceNames.of(trace.start(), step.where()), Narrator.label(step.packet()),
        Narrator.sentence(trace, step.index()));
  }

  /** What can be done with the steps that are shown. */
  static List<MenuItem> items(Workbench workbench, Supplier<List<Step>> shown, ObservableValue<Theme> theme,
      Node owner) {
    Function<Trace, String> text = trace -> shown.get().stream().map(s -> line(trace, s))
        .collect(Collectors.joining("\n", "", "\n"));
    MenuItem copy = new MenuItem(Messages.text("events.copy"));
    copy.setOnAction(_ -> workbench.traceProperty().get().ifPresent(trace -> {
      ClipboardContent content = new ClipboardContent();
      content.putString(text.apply(trace));
      Clipboard.getSystemClipboard().setContent(content);
    }));
    return List.of(copy, save(workbench, "txt", t -> utf8(text.apply(t)), owner),
        save(workbench, "json", t -> utf8(TraceJson.text(t)), owner),
        save(workbench, "pcapng", Pcapng::of, owner),
        save(workbench, "svg", t -> utf8(TraceStrip.of(t, shown.get(), theme.getValue())), owner));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MenuItem save(Workbench workbench, String extension, Function<Trace, byte[]> bytes, Node owner) {
    MenuItem item = new MenuItem(Messages.text("events.save." + extension));
    item.setOnAction(_ -> workbench.traceProperty().get().ifPresent(trace -> {
      FileChooser chooser = new FileChooser();
      chooser.setInitialFileName("trace." + extension);
      chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(extension, "*." + extension));
      Optional.ofNullable(chooser.showSaveDialog(owner.getScene().getWindow()))
          .ifPresent(file -> write(file, bytes.apply(trace), (Pane) owner.getScene().getRoot()));
    }));
    return item;
  }

  private static void write(File file, byte[] bytes, Pane over) {
    try {
      Files.write(file.toPath(), bytes);
      Toast.show(over, Messages.text("events.saved", file));
    } catch (IOException e) {
      Toast.show(over, Messages.text("file.unwritable", file, Disk.reason(e)));
    }
  }
}
