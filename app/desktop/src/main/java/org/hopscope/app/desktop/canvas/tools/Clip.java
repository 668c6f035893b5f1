package org.hopscope.app.desktop.canvas.tools;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;

/**
 * What was copied: things of a lab as it was then, with all that lies in them.
 *
 * @param lab the lab they were copied from
 * @param things them and what they hold
 */
public record Clip(LabState lab, Set<Selection> things) {
  /** Nothing was copied. */
  public static final Clip EMPTY = new Clip(Picture.NOTHING.lab(), Set.of());

  /** A copy of what is selected. */
  public static Clip of(Picture picture, Set<Selection> selection) {
    Set<Selection> things = new LinkedHashSet<>();
    picture.within(selection).forEach(part -> things.add(part.thing()));
    return new Clip(picture.lab(), things);
  }

  /** The edit that makes the things once more in a lab, under names and addresses that are free there. */
  public Optional<Edit> pasteInto(LabState target) {
    return new Copies(this, target).edit();
  }
}
