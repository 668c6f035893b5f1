package org.hopscope.app.desktop.terminal;

import java.util.List;
import java.util.Optional;

/**
 * A search through the history, as Ctrl+R begins it in a shell: what is typed is looked for in the lines typed before, the
 * latest first, and Ctrl+R once more goes further back.
 *
 * @param lines what was typed, oldest first
 * @param wanted what is looked for
 * @param further how many matches to leave out
 */
record Recall(List<String> lines, String wanted, int further) {
  /** The line that is found; the oldest match when {@link #further} goes beyond it. */
  Optional<String> found() {
    List<String> matches = lines.reversed().stream().filter(l -> l.contains(wanted)).distinct().toList();
    return wanted.isEmpty() || matches.isEmpty()
        ? Optional.empty()
        : Optional.of(matches.get(Math.min(further, matches.size() - 1)));
  }

  Recall typing(String text) {
    return new Recall(lines, text, 0);
  }

  Recall older() {
    return new Recall(lines, wanted, further + 1);
  }
}
