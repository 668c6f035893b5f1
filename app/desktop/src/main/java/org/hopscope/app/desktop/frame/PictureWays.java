package org.hopscope.app.desktop.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.print.PrinterJob;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Pane;
import javafx.scene.transform.Scale;
import javafx.stage.Window;
import org.hopscope.app.desktop.kit.Floating;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.picture.PictureCard;
import org.hopscope.app.desktop.store.Disk;

/** Saves and prints pictures with the platform's own dialogs. */
record PictureWays(Window owner, Pane over, Consumer<String> say) implements PictureCard.Ways {
  @Override
  public Optional<Path> ask(String extension) {
    return new FileDialogs(owner).picture(extension);
  }

  @Override
  public void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
      Floating.close(over);
      say.accept(Messages.text("picture.done", file));
    } catch (IOException e) {
      say.accept(Messages.text("file.unwritable", file, Disk.reason(e)));
    }
  }

  @Override
  public void print(Canvas page) {
    Optional<PrinterJob> job = Optional.ofNullable(PrinterJob.createPrinterJob());
    if (job.isEmpty()) {
      say.accept(Messages.text("picture.noprinter"));
    } else if (job.get().showPrintDialog(owner)) {
      double width = job.get().getJobSettings().getPageLayout().getPrintableWidth();
      double height = job.get().getJobSettings().getPageLayout().getPrintableHeight();
      double scale = Math.min(width / page.getWidth(), height / page.getHeight());
      page.getTransforms().add(new Scale(scale, scale));
      if (job.get().printPage(page)) {
        job.get().endJob();
        Floating.close(over);
      }
    }
  }
}
