package org.hopscope.model.rollout;

import java.util.Optional;
import org.hopscope.model.kube.control.ControlStep;
import org.hopscope.model.kube.linux.Reason;
import org.hopscope.model.lab.Edit;

/** One stage of a rollout. */
public sealed interface Stage {
  /** A part of the control plane did something to an object. */
  record Decided(ControlStep step) implements Stage {
  }

  /**
   * A program did something to a machine.
   *
   * @param reason which program, and for which object; empty where no cluster is behind it
   */
  record Wrote(Optional<Reason> reason, Edit edit) implements Stage {
  }
}
