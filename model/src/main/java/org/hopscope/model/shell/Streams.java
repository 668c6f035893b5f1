package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.shell.syntax.Node;

/**
 * Where a command's input comes from and its output goes.
 *
 * @param in the lines it can read
 * @param out standard output
 * @param err standard error
 */
record Streams(List<String> in, Sink out, Sink err) {
  private static final Set<String> OUT = Set.of(">", ">>", ">|", "1>", "1>>");
  private static final Set<String> ERR = Set.of("2>", "2>>");
  private static final Set<String> BOTH = Set.of("&>", "&>>");

  /** A place for lines. */
  sealed interface Sink {
    /** The terminal. */
    record Screen(boolean err) implements Sink {
    }

    /** {@code /dev/null}. */
    record Nowhere() implements Sink {
    }

    /** Another command reads them; compared by what it is and not by what it holds. */
    final class Kept implements Sink {
      final List<String> lines = new ArrayList<>();
    }

    /** A file of the host, or one below {@code /proc/sys}; {@code append} keeps what is in it. */
    record File(String path, boolean append) implements Sink {
    }
  }

  /** A terminal and no input. */
  static final Streams TERMINAL = new Streams(List.of(), new Sink.Screen(false), new Sink.Screen(true));

  Streams withIn(List<String> lines) {
    return new Streams(lines, out, err);
  }

  Streams withOut(Sink sink) {
    return new Streams(in, sink, err);
  }

  Streams withErr(Sink sink) {
    return new Streams(in, out, sink);
  }

  /** With a redirection made; {@code target} is what its word came to. */
  Streams with(Node.Redirection redirection, String target) throws Stop {
    String sign = redirection.sign();
    if (sign.equals("<<")) {
      return withIn(target.lines().toList());
    }
    Optional<Sink> file = file(target, sign.endsWith(">>"));
    if (OUT.contains(sign) && file.isPresent()) {
      return withOut(file.get());
    }
    if (ERR.contains(sign) && file.filter(f -> f instanceof Sink.Nowhere).isPresent()) {
      return withErr(file.get());
    }
    if (BOTH.contains(sign) && file.filter(f -> f instanceof Sink.Nowhere).isPresent()) {
      return withOut(file.get()).withErr(file.get());
    }
    return switch (sign + target) {
      case "2>&1" -> withErr(out);
      case ">&2", "1>&2" -> withOut(err);
      case ">&1", "1>&1", "2>&2" -> this;
      default -> throw Stop.unsupported(sign + " " + target + " (" + redirection.at() + ")");
    };
  }

  private static Optional<Sink> file(String name, boolean append) {
    return name.equals("/dev/null") ? Optional.of(new Sink.Nowhere())
        : name.matches("&.*") ? Optional.empty()
        : Optional.of(new Sink.File(name, append));
  }
}
