package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Processes, and the files by which their namespaces are found")
class ProcessesTest {
  private final Session session = new Session(Editor.fresh(1));
  private final NetnsId root = session.state().firstHost().root();

  @BeforeEach
  void twoContainersAndTwoNamespaces() {
    run("""
        ip netns add red
        ip netns add blue
        ip netns exec blue python3 -m http.server 80 &
        docker run -d --name web nginx
        docker run -d --name side --network container:web busybox sleep 1d
        """);
  }

  private List<String> run(String text) {
    return Shell.run(session, root, text).out();
  }

  private String number(String container) {
    return run("docker inspect -f '{{.State.Pid}}' " + container).getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nsenter -t PID -n ip -br link", "nsenter --target PID --net ip -br link",
      "nsenter -tPID -n ip -br link", "nsenter --net=/proc/PID/ns/net ip -br link"})
  @DisplayName("who knows a container's process gets into its namespace")
  void enter(String line) {
    String inside = "docker exec web ip -br link";
    assertThat(run(line.replace("PID", number("web")))).isEqualTo(run(inside)).hasSize(2);
    assertThat(run(line.replace("PID", number("side")))).isEqualTo(run(inside));
    assertThat(run(line.replace("PID", "1"))).isEqualTo(run("ip -br link"));
  }

  @Test
  @DisplayName("a container that has ended has no process; each that runs has a number of its own")
  void ends() {
    String web = number("web");
    assertThat(number("side")).isNotEqualTo(web);
    run("docker stop side web");
    assertThat(number("web")).isEqualTo("0");
    assertThat(Shell.run(session, root, "nsenter -t " + web + " -n ip link").err())
        .containsExactly("nsenter: cannot open /proc/" + web + "/ns/net: No such file or directory");
    run("docker start web");
    assertThat(number("web")).isEqualTo(web);
  }

  @Test
  @DisplayName("two files stand for the same namespace when they have the same number")
  void numbers() {
    assertThat(run("readlink /proc/self/ns/net /proc/1/ns/net")).containsExactly("net:[4026531833]",
        "net:[4026531833]");
    String red = run("ip netns exec red readlink /proc/self/ns/net").getFirst();
    String blue = run("nsenter -t $(ip netns pids blue) -n readlink /proc/self/ns/net").getFirst();
    assertThat(red).isNotEqualTo(blue);
    assertThat(run("ls -i /run/netns")).containsExactly(blue.replaceAll("\\D", "") + " blue",
        red.replaceAll("\\D", "") + " red");
    assertThat(run("ls -l /proc/" + number("web") + "/ns/net").getFirst())
        .endsWith("-> " + run("docker exec side readlink /proc/self/ns/net").getFirst());
    assertThat(Shell.run(session, root, "readlink /proc/4/ns/net").exit()).isEqualTo(1);
  }

  @Test
  @DisplayName("lsns shows the namespaces in which something runs, and where the name of each lies")
  void lists() {
    List<String> lines = run("lsns -t net");
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).startsWith("4026531833 net ").endsWith("/sbin/init");
    assertThat(lines.get(2)).contains("/run/netns/blue ").endsWith("├─python3");
    assertThat(lines.get(3)).containsPattern(" 2 " + number("web") + " root +0 /run/docker/netns/")
        .endsWith("└─nginx");
    assertThat(run("lsns -n -t net")).hasSize(3).first().asString().startsWith("4026531833 net 1     1 root");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ln -sf /proc/PID/ns/net /var/run/netns/shop", "ip netns attach shop PID"})
  @DisplayName("a container's namespace gets a name for ip netns, is undone with it, and typed again from its command")
  void named(String line) {
    LabState before = session.state();
    String typed = line.replace("PID", number("web"));
    run("mkdir -p /var/run/netns");
    run(typed);
    assertThat(run("ip netns")).containsExactly("shop (id: 0)", "blue", "red");
    assertThat(run("ip netns exec shop ip -br a")).isEqualTo(run("docker exec web ip -br a"));
    assertThat(run("ip -n shop route")).isEqualTo(run("docker exec web ip route"));
    assertThat(run("ip netns identify " + number("side"))).containsExactly("shop");
    run("ip link add v0 type veth peer name v1");
    run("ip link set v1 netns shop");
    assertThat(run("docker exec web ip -br link")).anyMatch(l -> l.startsWith("v1@"));
    run("ip link del v0");
    assertThat(Shell.run(session, root, typed).err()).allMatch(l -> l.contains("File exists"));
    run("ip netns delete shop");
    assertThat(run("ip netns")).containsExactly("blue", "red");
    assertThat(session.state().hosts()).isEqualTo(before.hosts());
    assertThat(run("docker exec web ip -br link")).hasSize(2);
  }

  @Test
  @DisplayName("a device moves to the namespace of a process, by its number")
  void moves() {
    run("ip link add v0 type veth peer name v1");
    run("ip link set v1 netns " + number("web"));
    assertThat(run("docker exec web ip -br link")).anyMatch(l -> l.startsWith("v1@"));
    assertThat(Shell.run(session, root, "ip link set v0 netns 77").err())
        .containsExactly("RTNETLINK answers: No such process");
    assertThat(Shell.run(session, root, "ip link set v0 netns x77").err())
        .containsExactly("Error: argument \"x77\" is wrong: Invalid \"netns\" value");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "nsenter -n ip link|nsenter: neither filename nor target pid supplied for ns/net",
      "nsenter -t x -n ip link|nsenter: failed to parse pid: 'x': Invalid argument",
      "nsenter -t 1 -m ip link|hopscope: not supported: nsenter -m",
      "ip netns attach w 9|Bind /proc/9/ns/net -> /run/netns/w failed: No such file or directory",
      "ip netns attach w x|Error: argument \"x\" is wrong: Invalid \"pid\" value",
      "ls -l /proc/9/ns/net|ls: cannot access '/proc/9/ns/net': No such file or directory",
      "ln -s /tmp/a /tmp/b|hopscope: not supported: ln -s /tmp/a /tmp/b",
      "mkdir /tmp/a|hopscope: not supported: mkdir without -p",
      "mkdir -p /opt/a|hopscope: not supported: mkdir -p /opt/a",
      "lsns -t mnt|hopscope: not supported: lsns -t mnt", "lsns|hopscope: not supported: lsns without -t net",
      "modprobe zz|modprobe: FATAL: Module zz not found in directory /lib/modules/6.18.44",
      "uname -p|hopscope: not supported: uname -p"})
  @DisplayName("what is not there, or not modelled, is said so and changes nothing")
  void refused(String line, String error) {
    LabState before = session.state();
    assertThat(Shell.run(session, root, line).err()).containsExactly(error);
    assertThat(session.state()).isSameAs(before);
  }

  @Test
  @DisplayName("uname tells of the kernel that the model is held against; what is modelled counts as loaded")
  void kernel() {
    assertThat(run("uname; uname -r; uname -a")).containsExactly("Linux", "6.18.44", "Linux host 6.18.44 x86_64");
    assertThat(Shell.run(session, root, "modprobe br_netfilter && modprobe -a overlay vxlan").exit()).isZero();
  }
}
