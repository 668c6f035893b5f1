package org.hopscope.app.desktop.canvas.tools;

import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Refusal;

/** What a hand works at: all that a phase of a gesture may ask for and do. */
public interface Desk {
  /** The lab as it is, laid out. */
  Picture picture();

  Set<Selection> selection();

  void select(Set<Selection> things);

  /** Why an edit would be refused; empty when it could be done. Changes nothing. */
  Optional<Refusal> refusal(Edit edit);

  /** Does an edit as one step of the history; a refusal is shown. */
  void commit(Edit edit);

  Viewport viewport();

  void look(Viewport viewport);

  /** Opens a field for a new name in the place of the name, or says why there can be none. */
  void rename(Selection thing);

  /** Opens a field for an address on a device. */
  void askAddress(Selection thing);

  /** Asks what Kubernetes shall make, and makes it. */
  void order(Order order);

  CanvasTexts texts();
}
