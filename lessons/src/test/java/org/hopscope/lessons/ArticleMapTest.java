package org.hopscope.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.lessons.codec.ArticleMapReader;
import org.hopscope.lessons.figure.Figure;
import org.hopscope.lessons.lesson.ArticleMap;
import org.hopscope.lessons.lesson.Counterparts;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.prose.Prose;
import org.junit.jupiter.api.Test;

/** Every paragraph of the article is shown by a lesson, or marked as still to come; the page that says so is current. */
class ArticleMapTest {
  private static final ArticleMap MAP = ArticleMapReader.bundled();
  private static final Path HELD = Path.of("src/main/resources/org/hopscope/lessons/held-by.json");
  private static final Path PAGE = Path.of("../docs/article-map.md");
  private static final Pattern CITED = Pattern.compile("(?:sem|les)-[A-Z]+\\d+");

  private static final Pattern HELD_BY = Pattern.compile("\\| ([A-Za-z0-9,. -]*SyllabusTest[A-Za-z0-9,. -]*) \\|");

  private static Set<String> ids() {
    return Syllabus.bundled().entries().stream().map(e -> e.card().id()).collect(Collectors.toSet());
  }

  @Test
  void holdsTheWholeArticle() {
    assertThat(MAP.sections()).hasSize(32);
    assertThat(MAP.paragraphs()).hasSize(220);
  }

  @Test
  void noGapIsUnmarked() {
    assertThat(MAP.gaps(ids())).isEmpty();
    assertThat(MAP.paragraphs().flatMap(p -> p.later().stream())).allMatch(id -> id.matches("[A-F]\\d+"));
  }

  /** The figures of the article are named by their titles; in ours one of them is spelt rightly. */
  @Test
  void everyFigureOfTheArticleHasItsCounterpart() {
    List<ArticleMap.Paragraph> figures = MAP.paragraphs().filter(p -> p.kind() == ArticleMap.Kind.FIGURE)
        .filter(p -> !p.lessons().isEmpty()).toList();
    assertThat(figures).hasSize(19)
        .allSatisfy(p -> assertThat(p.lessons().stream().flatMap(ArticleMapTest::pictures))
            .contains("figures/" + p.begins().replace("dokcer", "docker") + ".svg"));
  }

  private static Stream<String> pictures(String lesson) {
    Lesson read = LessonFolders.lesson(lesson);
    return Stream
        .concat(Stream.of(read.prose()), read.tasks().stream().flatMap(t -> Stream.of(t.prose(), t.afterwards())))
        .flatMap(p -> p.blocks().stream()).<String>mapMulti((block, out) -> {
          if (block instanceof Prose.Block.Picture(String file, String _, Figure _)) {
            out.accept(file);
          }
        });
  }

  @Test
  void aGapThatNobodyMarkedIsSeen() {
    ArticleMap gaps = new ArticleMap(List.of(new ArticleMap.Section("Veth", List.of(
        new ArticleMap.Paragraph("Shown", ArticleMap.Kind.TEXT, List.of("A5"), List.of("E1")),
        new ArticleMap.Paragraph("Forgotten", ArticleMap.Kind.TEXT, List.of(), List.of()),
        new ArticleMap.Paragraph("Invented", ArticleMap.Kind.TEXT, List.of("A99"), List.of()),
        new ArticleMap.Paragraph("Has come", ArticleMap.Kind.FIGURE, List.of("A5"), List.of("A6"))))));
    assertThat(gaps.gaps(Set.of("A5", "A6"))).containsExactly(
        "Veth: Forgotten …: neither shown nor still to come", "Veth: Invented …: A99 is not there",
        "Veth: Has come …: A6 has come");
  }

