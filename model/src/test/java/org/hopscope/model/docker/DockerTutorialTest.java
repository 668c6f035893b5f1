package org.hopscope.model.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Commands of docker as they stand in tutorials")
class DockerTutorialTest {
  private final Session session = new Session(Editor.fresh(3));
  private final NetnsId root = session.state().firstHost().root();

  private List<String> ok(String text) {
    Reply reply = Shell.run(session, root, text);
    assertThat(reply.err()).as(text).isEmpty();
    assertThat(reply.exit()).as(text).isZero();
    return reply.out();
  }

  @Test
  @DisplayName("a container that publishes a port can be restarted: the port is its own")
  void restart() {
    ok("docker run -d --name web -p 8080:80 nginx");
    ok("docker restart web");
    assertThat(ok("curl -s http://127.0.0.1:8080").getFirst()).startsWith("web");
    Reply clash = Shell.run(session, root, "docker run -d --name other -p 8080:80 nginx");
    assertThat(clash.err().getFirst()).endsWith("Bind for 0.0.0.0:8080 failed: port is already allocated");
  }

  @Test
  @DisplayName("a port of a server of the host's own cannot be published, before or after a restart")
  void taken() {
    ok("serve @host 8081/tcp");
    Reply clash = Shell.run(session, root, "docker run -d --name web -p 8081:80 nginx");
    assertThat(clash.err().getFirst()).endsWith("failed to bind host port 0.0.0.0:8081/tcp: address already in use");
  }

  @Test
  @DisplayName("ports that nobody chose are drawn one after the other")
  void drawn() {
    ok("docker run -d --name one -P nginx; docker run -d --name two -p 80 nginx; docker run -d --name three -p 127.0.0.1::80 httpd");
    assertThat(ok("docker port one; docker port two; docker port three")).containsExactly("80/tcp -> 0.0.0.0:32768",
        "80/tcp -> 0.0.0.0:32769", "80/tcp -> 127.0.0.1:32770");
    assertThat(ok("curl -s 127.0.0.1:32769").getFirst()).startsWith("two");
    ok("docker run -d --name none -P alpine");
    assertThat(ok("docker port none")).isEmpty();
  }

  @Test
  @DisplayName("without -d a container lives as long as its command, whose exit status is handed on; --rm leaves nothing")
  void once() {
    ok("docker run -d --name web nginx");
    String address = ok("docker inspect -f '{{.NetworkSettings.Networks.bridge.IPAddress}}' web").getFirst();
    assertThat(ok("docker run --rm alpine curl -s http://" + address).getFirst()).startsWith("web");
    assertThat(ok("docker ps -aq")).hasSize(1);
    assertThat(Shell.run(session, root, "docker run --rm -it --name probe busybox ping -c 1 -W 1 172.17.0.99").exit())
        .isEqualTo(1);
    assertThat(ok("docker ps -aq")).hasSize(1);
    ok("docker run --name left alpine ip link");
    assertThat(ok("docker ps -a").toString()).contains("left").contains("Exited");
    assertThat(Shell.run(session, root, "docker run --name left alpine ip link").exit()).isEqualTo(125);
    assertThat(ok("docker run --rm --network none alpine ls /sys/class/net")).containsExactly("lo");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{{.Name}}|/web", "{{.State.Running}} {{.State.Status}}|true running",
      "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}|172.17.0.2 172.30.0.2 ",
      "{{range $name, $of := .NetworkSettings.Networks}}{{$name}}={{$of.IPAddress}};{{end}}|bridge=172.17.0.2;shop=172.30.0.2;",
      "{{(index .NetworkSettings.Networks \"shop\").IPAddress}}|172.30.0.2", "{{len .NetworkSettings.Networks}}|2",
      "{{if .State.Running}}up{{else}}down{{end}}|up", "a{{- \"b\" -}} c|abc",
      "{{json .HostConfig.NetworkMode}}|\"bridge\""})
  @DisplayName("inspect -f understands templates")
  void templates(String template, String says) {
    ok("docker network create --subnet 172.30.0.0/24 shop; docker run -d --name web nginx; docker network connect shop web");
    assertThat(ok("docker inspect -f '" + template + "' web").getFirst().strip()).isEqualTo(says.strip());
    assertThat(ok("docker inspect --format='" + template + "' web").getFirst().strip()).isEqualTo(says.strip());
  }

  @ParameterizedTest
  @CsvSource({"{{.State.Paused}},.State.Paused", "{{split .Name}},split", "{{range .State}}x,a block without {{end}}",
      "{{.Name | json}},|", "x{{end}},{{end}} without a beginning"})
  @DisplayName("what a template asks for that is not there is refused by name")
  void refused(String template, String names) {
    ok("docker run -d --name web nginx");
    Reply reply = Shell.run(session, root, "docker inspect -f '" + template + "' web");
    assertThat(reply.exit()).isEqualTo(Reply.UNSUPPORTED);
    assertThat(reply.err().getFirst()).isEqualTo("hopscope: not supported: docker inspect -f " + names);
  }

  @Test
  @DisplayName("prune takes the networks that nobody is on, and says which")
  void prune() {
    ok("docker network create one; docker network create two; docker run -d --name web --network two nginx");
    assertThat(ok("docker network prune -f")).containsExactly("Deleted Networks:", "one", "");
    assertThat(ok("docker network ls").toString()).contains("two").doesNotContain(" one ");
    assertThat(ok("docker network prune -f")).isEmpty();
  }
}
