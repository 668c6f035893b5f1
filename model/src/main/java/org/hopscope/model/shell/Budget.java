package org.hopscope.model.shell;

/** How much one text may still do: an endless loop ends, and says why. */
final class Budget {
  /** Commands and rounds of loops. */
  static final int COMMANDS = 20_000;
  /** Characters printed or kept. */
  static final int CHARACTERS = 16 << 20;
  /** Steps of traces. */
  static final int STEPS = 2_000_000;
  /** How many words one command may have. */
  static final int WORDS = 20_000;
  /** How long one value may be, in characters. */
  static final int VALUE = 1 << 16;

  private int commands;
  private long characters;
  private long steps;

  void command() throws Leave {
    if (++commands > COMMANDS) {
      throw Leave.limit("stopped after " + COMMANDS + " commands and rounds of loops");
    }
  }

  void printed(Reply reply) throws Leave {
    characters += reply.out().stream().mapToLong(String::length).sum() + reply.out().size();
    characters += reply.err().stream().mapToLong(String::length).sum() + reply.err().size();
    steps += reply.traces().stream().mapToLong(t -> t.steps().size()).sum();
    if (characters > CHARACTERS) {
      throw Leave.limit("stopped after " + (CHARACTERS >> 20) + " MiB of output");
    }
    if (steps > STEPS) {
      throw Leave.limit("stopped after " + STEPS + " steps of packets");
    }
  }

  static void checkWords(int count) throws Leave {
    if (count > WORDS) {
      throw Leave.limit("more than " + WORDS + " words in a command");
    }
  }

  static void checkValue(int length) throws Leave {
    if (length > VALUE) {
      throw Leave.limit("a word of more than " + VALUE + " characters");
    }
  }
}
