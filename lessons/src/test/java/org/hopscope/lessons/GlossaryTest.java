package org.hopscope.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.lessons.codec.GlossaryReader;
import org.hopscope.lessons.lesson.Glossary;
import org.hopscope.lessons.lesson.Glossary.Term;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.prose.Prose;
import org.hopscope.lessons.prose.Prose.Block;
import org.hopscope.lessons.prose.Prose.Inline;
import org.junit.jupiter.api.Test;

/** Every word of the trade that lessons use is explained, and every explained word is used. */
class GlossaryTest {
  private static final Glossary GLOSSARY = GlossaryReader.bundled();
  /** Stressed in lessons, and no word of the trade: names of buttons, what a kernel says, plain stress. */
  private static final Set<String> STRESSED = Set.of("other", "not", "up", "down", "there", "source", "return",
      "remember", "range", "program", "own", "out", "of what is left", "not for me", "near", "miss", "miimon",
      "machine",
      "its", "its own", "inside", "has", "enciphered", "do", "delivered", "both", "before", "active", "actions",
      "Where", "Since", "routed", "switched", "it", "the",
      "None", "tree", "via", "sub-interfaces", "local", "who listens?", "who has 10.1.1.2?", "who has 10.0.0.2?",
      "that subnet is on this wire too", "whose network namespace does the program run in, and what is in it?",
      "Routes", "Devices", "to whom does this one hand what is sent through it?", "Switch up", "Switch down",
      "Namespace", "Gateway", "IP header", "root namespace",
      "Network is unreachable", "File exists", "Device can not be enslaved while up", "Refused", "Connection refused",
      "Destination Net Unreachable", "The rows decide, and there are none.");

  private static Stream<Prose> read(Lesson lesson) {
    return Stream.concat(Stream.of(lesson.prose()),
        lesson.tasks().stream().flatMap(t -> Stream.of(t.prose(), t.afterwards())));
  }

  private static Stream<Lesson> lessons() {
    return Syllabus.bundled().entries().stream().map(e -> LessonFolders.lesson(e.card().id()));
  }

  @Test
  void isInOrderAndHoldsWhatLessonsUse() {
    assertThat(GLOSSARY.terms()).hasSize(117)
        .isSortedAccordingTo(Comparator.comparing(t -> t.name().toLowerCase(java.util.Locale.ROOT)));
    assertThat(GLOSSARY.terms()).extracting(Term::id).doesNotHaveDuplicates();
    assertThat(Syllabus.bundled().entries().stream().map(e -> e.card().id()).toList())
        .containsAll(GLOSSARY.terms().stream().map(Term::lesson).toList());
    Set<String> used = lessons().flatMap(GlossaryTest::sentences).flatMap(s -> GLOSSARY.uses(s).stream())
        .map(u -> u.term().id()).collect(Collectors.toSet());
    assertThat(GLOSSARY.terms()).extracting(Term::id).allSatisfy(id -> assertThat(used).contains(id));
  }

  @Test
  void explainsEveryWordThatALessonIntroduces() {
    Set<String> unexplained = new TreeSet<>();
    lessons().forEach(lesson -> read(lesson).flatMap(p -> emphasised(p)).filter(words -> !STRESSED.contains(words))
        .filter(words -> GLOSSARY.uses(words).isEmpty()).forEach(words -> unexplained.add(lesson.id() + ": " + words)));
    assertThat(unexplained).as("neither in glossary.json nor known as mere stress").isEmpty();
  }

  @Test
  void findsTermsWhereTheyStandAndNowhereElse() {
    Term bridge = new Term("bridge", "bridge", List.of("bridge", "bridges"), "A10", "…");
    Term arp = new Term("arp", "ARP", List.of("ARP"), "A2", "…");
    Term stp = new Term("stp", "spanning tree", List.of("spanning tree", "spanning tree protocol"), "A11", "…");
    Glossary glossary = new Glossary(List.of(bridge, arp, stp));
    assertThat(
        glossary.uses("Bridges speak arp? ARP, no: a footbridge, pre-bridge, br0.bridge; the spanning tree protocol."))
        .containsExactly(new Glossary.Use(bridge, 0, 7), new Glossary.Use(arp, 19, 22),
            new Glossary.Use(stp, 70, 92));
    assertThatThrownBy(() -> new Glossary(List.of(arp, new Term("x", "x", List.of("arp"), "A1", "…"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Everything a learner may read in a lesson. */
  private static Stream<String> sentences(Lesson lesson) {
    Stream<Prose> hints = lesson.tasks().stream().flatMap(t -> t.hints().stream());
    return Stream.of(Stream.concat(read(lesson), hints).map(Prose::plain),
        lesson.predictions().stream().flatMap(p -> Stream.concat(Stream.of(p.question()),
            p.options().stream().flatMap(o -> Stream.of(o.text(), o.why())))),
        lesson.quizzes().stream().flatMap(q -> Stream.of(q.question(), q.why()))).flatMap(s -> s);
  }

  private static Stream<String> emphasised(Prose prose) {
    return prose.blocks().stream().flatMap(block -> switch (block) {
      case Block.Paragraph(List<Inline> content) -> content.stream().<String>mapMulti((inline, out) -> {
        if (inline instanceof Inline.Emphasis(List<Inline> inner)) {
          out.accept(new Prose(List.of(new Block.Paragraph(inner))).plain());
        }
      });
      case Block.CodeBlock _,Block.Picture _ -> Stream.empty();
      case Block.Items(boolean _, List<Prose> items) -> items.stream().flatMap(GlossaryTest::emphasised);
      case Block.Aside(var _, Prose body) -> emphasised(body);
    });
  }
}
