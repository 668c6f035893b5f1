package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;

/** What a command line asks for, once its words are understood. Reading one changes nothing. */
sealed interface Command {
  /**
   * Change the lab.
   *
   * @param edit how
   * @param refusedExit the exit status when the kernel refuses: 2 from {@code ip}, 255 from {@code bridge}
   * @param said what the program prints when it is done
   * @param failure how a program that does not speak as iproute2 does begins what it says of a refusal
   */
  record Change(Edit edit, int refusedExit, Said said, Optional<String> failure) implements Command {
    Change(Edit edit, int refusedExit, Said said) {
      this(edit, refusedExit, said, Optional.empty());
    }

    /** A silent change by {@code ip}. */
    static Change of(Edit edit) {
      return new Change(edit, 2, Said.NOTHING);
    }
  }

  /**
   * Nothing left to do: a question that is answered, or a refusal of the program itself.
   *
   * @param exit the exit status
   * @param out lines on standard output
   * @param err lines on standard error
   * @param answer the same as data
   */
  record Said(int exit, List<String> out, List<String> err, Answer answer) implements Command {
    /** Success without a word. */
    static final Said NOTHING = new Said(0, List.of(), List.of(), new Answer.Nothing());

    static Said answered(List<String> out, Answer answer) {
      return new Said(0, out, List.of(), answer);
    }

    static Said failed(int exit, List<String> err) {
      return new Said(exit, List.of(), err, new Answer.Nothing());
    }
  }

  /**
   * Send packets.
   *
   * @param probe what to send
   * @param as which program reports what comes of it
   * @param target whom it was sent to, as it was typed
   */
  record Send(Probe probe, As as, String target) implements Command {
    /** Who prints the result. */
    enum As {
      PING, QUIET_PING, PROBE, SEQUENCE
    }
  }

  /**
   * Run a text of the shell language in a shell of its own.
   *
   * @param at the namespace it runs in
   * @param text the text
   */
  record Interpret(NetnsId at, String text) implements Command {
  }
}
