package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Refusal;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/** Runs command lines against a session. */
public final class Shell {
  private Shell() {
  }

  /**
   * Runs one command line. What it changes goes through the session; the packets it sends are simulated, and what they
   * taught the tables is committed to the session at once.
   *
   * @param session the lab
   * @param at the namespace whose prompt it was typed at
   * @param line the words, with quotes and comments as a shell takes them; a blank line does nothing
   */
  public static Reply run(Session session, NetnsId at, String line) {
    return switch (Words.split(line, false)) {
      case Words.Split.Fine(List<Words.Word> words) -> run(session, at, words.stream().map(Words.Word::text).toList());
      case Words.Split.Unfinished(int column, String reason) -> reply(
          Command.Said.failed(2, List.of("hopscope: column " + column + ": " + reason)));
      case Words.Split.Syntax(int column, String sign) -> reply(Command.Said.failed(Reply.UNSUPPORTED,
          List.of("hopscope: not supported: " + sign + " (shell syntax, column " + column + ")")));
    };
  }

  /** As {@link #run(Session, NetnsId, String)}, for words that are parted already. */
  public static Reply run(Session session, NetnsId at, List<String> words) {
    if (words.isEmpty()) {
      return reply(Command.Said.NOTHING);
    }
    return switch (read(session.state(), at, words)) {
      case Command.Said said -> reply(said);
      case Command.Change change -> change(session, change);
      case Command.Send send -> send(session, send);
    };
  }

  private static Command read(LabState lab, NetnsId at, List<String> words) {
    try {
      return Programs.read(new Prompt(lab, at), words);
    } catch (Stop stop) {
      return stop.said();
    }
  }

  private static Reply reply(Command.Said said) {
    return new Reply(said.exit(), said.out(), said.err(), Optional.empty(), List.of(), said.answer());
  }

  private static Reply change(Session session, Command.Change command) {
    Edit edit = command.edit();
    Command.Said said = command.said();
    return switch (session.apply(edit)) {
      case Outcome.Applied _ -> new Reply(said.exit(), said.out(), said.err(), Optional.of(edit), List.of(),
          said.answer());
      case Outcome.Refused(Refusal why) -> {
        List<String> err = new ArrayList<>(said.err());
        err.add(command.failure().map(f -> f + ": " + why.reason()).orElse(why.text()));
        yield new Reply(exit(why, command), List.of(), err, Optional.empty(), List.of(), new Answer.Nothing());
      }
    };
  }

  private static int exit(Refusal why, Command.Change command) {
    return switch (why) {
      case Refusal.Kernel _,Refusal.KernelMessage _ -> command.refusedExit();
      case Refusal.Tool _ -> command.refusedExit() == 2 ? 1 : command.refusedExit();
      case Refusal.Unsupported _ -> Reply.UNSUPPORTED;
    };
  }

  private static Reply send(Session session, Command.Send command) {
    Trace trace = Simulator.run(session.state(), command.probe());
    session.commit(command.probe(), trace.finish().learned(), trace.end());
    Command.Said said = report(command, trace);
    return new Reply(said.exit(), said.out(), said.err(), Optional.empty(), List.of(trace), said.answer());
  }

  private static Command.Said report(Command.Send command, Trace trace) {
    Probe probe = command.probe();
    return switch (trace.result()) {
      case ProbeResult.Pinged pinged -> PingText.of(trace.start(), probe, pinged, command.target(),
          command.as() == Command.Send.As.QUIET_PING);
      case ProbeResult.Exchanged exchanged -> ProbeText.of(probe, exchanged,
          command.as() == Command.Send.As.SEQUENCE);
    };
  }
}
