package org.hopscope.app.desktop.frame;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.store.LabFile;
import org.hopscope.app.desktop.store.ReportFile;

/** Asks the person for a file, with the platform's own dialog. */
final class FileDialogs {
  private final Window owner;

  FileDialogs(Window owner) {
    this.owner = owner;
  }

  Optional<Path> open(List<Path> recent) {
    return Optional.ofNullable(chooser("file.open", recent).showOpenDialog(owner)).map(File::toPath);
  }

  /** Asks for a report, first where this machine's own are. */
  Optional<Path> openReport(Path reports) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(Messages.text("report.open"));
    chooser.getExtensionFilters().addAll(
        new FileChooser.ExtensionFilter(Messages.text("report.kind"), "*." + ReportFile.EXTENSION),
        new FileChooser.ExtensionFilter(Messages.text("file.all"), "*"));
    if (Files.isDirectory(reports)) {
      chooser.setInitialDirectory(reports.toFile());
    }
    return Optional.ofNullable(chooser.showOpenDialog(owner)).map(File::toPath);
  }

  /** Asks for the folder of a lesson, first beside the one that was opened before. */
  Optional<Path> lesson(String title, Optional<Path> first) {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(Messages.text(title));
    first.filter(Files::isDirectory).ifPresent(folder -> chooser.setInitialDirectory(folder.toFile()));
    return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
  }

  Optional<Path> save(List<Path> recent) {
    FileChooser chooser = chooser("file.save", recent);
    chooser.setInitialFileName(Messages.text("file.untitled") + "." + LabFile.EXTENSION);
    return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath).map(FileDialogs::named);
  }

  Optional<Path> picture(String extension) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(Messages.text("picture.title"));
    chooser.getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(extension.toUpperCase(Locale.ROOT), "*." + extension));
    chooser.setInitialFileName(Messages.text("file.untitled") + "." + extension);
    return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
  }

  private static FileChooser chooser(String title, List<Path> recent) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(Messages.text(title));
    chooser.getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(Messages.text("file.kind"), "*." + LabFile.EXTENSION));
    recent.stream().map(Path::getParent).filter(Files::isDirectory).findFirst()
        .ifPresent(folder -> chooser.setInitialDirectory(folder.toFile()));
    return chooser;
  }

  private static Path named(Path file) {
    String name = file.getFileName().toString();
    return name.contains(".") ? file : file.resolveSibling(name + "." + LabFile.EXTENSION);
  }
}
