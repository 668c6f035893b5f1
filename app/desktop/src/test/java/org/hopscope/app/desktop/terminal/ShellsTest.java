package org.hopscope.app.desktop.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.Test;

/** Shells opened one inside the other at the terminal's prompt. */
class ShellsTest {
  private final Session session = new Session(Editor.fresh(7));
  private final NetnsId root = session.state().firstHost().root();
  private final Shells shells = new Shells();
  private NetnsId at = root;

  /** Where the prompt stands after some lines. */
  private NetnsId after(String... lines) {
    List.of(lines).forEach(line -> shells.moved(session.state(), at, line).ifPresent(there -> at = there));
    return at;
  }

  @Test
  void exitLeavesTheInnermostShellAndNothingElse() {
    Shell.run(session, root, "ip netns add red; ip netns add blue");
    assertThat(after("ip netns exec red bash")).isEqualTo(new NetnsId(root.host(), "red"));
    assertThat(after("ip a", "ip netns exec blue sh")).isEqualTo(new NetnsId(root.host(), "blue"));
    assertThat(after("exit")).isEqualTo(new NetnsId(root.host(), "red"));
    assertThat(after("logout")).isEqualTo(root);
    assertThat(after("exit")).isEqualTo(root);
  }

  @Test
  void whoGoesElsewhereByHandHasLeftThemAll() {
    Shell.run(session, root, "ip netns add green");
    after("ip netns exec green bash");
    shells.clear();
    assertThat(after("exit")).isEqualTo(new NetnsId(root.host(), "green"));
  }
}
