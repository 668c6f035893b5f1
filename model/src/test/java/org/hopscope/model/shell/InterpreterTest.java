package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell language of scripts and of the terminal; what bash says of the same texts is in the expectations. */
class InterpreterTest {
  private final Session session = new Session(Editor.fresh(1));
  private final Interpreter shell = new Interpreter(session);
  private final List<Executed> seen = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {"A=1; echo $A ~ 1", "A=x; echo ${A}y $Ay. ~ xy .",
      "A='a b'; echo $A | wc -l ~ 1", "echo 'a  b' \"c  d\" e\\ \\ f ~ a  b c  d e  f",
      "A='x   y'; echo $A; echo \"$A\" ~ x y/x   y", "echo '$A' \"\\$A\" ~ $A $A", "echo ${B:-none} ~ none",
      "echo a # b ~ a", "echo a#b ~ a#b", "echo $((1 + 2 * 3)) $((0x10)) $(((7 - 2) % 3)) ~ 7 16 2",
      "I=3; echo $((I * I + $I)) $((I > 2 && I < 4)) ~ 12 1", "echo {1..5} ~ 1 2 3 4 5",
      "echo a{b,c{d,e}}f ~ abf acdf acef", "echo {08..10} {c..a} {1..10..4} ~ 08 09 10 c b a 1 5 9",
      "echo {} {a} '{1,2}' {1..b} ~ {} {a} {1,2} {1..b}", "X=z; echo {$X,y}1 ~ z1 y1",
      "for i in 1 2 3; do echo $i; done ~ 1/2/3",
      "for i in $(seq 3); do echo n$i; done ~ n1/n2/n3", "for i in; do echo $i; done ~ ``",
      "true && echo yes || echo no ~ yes", "false && echo yes || echo no ~ no", "false; echo $? ~ 1",
      "! false; echo $? ~ 0", "if [ 1 -eq 1 ]; then echo a; else echo b; fi ~ a",
      "if test x = y; then echo a; elif [ -n x ]; then echo b; fi ~ b",
      "i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done ~ 0/1/2",
      "i=0; until [ $i -ge 2 ]; do echo $i; i=$((i+1)); done ~ 0/1",
      "for i in 1 2 3; do if [ $i = 2 ]; then continue; fi; echo $i; done ~ 1/3",
      "while true; do echo once; break; done; echo out ~ once/out", "{ echo a; echo b; } | wc -l ~ 2",
      "echo $(echo 'a   b') \"$(echo 'a   b')\" ~ a b a   b", "A=$(false); echo $? ~ 1",
      "echo \"$(echo \"in $(echo deep)\")\" ~ in deep", "echo hidden > /dev/null; echo shown ~ shown",
      "frob 2>/dev/null; echo $? ~ 127", "sh -c 'A=2; echo $A'; echo [$A] ~ 2/[]",
      "export A=1; bash -c 'echo $A' ~ 1", "A=1; sh -c 'echo [$A]' ~ []", "sh -c 'exit 7'; echo $? ~ 7",
      "(echo ~ ``", "seq 5 | head -n 2 ~ 1/2", "seq 5 | tail -1 ~ 5", "seq 10 | grep -v 1 | wc -l ~ 8",
      "printf x ~ ``", "cat <<EOF | grep -c b\\na\\nb $((1+1))\\nEOF\\n ~ 1", "set -- ; echo no ~ no",
      "echo a \\\\\\n b ~ a b", "echo $# [$1] ~ 0 []", "echo one && sudo echo two ~ one/two",
      "set -e; false; echo never ~ ``", "set -e; false || echo caught; if false; then :; fi; echo on ~ caught/on",
      "set -e; ! true; echo on ~ on", "set -euo pipefail; false | true; echo never ~ ``",
      "false | true; echo $? ~ 0", "echo 'it'\"'\"'s' ~ it's", "ip -br link show | grep -o lo ~ lo",
      "echo -e 'a\\\\tb' ~ a\\tb", "echo a;echo b ~ a/b",
      "echo a > f; echo b >> f; tee g < f >/dev/null; cat f g ~ a/b/a/b",
      "cat <(echo a) <(echo b) ~ a/b", "echo x > f; rm f; cat f; echo $? ~ 1", "echo a>/dev/null;echo b ~ b",
      "exit 3; echo no ~ ``"})
  void aTextPrints(String text, String lines) {
    run(text.replace("\\n", "\n").replace("\\\\", "\\"));
    assertThat(String.join("/", out())).as(text).isEqualTo(lines.replace("\\t", "\t"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {"echo a 2> out.txt ~ 2> out.txt (line 1, column 8)",
      "f() { echo a; } ~ functions (line 1, column 1)", "function f { :; } ~ function (line 1, column 1)",
      "echo hi &\\necho ho ~ & behind echo (nothing runs in the background but servers)",
      "case x in x) echo;; esac ~ case (line 1, column 1)", "ip link | perl -ne print ~ perl",
      "( echo a ) ~ ( (a subshell) (line 1, column 1)", "A=(1 2) ~ arrays (line 1, column 1)",
      "[[ a = a ]] ~ [[ (line 1, column 1)",
      "echo ${A#x} ~ ${A#…} (line 1, column 6)", "A=1 ip link ~ A= in front of a command (line 1, column 1)",
      "cat /etc/passwd ~ /etc/passwd", "set -o vi ~ set -o vi",
      "echo $! ~ $! (line 1, column 6)", "ed x ~ ed", "cd /tmp ~ cd", "sudo -u x ip link ~ sudo -u",
      "for ((i=0;i<3;i++)); do :; done ~ for (( (line 1, column 1)", "echo a >(cat) ~ >( (line 1, column 8)",
      "cat < /etc/passwd ~ /etc/passwd",
      "bash script ~ a shell script"})
  void whatIsNotSupportedIsRefusedByName(String text, String name) {
    run(text.replace("\\n", "\n"));
    Reply refused = seen.stream().map(Executed::reply).filter(r -> r.exit() != 0).findFirst().orElseThrow();
    assertThat(refused.exit()).isEqualTo(Reply.UNSUPPORTED);
    assertThat(refused.err()).containsExactly("hopscope: not supported: " + name);
  }

  @Test
  void whatComesBeforeARefusedConstructIsRunAndWhatComesBehindIsNot() {
    run("ip netns add a\ncase x in\nesac\nip netns add b\n");
    assertThat(session.state().find(new NetnsId("host", "a"))).isPresent();
    assertThat(session.state().find(new NetnsId("host", "b"))).isEmpty();
    assertThat(seen.getLast().line()).isEqualTo(2);
    assertThat(seen.getLast().text()).isEqualTo("case x in");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {"echo 'a ~ line 1, column 6: no closing '",
      "echo a\\nfor i in 1; do ~ line 2, column 15: done is missing",
      "echo a && ~ line 1, column 10: the command has no end",
      "if true ~ line 1, column 8: then is missing", "echo $(ip link ~ line 1, column 6: no closing )",
      "cat <<X\\nabc ~ line 1, column 5: the here-document has no end \"X\""})
  void aTextThatIsNotFinishedWaitsForMore(String text, String reason) {
    String whole = text.replace("\\n", "\n");
    assertThat(Interpreter.isUnfinished(whole)).isTrue();
    run(whole);
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().reply().exit()).isEqualTo(2);
    assertThat(seen.getFirst().reply().err()).containsExactly("hopscope: " + reason);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {"echo a;; echo b ~ line 1, column 7: unexpected ;;",
      "done ~ line 1, column 1: unexpected done", "for 1 in a; do :; done ~ line 1, column 5: unexpected 1",
      "if true; then fi ~ line 1, column 15: unexpected fi", "echo ) ~ line 1, column 6: unexpected )",
      "&& echo ~ line 1, column 1: unexpected &&", "echo > ; ~ line 1, column 8: unexpected ;"})
  void whatNoShellReadsIsMalformedAndNothingIsRun(String text, String reason) {
    assertThat(Interpreter.isUnfinished(text)).isFalse();
    run("ip netns add a\n" + text);
    assertThat(session.state().find(new NetnsId("host", "a"))).isEmpty();
    assertThat(seen.getFirst().reply().err()).containsExactly("hopscope: " + reason.replace("line 1", "line 2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"while true; do :; done", "while true; do echo x; done", "A=x; while true; do A=$A$A; done",
      "echo {1..1000}{1..1000}", "until false; do ip netns add a; ip netns del a; done",
      "A=$(seq 20000); B=\"$A$A\"", "for i in {1..200}; do for j in {1..200}; do echo; done; done"})
  void whatDoesNotEndIsStoppedAndSaysSo(String text) {
    int exit = run(text);
    assertThat(exit).isEqualTo(1);
    assertThat(seen.getLast().reply().err().getLast())
        .matches("hopscope: (stopped after|more than|a word of more than).*");
  }

  @Test
  void deepNestingIsRefusedAndNotAStackOverflow() {
    for (String text : List.of("$(".repeat(5000), "if ".repeat(5000), "{ ".repeat(5000),
        "echo $((" + "(".repeat(9999) + "))",
        "sudo ".repeat(5000) + "true", "\"$(".repeat(999), "echo " + "{a,".repeat(3000), "! ".repeat(5000) + "true",
        "true && ".repeat(5000) + "true", "${A:-".repeat(3000))) {
      run(text);
      assertThat(seen).as(text.substring(0, 9)).isNotEmpty();
      seen.clear();
    }
  }

  @Test
  void backticksAreRefusedWithWhatToSayInstead() {
    run("echo `date`");
    assertThat(seen.getFirst().reply().err())
        .containsExactly("hopscope: not supported: ` (say $(…)) (line 1, column 6)");
  }

  @Test
  void variablesStayFromTextToText() {
    run("NS=red");
    run("ip netns add $NS");
    assertThat(session.state().find(new NetnsId("host", "red"))).isPresent();
  }

  @Test
  void eachCommandIsToldWithItsLineAndTheLabBeforeIt() {
    run("# a tutorial\nfor n in a b; do\n  ip netns add $n   # one\ndone\nip netns   list\n");
    assertThat(seen).extracting(Executed::line).containsExactly(3, 3, 5);
    assertThat(seen).extracting(Executed::text).containsExactly("ip netns add a", "ip netns add b", "ip netns   list");
    LabState between = seen.get(1).before();
    assertThat(between.find(new NetnsId("host", "a"))).isPresent();
    assertThat(between.find(new NetnsId("host", "b"))).isEmpty();
  }

  @Test
  void whatIsTracedIsShownInFront() {
    run("set -x; A='a b'; echo \"$A\"");
    assertThat(seen.getLast().reply().err()).containsExactly("+ echo 'a b'");
  }

  @Test
  void aRedirectionIntoProcSysIsASysctl() {
    run("echo 1 > /proc/sys/net/ipv4/ip_forward && cat /proc/sys/net/ipv4/ip_forward");
    assertThat(out()).containsExactly("1");
    assertThat(Commands.of(seen.getFirst().before(), seen.getFirst().reply().edits().getFirst()))
        .containsExactly("sysctl -w net.ipv4.ip_forward=1");
    run("ip netns add a; ip netns exec a sh -c 'echo 2 > /proc/sys/net/ipv4/conf/all/rp_filter'");
    run("ip netns exec a sysctl -n net.ipv4.conf.all.rp_filter; sysctl -n net.ipv4.conf.all.rp_filter");
    assertThat(out()).containsExactly("1", "2", "0");
    run("echo 0 | sudo tee /proc/sys/net/ipv4/ip_forward");
    assertThat(out()).containsExactly("1", "2", "0", "0");
    seen.clear();
    run("echo 1 > /proc/sys/net/ipv4/conf/nosuch/rp_filter; echo maybe > /proc/sys/net/ipv4/ip_forward");
    assertThat(seen).extracting(e -> e.reply().err().getFirst()).containsExactly(
        "hopscope: /proc/sys/net/ipv4/conf/nosuch/rp_filter: No such file or directory",
        "echo: write error: Invalid argument");
  }

  @Test
  void everyQuotedWordIsReadAsItWas() {
    for (String text : List.of("plain", "", "two words", "it's", "a|b", "#x", "\\", "\"", "ü", "$A", "{1,2}", "`",
        "a=b",
        "~", "*", "!", "a\nb")) {
      seen.clear();
      run("echo " + Words.quote(text) + " x");
      assertThat(String.join("\n", out())).isEqualTo(text + " x");
    }
  }

  private int run(String text) {
    return shell.run(session.state().firstHost().root(), text, seen::add);
  }

  private List<String> out() {
    return seen.stream().flatMap(e -> e.reply().out().stream()).toList();
  }
}
