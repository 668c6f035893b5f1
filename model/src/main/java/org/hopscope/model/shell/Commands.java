package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;

/** Edits written as the commands they stand for. */
public final class Commands {
  private Commands() {
  }

  /**
   * The command lines an edit stands for, as typed at the first host's root prompt; none for what has no command.
   *
   * @param before the lab it is to be applied to
   * @param edit the edit
   */
  public static List<String> of(LabState before, Edit edit) {
    return List.of();
  }
}
