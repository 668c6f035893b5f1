package org.hopscope.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import org.hopscope.app.cli.bench.Apart;

/** The command line: the same product without a window. */
public final class Main {
  private Main() {
  }

  public static void main(String[] args) throws IOException {
    if (args.length > 0 && args[0].equals("bench") && !Apart.isHere()) {
      System.exit(Apart.run(Main.class.getName(), List.of(args)));
    }
    Terminal terminal = Terminal.to(System.in, new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err));
    int status = run(List.of(args), terminal);
    terminal.flush();
    System.exit(status);
  }

  /** Runs one command line and gives its exit status. */
  static int run(List<String> args, Terminal terminal) {
    try {
      String word = args.isEmpty() || args.contains("--help") ? "--help" : args.getFirst();
      Options options = Options.parse(args.subList(Math.min(1, args.size()), args.size()));
      return switch (word) {
        case "run" -> RunCommand.run(options, terminal);
        case "trace" -> TraceCommand.run(options, terminal);
        case "matrix" -> MatrixCommand.run(options, terminal);
        case "convert" -> ConvertCommand.run(options, terminal);
        case "check" -> CheckCommand.run(options, terminal);
        case "lesson" -> LessonCommand.run(options, terminal);
        case "report" -> ReportCommand.run(options, terminal);
        case "bench" -> BenchCommand.run(options, terminal);
        case "tour" -> TourCommand.run(options, terminal);
        case "--help", "-h", "help" -> {
          terminal.say(Messages.of("help"));
          yield 0;
        }
        case "--version" -> {
          terminal.say("hopscope " + Version.number());
          yield 0;
        }
        default -> throw new BadInputException(Messages.of("not-supported", word));
      };
    } catch (BadInputException bad) {
      terminal.complain("hopscope: " + bad.getMessage());
      return 2;
    }
  }
}
