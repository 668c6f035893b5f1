package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.hopscope.model.lab.LabState;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What cannot be used gets a clear word and changes nothing. */
class NonsenseTest extends WindowCase {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  @Test
  void files_that_hold_no_lab_are_named_with_the_reason(FxRobot robot) throws IOException {
    Path text = Files.writeString(folder.resolve("text.hop"), "dear diary");
    Path binary = Files.write(folder.resolve("binary.hop"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, (byte) 0x80});
    Path empty = Files.writeString(folder.resolve("empty.hop"), "");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"report\": 99}");
    Path huge = folder.resolve("huge.hop");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(1L << 31);
    }
    for (Path nonsense : new Path[] {text, binary, empty, other, huge, folder, folder.resolve("missing.hop")}) {
      LabState before = workbench().labProperty().get();
      robot.interact(() -> window().take(nonsense));
      until(() -> robot.lookup(".toast").queryAllAs(Label.class).stream()
          .anyMatch(toast -> toast.getText().contains(nonsense.getFileName().toString())));
      assertThat(workbench().labProperty().get()).isSameAs(before);
    }
  }

  @Test
  void ten_thousand_pasted_lines_are_refused_in_one(FxRobot robot) {
    LabState before = workbench().labProperty().get();
    paste(robot, IntStream.range(0, 10_000).mapToObj(i -> "ip netns add n" + i).collect(Collectors.joining("\n")));
    until(() -> terminal().printed().contains("Nothing was run: 10,000 lines"));
    assertThat(workbench().labProperty().get()).isSameAs(before);
  }

  @Test
  void pasted_lines_are_shown_and_run_only_when_the_person_says_so(FxRobot robot) {
    LabState before = workbench().labProperty().get();
    paste(robot, "ip netns add red\nip netns add red\n");
    until(() -> robot.lookup("#paste-card").tryQuery().isPresent());
    assertThat(robot.lookup(".bad-text").queryAllAs(Label.class)).anyMatch(l -> l.getText().contains("File exists"));
    robot.type(KeyCode.ESCAPE);
    until(() -> robot.lookup("#paste-card").tryQuery().isEmpty());
    assertThat(workbench().labProperty().get()).isSameAs(before);
    paste(robot, "ip netns add red\nip netns add blue\n");
    until(() -> robot.lookup("#paste-run").tryQuery().isPresent());
    robot.type(KeyCode.ENTER);
    until(() -> commands().size() == 2);
  }

  private void paste(FxRobot robot, String text) {
    robot.interact(() -> {
      ClipboardContent content = new ClipboardContent();
      content.putString(text);
      Clipboard.getSystemClipboard().setContent(content);
      terminal().focusInput();
    });
    robot.press(KeyCode.CONTROL).type(KeyCode.V).release(KeyCode.CONTROL);
  }
}
