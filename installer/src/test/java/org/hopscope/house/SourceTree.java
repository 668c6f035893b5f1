package org.hopscope.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can be said about the sources without compiling them. */
final class SourceTree {
  private static final int LONGEST = 800;
  private static final Set<String> TEXTS = Set.of("java", "css", "properties", "xml", "json", "sh", "py");
  private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");
  // Built from halves, so that this file does not break its own rules.
  private static final Pattern MARK = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final Pattern SLEEP = Pattern.compile("Thread\\.sl" + "eep|WaitForAsyncUtils\\.sl" + "eep");
  private static final Pattern MACHINE_PATH = Pattern
      .compile("(^|[^A-Za-z0-9_.-])/(wor" + "k|roo" + "t|hom" + "e)/[a-z]");

  private SourceTree() {}

  /** Every offence below {@code root}: file, line and reason. */
  static List<String> offences(Path root) {
    var found = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(root)) {
      files.filter(file -> isText(root.relativize(file)) && Files.isRegularFile(file)).sorted()
          .forEach(file -> inspect(root, file, found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static boolean isText(Path file) {
    for (Path part : file) {
      if (SKIPPED.contains(part.toString())) {
        return false;
      }
    }
    String name = file.getFileName().toString();
    return TEXTS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static void inspect(Path root, Path file, List<String> found) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (MalformedInputException e) {
      found.add(root.relativize(file) + ": not UTF-8");
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String name = root.relativize(file).toString();
    if (name.endsWith(".java") && lines.size() > LONGEST) {
      found.add(name + ": " + lines.size() + " lines, more than " + LONGEST);
    }
    for (int i = 0; i < lines.size(); i++) {
      String at = name + ":" + (i + 1) + ": ";
      String line = lines.get(i);
      if (MARK.matcher(line).find()) {
        found.add(at + "unfinished mark");
      }
      if (name.endsWith(".java") && SLEEP.matcher(line).find()) {
        found.add(at + "fixed sleep");
      }
      if (MACHINE_PATH.matcher(line).find()) {
        found.add(at + "path of one machine");
      }
    }
  }
}