  @Test
  void everyLessonFollowsHeadingsOfTheArticle() {
    for (String id : ids()) {
      List<String> headings = LessonFolders.lesson(id).sources().article();
      assertThat(headings).as(id).isNotEmpty().allMatch(h -> MAP.section(h).isPresent());
    }
    Set<String> shown = MAP.paragraphs().flatMap(p -> p.lessons().stream()).collect(Collectors.toSet());
    assertThat(shown).isEqualTo(ids());
  }

  @Test
  void thePageIsCurrent() throws IOException {
    String page = page();
    if (Boolean.getBoolean("update")) {
      Files.writeString(PAGE, page);
    }
    String written = Files.readString(PAGE);
    assertThat(withoutTests(written)).as("run again with -Dupdate=true").isEqualTo(withoutTests(page));
    Set<String> there = tests().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    there.addAll(List.of("SyllabusTest", "MutationTest"));
    assertThat(HELD_BY.matcher(written).results().flatMap(m -> Stream.of(m.group(1).split(", ")))).isNotEmpty()
        .as("a test that is gone: run again with -Dupdate=true").allMatch(there::contains);
  }

  /** A test that comes to name one more id makes no page stale; one that is gone does. */
  private static String withoutTests(String page) {
    return HELD_BY.matcher(page).replaceAll("| ? |");
  }

  private static String page() throws IOException {
    StringBuilder page = new StringBuilder("""
        # The article, paragraph by paragraph

        Which lesson shows it, and what is *still to come*. Written from `article-map.json` and the lessons by
        `mvn -o -q -Pfast -pl lessons -am test -Dtest=ArticleMapTest -Dupdate=true`. The article is “Kubernetes Networking
        Architecture” by Susie Su; here stand its headings and the first words of each piece.
        """);
    for (ArticleMap.Section section : MAP.sections()) {
      page.append("\n## ").append(section.heading()).append("\n\n");
      if (!section.paragraphs().isEmpty()) {
        page.append("| begins | | lessons |\n| --- | --- | --- |\n");
      }
      for (ArticleMap.Paragraph p : section.paragraphs()) {
        String later = p.later().isEmpty() ? "" : "*still to come: " + String.join(", ", p.later()) + "*";
        page.append("| ").append(p.begins().replace("|", "/")).append(" … | ")
            .append(p.kind().name().toLowerCase(java.util.Locale.ROOT)).append(" | ")
            .append(Stream.of(String.join(", ", p.lessons()), later).filter(s -> !s.isEmpty())
                .collect(Collectors.joining("; ")))
            .append(" |\n");
      }
    }
    page.append("\n## The lessons\n\n| lesson | what the model must get right | corrections | held by |\n"
        + "| --- | --- | --- | --- |\n");
    for (ArticleMap.Held held : held()) {
      page.append("| ").append(held.lesson()).append(" ")
          .append(Syllabus.bundled().entry(held.lesson()).orElseThrow().card().title()).append(" | ")
          .append(String.join(", ", held.semantics())).append(" | ")
          .append(String.join(", ", held.corrections())).append(" | ").append(String.join(", ", held.tests()))
          .append(" |\n");
    }
    return page.toString();
  }

  @Test
  void whatALessonTeachesIsHeldByATest() throws IOException {
    TreeMap<String, TreeSet<String>> tests = tests();
    assertThat(ids()).allSatisfy(id -> assertThat(cited(id)).as(id).isNotEmpty()
        .allSatisfy(cited -> assertThat(tests).containsKey(cited)));
  }

  private static List<ArticleMap.Held> held() throws IOException {
    TreeMap<String, TreeSet<String>> tests = tests();
    return Syllabus.bundled().entries().stream().map(e -> e.card().id()).map(id -> {
      Lesson.Sources sources = LessonFolders.lesson(id).sources();
      TreeSet<String> held = new TreeSet<>(List.of("SyllabusTest", "MutationTest"));
      Stream.concat(sources.semantics().stream(), Stream.of("les-" + id))
          .forEach(s -> held.addAll(tests.getOrDefault(s, new TreeSet<>())));
      return new ArticleMap.Held(id, sources.semantics(), sources.corrections(), List.copyOf(held));
    }).toList();
  }

