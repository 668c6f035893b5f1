package org.hopscope.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hopscope.app.cli.codec.JsonText;
import org.hopscope.app.cli.codec.TraceJson;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Places;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Script;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** {@code trace SCRIPT --probe P [--json|--pcapng FILE]}: 0 when the probe was answered, 1 when not. */
final class TraceCommand {
  private TraceCommand() {
  }

  static int run(Options options, Output output) throws BadInputException {
    options.allowOnly(Set.of("--json"), Set.of("--probe", "--pcapng"));
    String probe = options.value("--probe")
        .orElseThrow(() -> new BadInputException("trace: --probe \"NS -> ADDR[:PORT[/tcp|/udp]]\" is missing"));
    if (options.words().size() != 1) {
      throw new BadInputException("trace: name one script");
    }
    if (options.value("--pcapng").isPresent()) {
      throw new BadInputException("not supported: --pcapng");
    }
    Path file = InputFiles.path(options.words().getFirst());
    Session session = new Session(lab(file));
    Reply reply = Shell.run(session, session.state().firstHost().root(), "probe " + probe);
    if (reply.traces().isEmpty()) {
      throw new BadInputException("--probe: " + String.join(" ", reply.err()));
    }
    Trace trace = reply.traces().getFirst();
    if (options.has("--json")) {
      output.say(JsonText.oneLine(TraceJson.of(trace)));
    } else {
      print(trace, reply, output);
    }
    return trace.result().succeeded() ? 0 : 1;
  }

  private static LabState lab(Path file) throws BadInputException {
    Script script = InputFiles.script(file);
    Session session = new Session(script.start(1));
    for (Script.Line line : script.lines()) {
      Shell.run(session, session.state().firstHost().root(),
          line.words().isEmpty() ? List.of() : line.words());
    }
    return session.state();
  }

  private static void print(Trace trace, Reply reply, Output output) {
    for (Step step : trace.steps()) {
      output.say(String.format(java.util.Locale.ROOT, "%4d %9.3f ms  #%d %-14s %s", step.index() + 1,
          step.at().since(trace.start().now()) / 1e6, step.copy(), Places.name(trace.start(), step.where()),
          Narrator.sentence(trace, step.index())));
    }
    output.say(reply.out());
    output.say(reply.err());
  }
}
