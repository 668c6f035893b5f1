package org.hopscope.app.cli;

import java.util.List;
import java.util.Set;
import org.hopscope.app.cli.bench.Bench;
import org.hopscope.app.cli.bench.Figure;

/** {@code bench CASE}: measures, after warming up, and prints one line a figure; 0 when it could. */
final class BenchCommand {
  private BenchCommand() {
  }

  static int run(Options options, Terminal terminal) throws BadInputException {
    options.allowOnly(Set.of(), Set.of("--n", "--routers", "--seconds", "--services", "--nodes"));
    if (options.words().size() != 1) {
      throw new BadInputException(Messages.of("bench.one-case"));
    }
    String word = options.words().getFirst();
    double seconds = number(options, "--seconds", 5);
    List<Figure> figures = switch (word) {
      case "star" -> Bench.star(number(options, "--n", 100), seconds);
      case "chain" -> Bench.chain(number(options, "--routers", 10), seconds);
      case "first" -> Bench.first(number(options, "--n", 1000));
      case "rules" -> Bench.rules(number(options, "--services", 5000));
      case "load" -> Bench.load(number(options, "--n", 500));
      case "why" -> Bench.why(number(options, "--n", 100));
      case "matrix" -> Bench.matrix(number(options, "--n", 100));
      case "checks" -> Bench.checks(number(options, "--n", 1000));
      case "routes" -> Bench.routes(number(options, "--n", 10_000));
      case "cluster" -> Bench.cluster(number(options, "--nodes", 100));
      case "memory" -> Bench.memory(number(options, "--n", 1000));
      default -> throw new BadInputException(Messages.of("bench.unknown", word));
    };
    figures.forEach(f -> terminal.say(f.line()));
    return 0;
  }

  private static int number(Options options, String name, int otherwise) throws BadInputException {
    String text = options.value(name).orElse(Integer.toString(otherwise));
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new BadInputException(Messages.of("bench.number", name, text));
    }
    return Integer.parseInt(text);
  }
}
