package org.hopscope.model.journal;

import java.util.List;
import org.hopscope.model.lab.LabState;

/**
 * What was done since a lab began.
 *
 * @param program the version of the program that wrote it
 * @param base the lab as it began
 * @param entries what was done, in order
 */
public record Journal(String program, LabState base, List<Entry> entries) {
  public Journal {
    entries = List.copyOf(entries);
  }
}
