package org.hopscope.app.desktop.terminal;

import java.util.ArrayList;
import java.util.List;

/** The command lines typed so far, and the place in them that the up and down keys have walked to. */
final class History {
  /** How many are kept. */
  static final int CAP = 500;

  private final List<String> lines;
  private int at;
  private String draft = "";

  History(List<String> lines) {
    this.lines = new ArrayList<>(lines);
    at = this.lines.size();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Remembers a line, unless it is empty or the same as the last one, and walks back to the end. */
  void add(String line) {
    if (!line.isBlank() && (lines.isEmpty() || !lines.getLast().equals(line))) {
      lines.add(line);
    }
    if (lines.size() > CAP) {
      lines.removeFirst();
    }
    at = lines.size();
    draft = "";
  }

  /** The line before; {@code current} is kept to come back to. */
  String older(String current) {
    if (at == lines.size()) {
      draft = current;
    }
    if (at > 0) {
      at--;
    }
    return lines.isEmpty() ? current : lines.get(at);
  }

  /** The line after; behind the last one stands what was being typed. */
  String newer(String current) {
    if (at >= lines.size()) {
      return current;
    }
    at++;
    return at == lines.size() ? draft : lines.get(at);
  }
}
