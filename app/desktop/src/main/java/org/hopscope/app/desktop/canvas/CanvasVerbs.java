package org.hopscope.app.desktop.canvas;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.tools.Acts;
import org.hopscope.app.desktop.canvas.tools.Aligning;
import org.hopscope.app.desktop.canvas.tools.Clip;
import org.hopscope.app.desktop.canvas.tools.Locks;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.shell.Commands;

/** What can be done with what is selected, or with all there is, without a gesture: for keys, menus and the search box. */
final class CanvasVerbs {
  private final CanvasDesk desk;
  private Clip clip = Clip.EMPTY;

  CanvasVerbs(CanvasDesk desk) {
    this.desk = desk;
  }

  void selectAll() {
    Set<Selection> all = new LinkedHashSet<>();
    desk.picture().parts().stream().filter(p -> p.kind() != Part.Kind.LO).map(Part::thing).forEach(all::add);
    desk.select(all);
  }

  void delete() {
    Locks.within(desk.picture(), desk.selection()).ifPresentOrElse(locked -> desk.refuse(desk.lockedWords(locked)),
        () -> Acts.delete(desk.picture(), desk.selection()).ifPresent(desk::commit));
  }

  /** Keeps what is selected; other programs get the commands that make it once more. */
  void copy() {
    if (desk.selection().isEmpty()) {
      return;
    }
    clip = Clip.of(desk.picture(), desk.selection());
    LabState lab = desk.picture().lab();
    clip.pasteInto(lab).ifPresent(edit -> {
      ClipboardContent content = new ClipboardContent();
      content.putString(Commands.of(lab, edit).stream().collect(Collectors.joining("\n", "", "\n")));
      Clipboard.getSystemClipboard().setContent(content);
    });
  }

  void cut() {
    copy();
    delete();
  }

  void paste() {
    make(clip.things().isEmpty() ? Optional.empty() : clip.pasteInto(desk.picture().lab()), "paste.nothing");
  }

  /** Copies and pastes, and leaves alone what was copied before. */
  void duplicate() {
    make(Clip.of(desk.picture(), desk.selection()).pasteInto(desk.picture().lab()), "duplicate.nothing");
  }

  private void make(Optional<Edit> edit, String otherwise) {
    edit.ifPresentOrElse(desk::commitAll, () -> desk.refuse(desk.texts().get(otherwise)));
  }

  void align(Aligning way) {
    way.of(desk.picture(), desk.selection()).ifPresent(desk::commit);
  }

  void rename() {
    desk.selection().stream().reduce((_, last) -> last).ifPresent(desk::rename);
  }

  /** Locks what is selected, or unlocks it. */
  void lock() {
    desk.selection().stream().filter(t -> Locks.byLesson(desk.picture(), t).isPresent()).findFirst()
        .ifPresentOrElse(held -> desk.refuse(desk.lockedWords(held)),
            () -> Locks.toggled(desk.picture(), desk.selection()).ifPresent(desk::commit));
  }

  /** Puts a frame around what is selected and asks for its title. */
  void group() {
    Acts.group(desk.picture(), desk.selection()).ifPresent(remark -> {
      desk.commit(new Edit.PutRemark(remark));
      desk.rename(new Selection.OfRemark(remark.id()));
    });
  }

  /** Puts the whole lab in order. */
  void tidy() {
    desk.commit(Acts.tidied(desk.picture().lab()));
  }
}
