package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Many commands by one: ip -batch, bridge -batch and ip -all netns")
class BatchTest {
  private final Session session = new Session(Editor.fresh(7));
  private final Interpreter shell = new Interpreter(session);

  private List<Reply> run(String text) {
    List<Reply> replies = new ArrayList<>();
    shell.run(NetnsId.root("host"), text, e -> replies.add(e.reply()));
    return replies;
  }

  private String out(String text) {
    return String.join("\n", run(text).stream().flatMap(r -> r.out().stream()).toList());
  }

  private String err(String text) {
    return String.join("\n", run(text).stream().flatMap(r -> r.err().stream()).toList());
  }

  @Test
  @DisplayName("each line is a command, with remarks, blank lines and quotes, and the options hold for all of them")
  void runsLines() {
    assertThat(err("""
        ip -batch - <<X
        netns add red   # one
        link add "v0" type veth peer name v1

        link set v1 \\
          netns red
        X
        ip -n red -b - <<X
        addr add 10.1.0.1/24 dev v1
        link set v1 up
        X
        """)).isEmpty();
    assertThat(out("ip -n red -br addr show v1")).contains("10.1.0.1/24");
    assertThat(out("ip -j -batch - <<X\nlink show lo\naddr show lo\nX")).hasLineCount(2).startsWith("[{");
    assertThat(out("bridge -b - <<X\nfdb show\nX")).isEqualTo(out("bridge fdb show"));
  }

  @Test
  @DisplayName("the first failure ends it with its line number; with -force the rest is done all the same")
  void failures() {
    assertThat(err("ip -batch - <<X\nlink add d0 type dummy\nlink add d0 type dummy\nlink add d1 type dummy\nX"))
        .isEqualTo("RTNETLINK answers: File exists\nCommand failed -:2");
    assertThat(out("echo $?")).isEqualTo("1");
    assertThat(err("ip link show d1")).isEqualTo("Device \"d1\" does not exist.");
    assertThat(err("ip -force -batch - <<X\nlink add d0 type dummy\nbogus\nlink add d1 type dummy\nX"))
        .isEqualTo("RTNETLINK answers: File exists\nCommand failed -:1\nObject \"bogus\" is unknown, try \"ip help\".\n"
            + "Command failed -:2");
    assertThat(err("ip link show d1")).isEmpty();
    assertThat(err("ip -batch /tmp/none"))
        .isEqualTo("Cannot open file \"/tmp/none\" for reading: No such file or directory");
  }

  @Test
  @DisplayName("ip -all netns runs in every namespace, the newest first, and deletes them all")
  void allNamespaces() {
    run("ip netns add red; ip netns add blue");
    assertThat(out("ip -all netns exec ip -br link")).matches("(?s)\nnetns: blue\nlo .*\n\nnetns: red\nlo .*");
    run("ip -all netns del");
    assertThat(out("ip netns")).isEmpty();
    assertThat(run("ip -all link").getFirst().exit()).isZero();
  }
}
