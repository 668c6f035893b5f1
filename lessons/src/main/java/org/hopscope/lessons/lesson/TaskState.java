package org.hopscope.lessons.lesson;

import java.util.List;
import org.hopscope.lessons.check.Finding;

/**
 * How far a task is in a lab.
 *
 * @param task the task
 * @param findings what its checks found: failures first, and among them the deepest cause first; failures with the
 *     same cause are one finding
 */
public record TaskState(Task task, List<Finding> findings) {
  public TaskState {
    findings = List.copyOf(findings);
  }

  /** Whether the task is done. */
  public boolean holds() {
    return findings.stream().allMatch(Finding::holds);
  }

  /** What stands in the way, root cause first. */
  public List<Finding> failures() {
    return findings.stream().filter(f -> !f.holds()).toList();
  }
}
