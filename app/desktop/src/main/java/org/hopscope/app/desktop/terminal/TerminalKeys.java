package org.hopscope.app.desktop.terminal;

import javafx.scene.input.KeyEvent;

/** Which key does what in the terminal's line. */
final class TerminalKeys {
  private final TerminalPane terminal;

  TerminalKeys(TerminalPane terminal) {
    this.terminal = terminal;
  }

  void handle(KeyEvent event) {
    if (event.isControlDown() ? control(event) : plain(event)) {
      event.consume();
    }
  }

  private boolean control(KeyEvent event) {
    return switch (event.getCode()) {
      case R -> !event.isShiftDown() && did(terminal::recall);
      case F -> did(terminal::find);
      case C -> did(terminal::interruptOrCopy);
      case L -> did(terminal::clear);
      case V -> did(terminal::paste);
      case U -> did(terminal.input()::clear);
      case Z -> terminal.input().getText().isEmpty() && did(event.isShiftDown() ? terminal::redo : terminal::undo);
      case Y -> terminal.input().getText().isEmpty() && did(terminal::redo);
      case A -> event.isShiftDown() ? false : did(terminal.input()::home);
      case E -> did(terminal.input()::end);
      default -> false;
    };
  }

  private boolean plain(KeyEvent event) {
    return switch (event.getCode()) {
      case ENTER -> did(terminal::enter);
      case ESCAPE -> terminal.leaveRecall();
      case LEFT, RIGHT, HOME, END -> {
        terminal.takeRecall();
        yield false;
      }
      case UP -> did(terminal::older);
      case DOWN -> did(terminal::newer);
      case TAB -> !event.isShiftDown() && !terminal.input().getText().isEmpty() && did(terminal::complete);
      case PAGE_UP -> did(() -> terminal.screen().scroll(-terminal.screen().page()));
      case PAGE_DOWN -> did(() -> terminal.screen().scroll(terminal.screen().page()));
      case INSERT -> event.isShiftDown() && did(terminal::paste);
      default -> false;
    };
  }

  private static boolean did(Runnable action) {
    action.run();
    return true;
  }
}
