package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.trace.Trace;

/**
 * What a command line answered.
 *
 * @param exit the exit status
 * @param out lines on standard output
 * @param err lines on standard error
 * @param edits the edits it made, in order: one of a single command that changes something
 * @param traces the traces of the probes it sent, in order
 * @param answer the same as the output, as data
 */
public record Reply(int exit, List<String> out, List<String> err, List<Edit> edits, List<Trace> traces,
    Answer answer) {
  /** The exit status of what is not supported. */
  public static final int UNSUPPORTED = 127;

  public Reply {
    out = List.copyOf(out);
    err = List.copyOf(err);
    edits = List.copyOf(edits);
    traces = List.copyOf(traces);
  }
}
