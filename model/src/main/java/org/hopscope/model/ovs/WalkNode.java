package org.hopscope.model.ovs;

import java.util.List;

/**
 * A note of {@code ofproto/trace} with those below it (Open vSwitch ofproto/ofproto-dpif-trace.c).
 *
 * @param type what it is about
 * @param text what it says
 * @param below the notes below it
 */
public record WalkNode(Type type, String text, List<WalkNode> below) {
  /** What a note is about. */
  public enum Type {
    BRIDGE, TABLE, ACTION, DETAIL, WARN, ERROR
  }

  /** The notes as lines (oftrace_node_print_details): the last table of a list stands as far left as its list. */
  static void print(List<WalkNode> notes, int level, List<String> into) {
    for (WalkNode note : notes) {
      boolean holds = note.type == Type.BRIDGE || note.type == Type.TABLE;
      int more = !holds || note != notes.getLast() ? 1 : 0;
      String indent = "    ".repeat(level + more);
      switch (note.type) {
        case BRIDGE -> {
          into.add("");
          into.add(indent + note.text);
          into.add(indent + "-".repeat(note.text.length()));
        }
        case TABLE, ACTION -> into.add(indent + note.text);
        case DETAIL -> into.add(indent + " -> " + note.text);
        case WARN -> into.add(indent + " >> " + note.text);
        case ERROR -> into.add(indent + " >>>> " + note.text + " <<<<");
      }
      print(note.below, level + more + more, into);
    }
  }
}
