package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Words taken out of lines, as tutorials take addresses out of what ip says")
class FieldsTest {
  private final Session session = new Session(Editor.fresh(1));
  private final NetnsId root = session.state().firstHost().root();

  private Reply run(String line) {
    Shell.run(session, root, "ip link add v0 type dummy; ip addr add 10.3.0.7/20 dev v0; ip link set v0 up;"
        + " ip route add default via 10.3.0.1");
    return Shell.run(session, root, line);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "ip -4 addr show v0 ! awk '/inet/ {print $2}'|10.3.0.7/20",
      "ip -4 addr show v0 ! awk '/inet/ {print $2}' ! cut -d/ -f1|10.3.0.7",
      "ip -4 -o addr show v0 ! awk '{print $4}' ! cut -d '/' -f 2|20", "ip route ! awk '/default/ {print $3}'|10.3.0.1",
      "ip route ! awk '!/default/ { print $1 \" by \" $3, $NF; }'|10.3.0.0/20 by v0 10.3.0.7",
      "ip route ! awk 'NR==2 {print $1}'|10.3.0.0/20", "ip route ! awk 'NR>1{print $0}' ! cut -c 1-4,6|10.30",
      "ip route ! sed -n 2p ! cut -d' ' -f1,3-4|10.3.0.0/20 v0 proto",
      "ip route ! sed -n '/default/p'|default via 10.3.0.1 dev v0 ",
      "ip route ! head -1 ! sed 's/default/0.0.0.0/;' |?sed 's/default/0.0.0.0/;'",
      "ip route ! head -1 ! sed 's/default/0.0.0.0/'|0.0.0.0 via 10.3.0.1 dev v0 ",
      "echo a.b.c ! sed 's/\\./-/g'|a-b-c", "echo 10.3.0.7/20 ! sed -E 's#([0-9.]+)/(.*)#\\2 of \\1#'|20 of 10.3.0.7",
      "echo x ! sed 's/x/[&]$/'|[x]$", "echo a  b ! tr -s ' '|a b", "echo Eth0 ! tr A-Z a-z|eth0",
      "echo '\"v0\",' ! tr -d '\",'|v0", "ip route ! wc -l|2", "echo a:b ! awk -F: '{print $2}'|b",
      "echo one two ! awk '{print}'|one two", "echo a ! awk '{print $1+1}'|?awk print +1",
      "echo a ! awk 'BEGIN{}'|?awk 'BEGIN{}'", "echo a ! awk '{print $1}' f|?awk in a file: f",
      "echo a ! sed -i s/a/b/|?sed -i",
      "echo a ! cut -b 1|?cut -b", "echo a ! tr '[:lower:]' x|?tr [:lower:]"})
  @DisplayName("each program says what the real one says, or is refused by name (behind a question mark)")
  void words(String line, String says) {
    Reply reply = run(line.replace('!', '|').replace("'|/", "'!/"));
    if (says.startsWith("?")) {
      assertThat(reply.err().getFirst()).startsWith("hopscope: not supported: " + says.substring(1).strip());
    } else {
      assertThat(reply.out()).as(reply.err().toString()).hasSize(1);
      assertThat(reply.out().getFirst().strip()).isEqualTo(says.strip());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"cut -d ab -f1|cut: the delimiter must be a single character",
      "cut -d a|cut: you must specify a list of bytes, characters, or fields",
      "cut -f x|cut: invalid field value ‘x’"})
  @DisplayName("what is wrong is said as the real program says it")
  void wrong(String line, String error) {
    assertThat(run("echo a | " + line).err().getFirst()).isEqualTo(error);
  }
}
