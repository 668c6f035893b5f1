package org.hopscope.model.kube.linux;

import java.util.List;
import org.hopscope.model.lab.Edit;

/**
 * Something that a program writes on a node.
 *
 * @param reason why
 * @param make what makes it, in order
 * @param unmake what takes it away again, in order; empty where it goes with something else
 */
public record Construct(Reason reason, List<Edit> make, List<Edit> unmake) {
  public Construct {
    make = List.copyOf(make);
    unmake = List.copyOf(unmake);
  }
}