  private static String json(List<ArticleMap.Held> held) {
    return held.stream().map(h -> "  {\"lesson\": \"" + h.lesson() + "\", \"semantics\": " + array(h.semantics())
        + ", \"corrections\": " + array(h.corrections()) + ",\n   \"tests\": " + array(h.tests()) + "}")
        .collect(Collectors.joining(",\n", "{\"lessons\": [\n", "\n]}\n"));
  }

  private static String array(List<String> words) {
    return words.stream().map(w -> "\"" + w + "\"").collect(Collectors.joining(", ", "[", "]"));
  }

  @Test
  void thePageInTheWindowSaysTheSame() throws IOException {
    if (Boolean.getBoolean("update")) {
      Files.writeString(HELD, json(held()));
    }
    List<ArticleMap.Held> written = ArticleMapReader.held();
    assertThat(written).as("run again with -Dupdate=true").usingRecursiveFieldByFieldElementComparatorIgnoringFields(
        "tests").isEqualTo(held());
    Set<String> there = tests().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    there.addAll(List.of("SyllabusTest", "MutationTest"));
    assertThat(written).allSatisfy(h -> assertThat(there).containsAll(h.tests()));
  }

  @Test
  void theTablesOfLinuxAndKubernetesAreWhole() {
    Counterparts tables = ArticleMapReader.counterparts();
    List<String> headings = MAP.sections().stream().filter(s -> s.paragraphs().stream()
        .anyMatch(p -> p.kind() == ArticleMap.Kind.TABLE && p.begins().startsWith("Linux Network")))
        .map(ArticleMap.Section::heading).toList();
    assertThat(headings).hasSize(9);
    assertThat(tables.tables()).hasSize(10).extracting(Counterparts.Table::heading).containsAll(headings);
    assertThat(tables.tables().stream().mapToInt(t -> t.rows().size()).sum()).isEqualTo(28);
    assertThat(tables.gaps(ids())).isEmpty();
  }

  @Test
  void aRowThatNobodyAnswersForIsSeen() {
    Counterparts tables = new Counterparts(List.of(new Counterparts.Table("Veth", List.of(
        new Counterparts.Row("veth", "veth", Optional.empty(), List.of("A5"), List.of("E1")),
        new Counterparts.Row("bridge", "cni0", Optional.empty(), List.of(), List.of()),
        new Counterparts.Row("DNS", "CoreDNS", Optional.empty(), List.of(), List.of("A5"))))));
    assertThat(tables.gaps(Set.of("A5"))).containsExactly("bridge", "DNS");
  }

  /** What a lesson says the model must get right; one that cites nothing must be named by a test itself. */
  private static List<String> cited(String id) {
    List<String> semantics = LessonFolders.lesson(id).sources().semantics();
    return semantics.isEmpty() ? List.of("les-" + id) : semantics;
  }

  /** The tests and kernel truths that hold an id of the semantics or name a lesson, by the id. */
  private static TreeMap<String, TreeSet<String>> tests() throws IOException {
    TreeMap<String, TreeSet<String>> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("../model/src/test/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
        Matcher named = CITED.matcher(Files.readString(file));
        while (named.find()) {
          tests.computeIfAbsent(named.group(), _ -> new TreeSet<>())
              .add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    Properties truths = new Properties();
    try (InputStream in = ArticleMapTest.class.getResourceAsStream("truths.properties")) {
      truths.load(in);
    }
    for (String id : truths.stringPropertyNames()) {
      for (String name : truths.getProperty(id).split(" ")) {
        assertThat(Path.of("../model/src/test/oracle/cases", name + ".lab")).exists();
        tests.computeIfAbsent(id, _ -> new TreeSet<>()).add(name + ".lab");
      }
    }
    return tests;
  }
}
