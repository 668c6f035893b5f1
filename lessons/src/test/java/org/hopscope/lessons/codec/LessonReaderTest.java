package org.hopscope.lessons.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hopscope.lessons.LessonFolders;
import org.hopscope.lessons.check.Check;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.check.Words;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Withheld;
import org.hopscope.model.codec.JsonText;
import org.hopscope.model.codec.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LessonReaderTest {
  private static final String MANIFEST = "lesson.json";
  private static final String SENTENCES = "lesson.md";

  @TempDir
  Path folder;

  @Test
  void readsALessonFromAFolderAsFromTheBundle() {
    LessonFolders.copy("A2", folder, text -> text);
    assertThat(LessonReader.read(new LessonSource.Folder(folder)))
        .isEqualTo(new LessonRead.Ok(LessonFolders.lesson("A2")));
  }

  @Test
  void arrangesTheStartAndLaysTheProbeReady() {
    Lesson lesson = LessonFolders.lesson("A2");
    assertThat(lesson.start().notes().places()).hasSize(3);
    assertThat(lesson.queued()).hasValueSatisfying(probe -> {
      assertThat(probe.expectSuccess()).isFalse();
      assertThat(lesson.start().notes().probes()).containsEntry(probe.name(), probe);
    });
  }

  @Test
  void withholdsWhatItSaysUntilATask() {
    LessonFolders.copy("A2", folder, text -> text.replace("\"minutes\": 8,", "\"minutes\": 8, \"locked\": "
        + "[{\"thing\": \"netns1:veth1\", \"until\": \"die\"}], \"hidden\": [{\"thing\": \"netns2\"}],"));
    assertThat(LessonReader.read(new LessonSource.Folder(folder)))
        .isInstanceOfSatisfying(LessonRead.Ok.class, read -> assertThat(read.lesson().withheld()).containsExactly(
            new Withheld(ThingName.parse("netns1:veth1").orElseThrow(), Withheld.How.LOCKED, Optional.of("die")),
            new Withheld(ThingName.parse("netns2").orElseThrow(), Withheld.How.HIDDEN, Optional.empty())));
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        damage(MANIFEST, "\"minutes\": 8,", "\"minutes\": 8,\n\"hidden\": [{\"thing\": \"netns9\"}],", "netns9",
            "the start has no \"netns9\""),
        damage(MANIFEST, "\"minutes\": 8,",
            "\"minutes\": 8,\n\"locked\": [{\"thing\": \"netns1\", \"until\": \"never\"}],", "until",
            "withheld until \"never\", which is no task"),
        damage(MANIFEST, "\"minutes\": 8,", "\"minutes\": \"8\",", "minutes", "a number is expected, not a text"),
        damage(MANIFEST, "\"minutes\": 8,", "\"minutes\": 800,", "minutes",
            "a number from 1 to 60 is expected, not 800"),
        damage(MANIFEST, "\"minutes\": 8,", "", "{", "\"minutes\" is missing"),
        damage(MANIFEST, "\"minutes\": 8,", "\"minutes\": 8,\n\"colour\": 1,", "colour",
            "\"colour\" is not known here"),
        damage(MANIFEST, "\"minutes\": 8,", "\"minutes\": 8,\n\"minutes\": 9,", "s\": 9", "\"minutes\" stands twice"),
        damage(MANIFEST, "\"format\": 1,", "\"format\": 2,", "\"format\"", "format 2 is not known here"),
        damage(MANIFEST, "\"id\": \"die\"", "\"id\": 5", "\"id\": 5", "a text is expected, not a number"),
        damage(MANIFEST, "{\"reach\": {\"probe\": \"netns1 -> netns2\"}}", "{\"reech\": {}}", "reech",
            "\"reech\" is not a kind of check"),
        damage(MANIFEST, "\"outcome\": \"net-unreachable\"", "\"outcome\": \"lost\"", "lost",
            "\"lost\" is not an outcome"),
        damage(MANIFEST, "{\"predicted\": \"first-ping\"}", "{\"predicted\": \"last-ping\"}", "last-ping",
            "\"last-ping\", which there is not"),
        damage(MANIFEST, "\"netns2\": [", "\"netns9\": [", "netns9", "the start has no \"netns9\" to be placed"),
        damage(MANIFEST, "\"script\": \"start.script\"", "\"script\": \"../start.script\"", "../start",
            "there is no file \"../start.script\""),
        damage(MANIFEST, "\"right\": true, ", "", "\"options\": [", "exactly one of them right"),
        damage(MANIFEST, "\"goals\": [", "\"goals\": [,", "\"goals\"", "this is not JSON"),
        damage(SENTENCES, "## half", "## halves", "[netns1]", "there is no heading \"## half\""),
        damage(SENTENCES, "### Afterwards", "### Later", "### Later", "the heading \"Later\" is neither"),
        damage(SENTENCES, "came near `veth2`", "came near <b>veth2</b>", "<b>", "lessons do not use a HtmlInline"),
        damage(SENTENCES, "(figures/netns-ip-link.svg)", "(../figures/netns-ip-link.svg)", "(../fig",
            "there is no file \"../figures/netns-ip-link.svg\""),
        damage(MANIFEST, "\"file\": \"wrong/no-cable.script\"", "\"file\": \"/etc/hostname\"", "/etc/hostname",
            "there is no file \"/etc/hostname\""),
        damage("start.script", "ip netns add netns2", "ip netns add netns1 # x", "# x", "File exists"),
        damage("start.script", "ip netns add netns2", "ip netns make netns2", "make", "ip netns make netns2"),
        damage("solution.script", "#!task half", "#!tusk half", "tusk", "a mark is"),
        damage("solution.script", "#!predict one-end silence", "#!predict one-end noise", "noise",
            "the prediction \"one-end\" has no option \"noise\""),
        damage("variants/other-addresses.script", "#!predict one-end silence", "#!predict no-end silence", "no-end",
            "there is no prediction \"no-end\""),
        damage(MANIFEST, "\"task\": \"half\",\n      \"concept\"", "\"task\": \"hall\",\n      \"concept\"", "hall",
            "question \"one-end\" belongs to \"hall\", which is no task"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("damages")
  void refusesADamagedLessonWithFileLineAndReason(String file, String whole, String broken, String at, String reason)
      throws IOException {
    LessonFolders.copy("A2", folder, text -> text);
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(whole);
    String damaged = text.replaceFirst(Pattern.quote(whole), Matcher.quoteReplacement(broken));
    Files.writeString(folder.resolve(file), damaged);

    LessonRead.Malformed malformed = switch (LessonReader.read(new LessonSource.Folder(folder))) {
      case LessonRead.Ok _ -> throw new AssertionError("the damage went unnoticed");
      case LessonRead.Malformed found -> found;
    };
    assertThat(malformed.reason()).contains(reason);
    assertThat(malformed.line()).isEqualTo(lineOf(at, damaged));
    assertThat(malformed.file()).startsWith(folder.toString());
  }

  @Test
  void saysWhichFileIsMissing() throws IOException {
    LessonFolders.copy("A2", folder, text -> text);
    Files.delete(folder.resolve("wrong/no-cable.script"));
    assertThat(LessonReader.read(new LessonSource.Folder(folder)).toString())
        .contains("there is no file \"wrong/no-cable.script\"").contains(MANIFEST);
    assertThat(LessonReader.read(new LessonSource.Folder(folder.resolve("nothing"))).toString())
        .contains("there is no file \"lesson.json\"");
  }

  @Test
  void followsNoLinkOutOfTheFolder(@TempDir Path outside) throws IOException {
    LessonFolders.copy("A2", folder, text -> text);
    Path elsewhere = Files.writeString(outside.resolve("secret.script"), "ip netns add netns1\n");
    Files.delete(folder.resolve("start.script"));
    Files.createSymbolicLink(folder.resolve("start.script"), elsewhere);
    assertThat(LessonReader.read(new LessonSource.Folder(folder)).toString())
        .contains("there is no file \"start.script\"").doesNotContain("secret");
  }

  @Test
  void namesAFigureThatIsDamagedWithItsLine() throws IOException {
    LessonFolders.copy("A2", folder, text -> text);
    Path figure = folder.resolve("figures/netns-ip-link.svg");
    Files.writeString(figure, Files.readString(figure).replaceFirst("<rect ", "<rect style=\"fill:red\" "));
    assertThat(LessonReader.read(new LessonSource.Folder(folder)).toString())
        .contains("figures/netns-ip-link.svg, line 3: \"style\" of rect is not used in figures");
  }

  @Test
  void readsEveryKindOfCheck() throws MalformedException {
    String list = """
        [{"netns": "a"}, {"device": {"name": "a:eth0", "up": true, "state": "UP", "kind": "veth", "mtu": 1500,
          "peer": "b", "master": "br0"}}, {"joined": ["a", "b"]},
         {"address": {"in": "a", "device": "eth0", "address": "10.0.0.1/24"}},
         {"route": {"in": "a", "to": "default", "via": "10.0.0.9", "device": "eth0", "linkdown": false}},
         {"neighbour": {"in": "a", "address": "10.0.0.2", "state": "REACHABLE"}},
         {"learned": {"bridge": "@host:br0", "station": "a:eth0", "port": "pa"}},
         {"sysctl": {"in": "a", "key": "net.ipv4.ip_forward", "value": "1"}},
         {"server": {"in": "a", "listens": "53/udp", "on": "127.0.0.1"}},
         {"count": {"of": "routes", "in": "a", "at-least": 1, "at-most": 2}},
         {"reach": {"probe": "a -> b:80", "answered-by": "b", "source-seen": "10.0.0.1"}},
         {"no-reach": {"probe": "a -> b", "because": ["silence", "host-unreachable"]}},
         {"any": [{"netns": "a"}, {"netns": "b"}]}, {"all": [{"netns": "a"}, {"netns": "c"}]}, {"not": {"netns": "a"}}, {"predicted": "p"},
         {"predicted-right": "p"}, {"watched": {"probe": "a -> b", "outcome": "answered", "marks": ["one-port"]}}]
        """;
    List<Check> checks = Parts.each(JsonText.read(list), CheckReader::read);
    assertThat(checks).hasSize(18);
    assertThat(checks.stream().map(Words::of)).allMatch(words -> words.length() > 10).doesNotHaveDuplicates();
  }

  private static int lineOf(String part, String text) {
    return (int) text.substring(0, text.indexOf(part)).chars().filter(c -> c == '\n').count() + 1;
  }

  private static Arguments damage(String file, String whole, String broken, String at, String reason) {
    return Arguments.of(file, whole, broken, at, reason);
  }
}
