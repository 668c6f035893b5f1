package org.hopscope.model.shell.syntax;

import java.util.List;
import java.util.Optional;

/** What a text asks the shell to do. */
public sealed interface Node {
  /** One after the other. */
  record Sequence(List<Node> commands) implements Node {
    public Sequence {
      commands = List.copyOf(commands);
    }
  }

  /** {@code first && …}, {@code first || …}: from left to right, both signs alike. */
  record Chain(Node first, List<Next> rest) implements Node {
    public Chain {
      rest = List.copyOf(rest);
    }
  }

  /** {@code ! command}. */
  record Not(Node command) implements Node {
  }

  /** {@code one | other | …}; at least two. */
  record Pipeline(List<Node> stages) implements Node {
    public Pipeline {
      stages = List.copyOf(stages);
    }
  }

  /**
   * A program with its words.
   *
   * @param source where it is written, and the text of it
   * @param assignments {@code NAME=WORD} in front of it
   * @param words its name and its words; none when there are only assignments
   * @param redirections where its input comes from and its output goes, in order
   * @param background whether {@code &} follows
   */
  record Simple(Source source, List<Assignment> assignments, List<Word> words, List<Redirection> redirections,
      boolean background) implements Node {
    public Simple {
      assignments = List.copyOf(assignments);
      words = List.copyOf(words);
      redirections = List.copyOf(redirections);
    }
  }

  /** {@code for NAME in WORD…; do body; done}. */
  record For(Position at, String name, List<Word> values, Node body) implements Node {
    public For {
      values = List.copyOf(values);
    }
  }

  /** {@code while condition; do body; done}, or {@code until}. */
  record Loop(Position at, Node condition, boolean until, Node body) implements Node {
  }

  /** {@code if …; then …; elif …; else …; fi}. */
  record If(List<Branch> branches, Optional<Node> otherwise) implements Node {
    public If {
      branches = List.copyOf(branches);
    }
  }

  /** What a shell has and this one does not; nothing behind it can be read. */
  record Refused(Source source, String what) implements Node {
  }

  /** What is done when the command before succeeded, or when it failed. */
  record Next(boolean ifSucceeded, Node command) {
  }

  /** A condition, and what is done when it holds. */
  record Branch(Node condition, Node body) {
  }

  /**
   * Where a command is written.
   *
   * @param at where it begins
   * @param text how it is written there
   */
  record Source(Position at, String text) {
  }

  /** {@code NAME=WORD}. */
  record Assignment(String name, Word value) {
  }

  /**
   * {@code >}, {@code 2>}, {@code <} and their like.
   *
   * @param at where it stands
   * @param sign the sign with the number in front of it, such as {@code 2>&}
   * @param target what stands behind it; for {@code <<} the lines of the here-document as one text
   */
  record Redirection(Position at, String sign, Word target) {
  }
}
