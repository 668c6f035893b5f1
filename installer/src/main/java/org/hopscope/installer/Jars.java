package org.hopscope.installer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.css.Stylesheet;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.theme.Theme;

/**
 * Makes jars quicker to start from, before an ahead-of-time cache is made of them: what is never used goes, call sites that no cache can hold become
 * plain code, each stylesheet gets its parsed form beside it, which JavaFX prefers, and beside the program's own sheet come
 * what it needs of the toolkit's and, for each theme, all its sheets as one.
 */
final class Jars {
  /** The program's own sheet, and how what it needs of the toolkit's is called beside it. */
  private static final String OWN_SHEET = "hopscope.css";
  private static final String TOOLKIT_SHEET = "toolkit.css";

  /** The calls of the Kubernetes API: manifests are held against its models, and nobody is called. */
  private static final String UNUSED = "io/kubernetes/client/openapi/apis/";

  private static final Pattern TOOLKIT_CLASS = Pattern.compile("javafx/scene/(?:control|web|chart)/([A-Za-z]+)");

  private final PlainCalls calls;
  private final String toolkitSheet;

  private Jars(PlainCalls calls, String toolkitSheet) {
    this.calls = calls;
    this.toolkitSheet = toolkitSheet;
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
      var preparing =
          new Jars(new PlainCalls(classes), LeanSheet.of(text(classes, LeanSheet.WHOLE), named(jars)::contains));
      for (Path jar : jars) {
        preparing.rewrite(jar);
      }
    }
  }

  private static String text(ClassLoader classes, String resource) throws IOException {
    try (InputStream in = classes.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no jar holds " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The simple names of the toolkit's classes that classes of these jars name. */
  private static Set<String> named(List<Path> jars) throws IOException {
    Set<String> names = new HashSet<>();
    for (Path jar : jars) {
      try (var in = new JarFile(jar.toFile())) {
        for (JarEntry entry : in.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
          String bytes = new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
          TOOLKIT_CLASS.matcher(bytes).results().map(found -> found.group(1)).forEach(names::add);
        }
      }
    }
    return names;
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
        if (name.startsWith(UNUSED)) {
          continue;
        }
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        if (name.endsWith("/" + OWN_SHEET)) {
          sheet(out, entry, name.replace(OWN_SHEET, TOOLKIT_SHEET), toolkitSheet.getBytes(StandardCharsets.UTF_8));
          for (Theme theme : Theme.values()) {
            sheet(out, entry, name.replace(OWN_SHEET, Appearance.sheetName(theme)),
                Appearance.sheet(theme).getBytes(StandardCharsets.UTF_8));
          }
        }
        if (name.endsWith(".css")) {
          sheet(out, entry, name, bytes);
        } else {
          put(out, entry, name, name.endsWith(".class") ? calls.rewrite(bytes) : bytes);
        }
      }
    }
    Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void sheet(JarOutputStream out, JarEntry like, String name, byte[] text) throws IOException {
    put(out, like, name, text);
    put(out, like, name.replaceFirst("css$", "bss"), parsed(text));
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
