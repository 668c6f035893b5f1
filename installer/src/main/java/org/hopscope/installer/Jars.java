package org.hopscope.installer;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javafx.css.Stylesheet;

/**
 * Makes jars quicker to start from, before an ahead-of-time cache is made of them: call sites that no cache can hold become
 * plain code, and each stylesheet gets its parsed form beside it, which JavaFX prefers.
 */
final class Jars {
  private final PlainCalls calls;

  private Jars(PlainCalls calls) {
    this.calls = calls;
  }

  /**
   * Rewrites jars in their place.
   *
   * @param jars the jars
   * @param others further jars that these refer to
   */
  static void prepare(List<Path> jars, List<Path> others) throws IOException {
    var urls = new ArrayList<URL>();
    for (Path jar : Stream.concat(jars.stream(), others.stream()).toList()) {
      urls.add(jar.toUri().toURL());
    }
    try (var classes = new URLClassLoader(urls.toArray(URL[]::new))) {
      var preparing = new Jars(new PlainCalls(classes));
      for (Path jar : jars) {
        preparing.rewrite(jar);
      }
    }
  }

  /** The jars in a folder. */
  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private void rewrite(Path jar) throws IOException {
    Path fresh = Files.createTempFile(jar.toAbsolutePath().getParent(), "prepared", ".jar");
    try (var in = new JarFile(jar.toFile()); var out = new JarOutputStream(Files.newOutputStream(fresh))) {
      for (Enumeration<JarEntry> entries = in.entries(); entries.hasMoreElements();) {
        JarEntry entry = entries.nextElement();
        String name = entry.getName();
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        if (name.endsWith(".css")) {
          put(out, entry, name.replaceFirst("css$", "bss"), parsed(bytes));
        }
        put(out, entry, name, name.endsWith(".class") ? calls.rewrite(bytes) : bytes);
      }
    }
    Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void put(JarOutputStream out, JarEntry like, String name, byte[] bytes) throws IOException {
    var entry = new JarEntry(name);
    entry.setTime(like.getTime());
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  private static byte[] parsed(byte[] sheet) throws IOException {
    Path text = Files.createTempFile("sheet", ".css");
    Path binary = Files.createTempFile("sheet", ".bss");
    try {
      Files.write(text, sheet);
      Stylesheet.convertToBinary(text.toFile(), binary.toFile());
      return Files.readAllBytes(binary);
    } finally {
      Files.delete(text);
      Files.delete(binary);
    }
  }
}
