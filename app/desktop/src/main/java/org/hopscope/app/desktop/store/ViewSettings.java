package org.hopscope.app.desktop.store;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How the window was left: sizes, what is collapsed, the theme. A damaged file counts as none. */
public final class ViewSettings {
  private final Properties values = new Properties();

  /** Reads what a file remembers; nothing if there is none. */
  public static ViewSettings read(Path file) {
    ViewSettings settings = new ViewSettings();
    if (Files.isRegularFile(file)) {
      try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        settings.values.load(in);
      } catch (IOException | IllegalArgumentException e) {
        settings.values.clear();
      }
    }
    return settings;
  }

  /** A number, or what it is unless remembered. */
  public double number(String key, double otherwise) {
    try {
      return text(key).map(Double::parseDouble).filter(Double::isFinite).orElse(otherwise);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** A switch, or what it is unless remembered. */
  public boolean flag(String key, boolean otherwise) {
    return text(key).map(Boolean::parseBoolean).orElse(otherwise);
  }

  public Optional<String> text(String key) {
    return Optional.ofNullable(values.getProperty(key));
  }

  public void put(String key, Object value) {
    values.setProperty(key, String.valueOf(value));
  }

  /** The file's text: one setting a line, by name. */
  public String print() {
    var sorted = new TreeMap<String, String>();
    values.stringPropertyNames().forEach(key -> sorted.put(key, values.getProperty(key)));
    return sorted.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
