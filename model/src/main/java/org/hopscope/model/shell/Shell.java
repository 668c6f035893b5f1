package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  /** Words behind which another command is read. */
  private static final Set<String> NESTING = Set.of("exec", "on", "sudo", "-c");
  private static final int DEEPEST = 100;

  private Shell() {
  }

  /**
   * Runs a text of the shell language. What it changes goes through the session; the packets it sends are simulated, and
   * what they taught the tables is committed to the session at once. Nothing of the shell is kept: see
   * {@link Interpreter}.
   *
   * @param session the lab
   * @param at the namespace whose prompt it was typed at
   * @param text a command, or several; a blank text does nothing
   * @return the answers of all its commands as one, with the last one's data
   */
  public static Reply run(Session session, NetnsId at, String text) {
    List<Reply> replies = new ArrayList<>();
    int exit = new Interpreter(session).run(at, text, executed -> replies.add(executed.reply()));
    return replies.size() == 1 ? replies.getFirst() : joined(exit, replies);
  }

  private static Reply joined(int exit, List<Reply> replies) {
    return new Reply(exit, replies.stream().flatMap(r -> r.out().stream()).toList(),
        replies.stream().flatMap(r -> r.err().stream()).toList(),
        replies.stream().flatMap(r -> r.edits().stream()).toList(),
        replies.stream().flatMap(r -> r.traces().stream()).toList(),
        replies.isEmpty() ? new Answer.Nothing() : replies.getLast().answer());
  }

  /** Runs one command whose words are parted already, as oracle scripts have them: no shell acts on them. */
  public static Reply run(Session session, NetnsId at, List<String> words) {
    return run(session, at, words, List.of());
  }

  /** As {@link #run(Session, NetnsId, List)}, with lines for the command's standard input. */
  static Reply run(Session session, NetnsId at, List<String> words, List<String> input) {
    return run(session, at, words, input, List.of());
  }

  /** With the labs that earlier commands of the same script changed, oldest first. */
  static Reply run(Session session, NetnsId at, List<String> words, List<String> input, List<LabState> past) {
    if (words.isEmpty()) {
      return reply(Command.Said.NOTHING);
    }
    try {
      return execute(session,
          read(new Prompt(session.state(), at, input, List.of(), past, Folder.EMPTY, Map.of()), words));
    } catch (Stop stop) {
      return reply(stop.said());
    }
  }

  /** What a command asks for; changes nothing. */
  static Command read(Prompt prompt, List<String> words) throws Stop {
    if (words.stream().filter(NESTING::contains).count() > DEEPEST) {
      throw Stop.exit(1, "hopscope: commands within commands: more than " + DEEPEST);
    }
    return Programs.read(prompt, words);
  }

  /** Does what a command asks for. */
  static Reply execute(Session session, Command command) {
    return switch (command) {
      case Command.Said said -> reply(said);
      case Command.Change change -> change(session, change);
      case Command.Send send -> send(session, send.probe(), trace -> report(send, trace));
      case Command.Ask(Probe probe, Command.Report report) -> send(session, probe, report);
      case Command.First(Probe probe, Command.Then then) -> goOn(session, probe, then);
      case Command.Enter _ -> reply(Stop.unsupported("a shell without -c, where nobody types").said());
      case Command.Interpret _ -> reply(Stop.unsupported("a shell without a shell around it").said());
    };
  }

  /** The answer of a program that did nothing but speak. */
  static Reply reply(Command.Said said) {
    return new Reply(said.exit(), said.out(), said.err(), List.of(), List.of(), said.answer());
  }

  private static Reply change(Session session, Command.Change command) {
    Edit edit = command.edit();
    Command.Said said = command.said();
    return switch (session.apply(edit)) {
      case Outcome.Applied _ -> new Reply(said.exit(), said.out(), said.err(), List.of(edit), List.of(),
          said.answer());
      case Outcome.Refused(Refusal why) -> {
        List<String> err = new ArrayList<>(said.err());
        err.add(command.call().flatMap(call -> why.kernelSays().map(e -> call + ": " + e.text())).orElse(why.text()));
        yield new Reply(exit(why, command), List.of(), err, List.of(), List.of(), new Answer.Nothing());
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

  /** All packets of one command are one trace. */
  private static Reply goOn(Session session, Probe probe, Command.Then then) {
    Trace trace = Simulator.run(session.state(), probe);
    session.advance(probe, trace.finish().learned(), trace.end());
    Reply next = execute(session, next(then, trace));
    if (next.traces().isEmpty()) {
      session.commit(probe, session.state().learned(), session.state().now());
    }
    Trace whole = next.traces().stream().findFirst().map(trace::then).orElse(trace);
    return new Reply(next.exit(), next.out(), next.err(), next.edits(), List.of(whole), next.answer());
  }

  private static Command next(Command.Then then, Trace trace) {
    try {
      return then.of(trace);
    } catch (Stop stop) {
      return stop.said();
    }
  }

  private static Reply send(Session session, Probe probe, Command.Report report) {
    Trace trace = Simulator.run(session.state(), probe);
    session.commit(probe, trace.finish().learned(), trace.end());
    Command.Said said = report.of(trace);
    return new Reply(said.exit(), said.out(), said.err(), List.of(), List.of(trace), said.answer());
  }

  private static Command.Said report(Command.Send command, Trace trace) {
    Probe probe = command.probe();
    return switch (trace.result()) {
      case ProbeResult.Pinged pinged -> PingText.of(trace.start(), probe, pinged, command.target(),
          command.as() == Command.Send.As.QUIET_PING);
      case ProbeResult.Traced traced when probe.action() instanceof Probe.Traceroute action ->
          TracerouteText.of(probe, action, traced, command);
      case ProbeResult.Arped arped when probe.action() instanceof Probe.Arping action ->
          ArpingProgram.report(probe, action, arped, command.as() == Command.Send.As.QUIET_PING);
      case ProbeResult.Traced _,ProbeResult.Paced _,ProbeResult.Arped _ ->
          throw new IllegalStateException("not what was sent: " + probe);
      case ProbeResult.Exchanged exchanged -> ProbeText.of(probe, exchanged,
          command.as() == Command.Send.As.SEQUENCE);
    };
  }
}
