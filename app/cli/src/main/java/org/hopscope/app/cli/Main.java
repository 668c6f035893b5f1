package org.hopscope.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;

/** The command line: the same product without a window. */
public final class Main {
  private static final String HELP = """
      Hopscope: container and Kubernetes networking, learned by building it.

        run SCRIPT... [--json] [--out DIR]       runs scripts; *.lab in the environment of the kernel oracle
        trace SCRIPT --probe "web -> 10.0.0.2:80/tcp" [--json | --pcapng FILE]
                                                 every step of one probe, after the script has built the lab
        check LESSON|FOLDER [--answer SCRIPT] [--json]
                                                 what still has to hold in a lesson
        tour                                     the first lesson in this terminal
        --version, --help

      It ends with 0 when all is well, 1 when a probe or a check does not hold, and 2 when the input is malformed.""";

  private Main() {
  }

  public static void main(String[] args) {
    Output output = Output.to(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
    int status = run(List.of(args), output);
    output.flush();
    System.exit(status);
  }

  /** Runs one command line and gives its exit status. */
  static int run(List<String> args, Output output) {
    try {
      String word = args.isEmpty() ? "--help" : args.getFirst();
      Options options = Options.parse(args.subList(Math.min(1, args.size()), args.size()));
      return switch (word) {
        case "run" -> RunCommand.run(options, output);
        case "trace" -> TraceCommand.run(options, output);
        case "--help", "-h", "help" -> {
          output.say(HELP);
          yield 0;
        }
        case "--version" -> {
          output.say("hopscope " + Version.number());
          yield 0;
        }
        default -> throw new BadInputException("not supported: " + word + "; see --help");
      };
    } catch (BadInputException bad) {
      output.complain("hopscope: " + bad.getMessage());
      return 2;
    }
  }
}
