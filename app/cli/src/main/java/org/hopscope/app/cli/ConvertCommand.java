package org.hopscope.app.cli;

import java.nio.file.Path;
import java.util.Set;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.export.KernelScript;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Script;

/** {@code convert LAB|SCRIPT --to hop|sh}: the lab in another form, on standard output. */
final class ConvertCommand {
  private ConvertCommand() {
  }

  static int run(Options options, Terminal terminal) throws BadInputException {
    options.allowOnly(Set.of(), Set.of("--to"));
    String to = options.value("--to").orElseThrow(() -> new BadInputException(Messages.of("convert.to-missing")));
    if (options.words().size() != 1) {
      throw new BadInputException(Messages.of("convert.one-file"));
    }
    Path file = InputFiles.path(options.words().getFirst());
    LabState lab = lab(file);
    switch (to) {
      case "hop" -> terminal.say(LabCodec.encode(lab).stripTrailing());
      case "sh" -> terminal.say(script(file, lab).stripTrailing());
      default -> throw new BadInputException(Messages.of("not-supported", "--to " + to));
    }
    return 0;
  }

  private static LabState lab(Path file) throws BadInputException {
    if (file.toString().endsWith(".hop")) {
      return InputFiles.lab(file);
    }
    Script script = InputFiles.script(file);
    Session session = new Session(script.start(1));
    script.run(session, InputFiles.beside(file), _ -> {
    });
    return session.state();
  }

  private static String script(Path file, LabState lab) throws BadInputException {
    return switch (KernelScript.of(String.valueOf(file.getFileName()), lab)) {
      case KernelScript.Written.Ok(String script) -> script;
      case KernelScript.Written.Refused(var why) -> throw new BadInputException(
          Messages.of("convert.refused", String.join("; ", why)));
    };
  }
}
