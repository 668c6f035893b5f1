package org.hopscope.app.desktop.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs the measurement of {@link CanvasFrames} where somebody asks for it: {@code -Dframes=SECONDS}, on a quiet
 * display. The figures go to {@code target/canvas-frames.tsv}. */
@EnabledIfSystemProperty(named = "frames", matches = "[0-9.]+")
class CanvasFramesTest {
  @Test
  void framesAreMeasured() throws Exception {
    List<String> command = Stream.concat(
        Stream.of(ProcessHandle.current().info().command().orElseThrow(), "-Dprism.order=sw",
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
            CanvasFrames.Start.class.getName(), System.getProperty("frames"), System.getProperty("frames.turns", "1")),
        Stream.of(System.getProperty("frames.only", "").split(",")).filter(s -> !s.isEmpty())).toList();
    Path figures = Path.of("target", "canvas-frames.tsv");
    assertThat(new ProcessBuilder(command).redirectOutput(figures.toFile()).start().waitFor()).isZero();
    assertThat(figures).isNotEmptyFile();
  }
}
