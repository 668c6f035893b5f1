package org.hopscope.app.desktop.frame;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How far the model was held against a real kernel, as the build counted it from the recorded truths.
 *
 * @param release the kernel that was recorded; where there were several, all of them
 * @param cases how many cases there are
 * @param casesAgree in how many of them every line agrees
 * @param lines how many lines of commands they have
 * @param linesAgree how many of these agree
 */
public record Checked(String release, int cases, int casesAgree, int lines, int linesAgree) {
  private static final Pattern ROW = Pattern.compile("^\\| (kd-\\d+) \\| (.*?) \\| (.*?) \\|$", Pattern.MULTILINE);

  /**
   * A difference that is known and kept.
   *
   * @param id such as {@code kd-1}
   * @param what what differs
   * @param why why it is kept
   */
  public record Difference(String id, String what, String why) {
  }

  /** The figure; empty where the program was not made by its build. */
  static Optional<Checked> read() {
    return resource("checked.properties").map(text -> {
      Properties figure = new Properties();
      try {
        figure.load(new java.io.StringReader(text));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Checked(figure.getProperty("releases").replace(" ", ", "), number(figure, "cases"),
          number(figure, "cases.agree"), number(figure, "lines"), number(figure, "lines.agree"));
    });
  }

  /** The kernel as one says it: its major and minor number. */
  String kernel() {
    return release.replaceAll("(\\d+\\.\\d+)[^, ]*", "$1");
  }

  /** All that is known to differ. */
  static List<Difference> differences() {
    return resource("KNOWN_DIFFERENCES.md").stream()
        .flatMap(text -> ROW.matcher(text).results().map(Checked::difference)).toList();
  }

  private static Difference difference(MatchResult row) {
    return new Difference(row.group(1), row.group(2), row.group(3));
  }

  private static int number(Properties figure, String key) {
    return Integer.parseInt(figure.getProperty(key));
  }

  private static Optional<String> resource(String name) {
    try (InputStream in = Checked.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
