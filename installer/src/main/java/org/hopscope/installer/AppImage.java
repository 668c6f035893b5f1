package org.hopscope.installer;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.hopscope.assets.Assets;

/** Writes the program with a runtime of its own, which holds JavaFX and no more of the JDK than is used. */
public final class AppImage {
  /**
   * The flags of every start. The serial collector starts fastest and takes the least memory for a program this size. The
   * optimising compiler is kept, and kept out of the start: on two cores it took a quarter of it for methods that run a few
   * thousand times; what a simulation runs reaches these thresholds within a moment. The quick compiler, too, waits until a
   * method has run twice as often as usual. Short object headers cost the start nothing and help what a simulation allocates.
   */
  public static final List<String> JVM_FLAGS = List.of(
      "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:-UsePerfData", "-Xms24m", "-XX:MinHeapFreeRatio=15",
      "-XX:MaxHeapFreeRatio=30",
      "-Xss512k", "-XX:TrimNativeHeapInterval=3000", "-XX:CompileThresholdScaling=2",
      "-XX:Tier4InvocationThreshold=25000", "-XX:Tier4MinInvocationThreshold=10000",
      "-XX:Tier4CompileThreshold=50000", "-XX:Tier4BackEdgeThreshold=1000000", "-XX:+UnlockDiagnosticVMOptions",
      "-XX:-AOTReplayTraining", "-Xlog:disable", "-Xlog:all=error:stderr",
      "--enable-native-access=ALL-UNNAMED,javafx.graphics");
  private static final String MODULES =
      "java.base,java.desktop,java.logging,java.xml,jdk.unsupported,jdk.zipfs,javafx.controls";

  private AppImage() {}

  static void write(Recipe recipe) throws IOException {
    Path parent = recipe.image().getParent();
    delete(parent);
    Files.createDirectories(parent);
    Path scratch = Files.createTempDirectory("hopscope-image");
    try {
      Path icon = scratch.resolve("hopscope.png");
      try (var in = Assets.icons().getLast().openStream()) {
        Files.copy(in, icon);
      }
      Path cli = scratch.resolve("cli.properties");
      Files.writeString(cli, """
          main-jar=hopscope-cli.jar
          main-class=org.hopscope.app.cli.Main
          java-options=-XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr -XX:AOTCache=$APPDIR/hopscope-cli.aot
          linux-shortcut=false
          """);
      var words = new ArrayList<String>(List.of(
          "--type", "app-image", "--name", Recipe.NAME, "--app-version", recipe.version(), "--vendor",
          "The Hopscope project",
          "--description", "Container networking, built by hand and watched packet by packet",
          "--input", recipe.input().toString(), "--main-jar", "hopscope-desktop.jar", "--main-class", Recipe.MAIN,
          "--module-path", recipe.javafx().toString(), "--add-modules", MODULES,
          // No --strip-native-commands: the ahead-of-time caches are trained with the runtime's own java.
          "--jlink-options", "--strip-java-debug-attributes --no-header-files --no-man-pages",
          "--add-launcher", "hopscope-cli=" + cli, "--icon", icon.toString(), "--dest", parent.toString(), "--temp",
          scratch.resolve("work-in-progress").toString(), "--java-options",
          "-XX:AOTCache=$APPDIR/" + Recipe.NAME + ".aot"));
      for (String flag : JVM_FLAGS) {
        words.addAll(List.of("--java-options", flag));
      }
      jpackage(words);
    } finally {
      delete(scratch);
    }
  }

  private static void jpackage(List<String> words) throws IOException {
    var said = new StringWriter();
    var out = new PrintWriter(said);
    int exit = ToolProvider.findFirst("jpackage").orElseThrow(() -> new IOException("this JDK has no jpackage"))
        .run(out, out, words.toArray(String[]::new));
    out.flush();
    if (exit != 0) {
      throw new IOException("jpackage failed with " + exit + ":\n" + said);
    }
  }

  /** Deletes a folder and what is in it. */
  public static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
