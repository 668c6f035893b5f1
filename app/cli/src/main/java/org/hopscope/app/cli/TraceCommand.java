package org.hopscope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hopscope.app.cli.codec.CompareJson;
import org.hopscope.app.cli.codec.JsonText;
import org.hopscope.app.cli.codec.WhyJson;
import org.hopscope.model.codec.TraceJson;
import org.hopscope.model.compare.Comparison;
import org.hopscope.model.export.TraceText;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Script;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.trace.Pcapng;
import org.hopscope.model.trace.Trace;
import org.hopscope.model.why.Explanation;
import org.hopscope.model.why.WhyNot;

/** {@code trace LAB|SCRIPT --probe P [--why | --against P] [--json|--pcapng FILE]}: 0 when the probe was answered, 1 when not. */
final class TraceCommand {
  private TraceCommand() {
  }

  static int run(Options options, Terminal terminal) throws BadInputException {
    options.allowOnly(Set.of("--json", "--why"), Set.of("--probe", "--pcapng", "--against"));
    String probe = options.value("--probe")
        .orElseThrow(() -> new BadInputException(Messages.of("trace.probe-missing")));
    if (options.words().size() != 1) {
      throw new BadInputException(Messages.of("trace.one-file"));
    }
    boolean two = options.has("--json") || options.has("--why");
    if (two && options.value("--pcapng").isPresent()) {
      throw new BadInputException(Messages.of("trace.how"));
    }
    LabState lab = lab(InputFiles.path(options.words().getFirst()));
    Reply reply = send(lab, probe);
    Trace trace = reply.traces().getFirst();
    if (options.value("--against").isPresent()) {
      Comparison comparison = Comparison.of(send(lab, options.value("--against").get()).traces().getFirst(), trace);
      terminal.say(options.has("--json") ? List.of(JsonText.oneLine(CompareJson.of(comparison)))
          : CompareText.of(comparison));
      return trace.result().succeeded() ? 0 : 1;
    }
    if (options.has("--why")) {
      Explanation why = WhyNot.ask(trace);
      terminal.say(options.has("--json") ? List.of(JsonText.oneLine(WhyJson.of(why))) : WhyText.of(why));
    } else if (options.has("--json")) {
      terminal.say(JsonText.oneLine(TraceJson.of(trace)));
    } else if (options.value("--pcapng").isPresent()) {
      write(InputFiles.path(options.value("--pcapng").get()), Pcapng.of(trace));
    } else {
      terminal.say(TraceText.of(trace));
      terminal.say(reply.out());
      terminal.say(reply.err());
    }
    return trace.result().succeeded() ? 0 : 1;
  }

  /** Sends a probe in a lab. */
  private static Reply send(LabState lab, String probe) throws BadInputException {
    Reply reply = Shell.run(new Session(lab), lab.firstHost().root(), "probe " + probe);
    if (reply.traces().isEmpty()) {
      throw new BadInputException(Messages.of("trace.bad-probe", String.join(" ", reply.err())));
    }
    return reply;
  }

  static LabState lab(Path file) throws BadInputException {
    if (file.toString().endsWith(".hop")) {
      return InputFiles.lab(file);
    }
    Script script = InputFiles.script(file);
    Session session = new Session(script.start(1));
    script.run(session, InputFiles.beside(file), _ -> {
    });
    return session.state();
  }

  private static void write(Path file, byte[] bytes) throws BadInputException {
    try {
      Files.write(file, bytes);
    } catch (IOException broken) {
      throw new BadInputException(Messages.of("cannot-write", file, broken.getMessage()));
    }
  }
}
