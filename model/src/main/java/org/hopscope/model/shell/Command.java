package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.Trace;

/** What a command line asks for, once its words are understood. Reading one changes nothing. */
sealed interface Command {
  /**
   * Change the lab.
   *
   * @param edit how
   * @param refusedExit the exit status when the kernel refuses: 2 from {@code ip}, 255 from {@code bridge}
   * @param said what the program prints when it is done
   * @param call what the program says in front of the error's name instead of netlink's words, as net-tools do
   */
  record Change(Edit edit, int refusedExit, Said said, Optional<String> call) implements Command {
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

    /** The same answer with another exit status and other lines on standard error. */
    Said with(int status, List<String> lines) {
      return new Said(status, out, lines, answer);
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
      PING, QUIET_PING, PROBE, SEQUENCE,
      /** {@code traceroute} without {@code -n}. */
      NAMED
    }
  }

  /**
   * Send packets, by a program that tells itself what came of it.
   *
   * @param probe what to send
   * @param report what it prints
   */
  record Ask(Probe probe, Report report) implements Command {
  }

  /**
   * Send packets, and go on as it depends on what comes of them: a program that looks a name up first.
   *
   * @param probe what to send first
   * @param then what to do next
   */
  record First(Probe probe, Then then) implements Command {
  }

  /** What a program does after its first packets; the lab is then as these have left it. */
  interface Then {
    Command of(Trace trace) throws Stop;
  }

  /** What a program prints about its packets. */
  interface Report {
    Said of(Trace trace);
  }

  /**
   * Open a shell into which somebody types: the terminal's prompt moves there until {@code exit}.
   *
   * @param at the namespace it runs in
   */
  record Enter(NetnsId at) implements Command {
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
