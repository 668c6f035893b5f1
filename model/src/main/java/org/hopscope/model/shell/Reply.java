package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.trace.Trace;

/**
 * What a command line answered.
 *
 * @param exit the exit status
 * @param out lines on standard output
 * @param err lines on standard error
 * @param edit the edit it made, when it made one
 * @param traces the traces of the probes it sent, in order
 * @param answer the same as the output, as data
 */
public record Reply(int exit, List<String> out, List<String> err, Optional<Edit> edit, List<Trace> traces,
    Answer answer) {
  /** The exit status of what is not supported. */
  public static final int UNSUPPORTED = 127;

  public Reply {
    out = List.copyOf(out);
    err = List.copyOf(err);
    traces = List.copyOf(traces);
  }
}
