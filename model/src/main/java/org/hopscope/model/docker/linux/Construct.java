package org.hopscope.model.docker.linux;

import java.util.List;
import org.hopscope.model.lab.Edit;

/**
 * Something that Docker puts on its machine.
 *
 * @param make what makes it, in order
 * @param unmake what takes it away again, in order; empty where it goes with something else
 */
record Construct(List<Edit> make, List<Edit> unmake) {
  Construct {
    make = List.copyOf(make);
    unmake = List.copyOf(unmake);
  }
}
