package org.hopscope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hopscope.app.cli.codec.JsonText;
import org.hopscope.app.cli.facts.ScriptRun;
import org.hopscope.model.shell.Script;

/** {@code run SCRIPT... [--json] [--out DIR]}: 0 when all were read and run, whatever their lines did. */
final class RunCommand {
  private RunCommand() {
  }

  /**
   * A script that was read.
   *
   * @param name the file's name without its ending
   * @param file where it stands
   * @param script its commands
   */
  private record Named(String name, Path file, Script script) {
  }

  static int run(Options options, Terminal terminal) throws BadInputException {
    options.allowOnly(Set.of("--json"), Set.of("--out"));
    if (options.words().isEmpty()) {
      throw new BadInputException(Messages.of("run.nothing"));
    }
    if (options.value("--out").isPresent() && !options.has("--json")) {
      throw new BadInputException(Messages.of("run.out-without-json"));
    }
    List<Named> scripts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String word : options.words()) {
      Path file = InputFiles.path(word);
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]+$", "");
      if (!names.add(name) && options.value("--out").isPresent()) {
        throw new BadInputException(
            file + ": a second script called " + name + " would overwrite the first one's file");
      }
      scripts.add(new Named(name, file, InputFiles.script(file)));
    }
    for (Named one : scripts) {
      ScriptRun.Done done = ScriptRun.of(one.script(), InputFiles.beside(one.file()));
      if (!options.has("--json")) {
        print(one, done, scripts.size() > 1, terminal);
      } else {
        String json = JsonText.oneLine(ScriptRun.document(one.name(), one.script(), done, Version.number()));
        if (options.value("--out").isPresent()) {
          write(InputFiles.path(options.value("--out").get()), one.name() + ".json", json);
        } else {
          terminal.say(json);
        }
      }
    }
    return 0;
  }

  private static void write(Path folder, String name, String json) throws BadInputException {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), json + "\n");
    } catch (IOException broken) {
      throw new BadInputException(Messages.of("cannot-write", folder.resolve(name), broken.getMessage()));
    }
  }

  private static void print(Named one, ScriptRun.Done done, boolean headed, Terminal terminal) {
    if (headed) {
      terminal.say("== " + one.file());
    }
    for (ScriptRun.Result result : done.results()) {
      terminal.say("$ " + result.command().text());
      terminal.say(result.command().reply().out());
      terminal.say(result.command().reply().err());
      terminal.say("[" + result.command().reply().exit() + " " + result.className() + "]"
          + result.facts().map(f -> " " + JsonText.oneLine(f)).orElse(""));
    }
  }
}
