package org.hopscope.model.kube.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the documents of a YAML text (JSON is YAML too) into trees. Whatever the text says, it needs no more memory than
 * {@link #LONGEST} characters and {@link #MOST} parts: what is aliased is counted each time it is meant.
 *
 * <p>Plain words are understood as the API server does it (sigs.k8s.io/yaml): {@code yes}, {@code no}, {@code on} and
 * {@code off} are true or false too. Tags and merge keys are refused.
 */
final class YamlReader {
  /** The longest text, in characters: 3 Mi, as the API server takes no longer request. */
  static final int LONGEST = 3 * 1024 * 1024;
  /** How many parts a text may have, aliases written out. */
  static final int MOST = 500_000;
  /** How deep parts may lie in each other. */
  static final int DEEPEST = 100;
  private static final Set<String> YES = Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON");
  private static final Set<String> NO = Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+|\\d*\\.\\d+|\\d+\\.\\d*)([eE][-+]?\\d+)?");

  private final Iterator<Event> events;
  private final Map<String, Tree> anchors = new HashMap<>();
  /** How many parts each anchored tree has. */
  private final Map<String, Integer> sizes = new HashMap<>();
  private int parts;

  private YamlReader(Iterator<Event> events) {
    this.events = events;
  }

  /** The documents; empty ones are left out. */
  static List<Tree> read(String text) throws ManifestException {
    if (text.length() > LONGEST) {
      throw new ManifestException(Mark.START, "it has " + text.length() + " characters, and at most " + LONGEST
          + " are read");
    }
    LoadSettings settings = LoadSettings.builder().setUseMarks(true).setCodePointLimit(LONGEST)
        .setParseComments(false).build();
    try {
      return new YamlReader(new Parse(settings).parseString(text).iterator()).documents();
    } catch (MarkedYamlEngineException problem) {
      Optional<org.snakeyaml.engine.v2.exceptions.Mark> where = problem.getProblemMark().or(problem::getContextMark);
      throw new ManifestException(where.map(YamlReader::mark).orElse(Mark.START), String.valueOf(problem.getProblem()));
    } catch (YamlEngineException problem) {
      throw new ManifestException(Mark.START, String.valueOf(problem.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private List<Tree> documents() throws ManifestException {
    List<Tree> documents = new ArrayList<>();
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.DocumentStart) {
        anchors.clear();
        sizes.clear();
        Tree document = part(events.next(), 0);
        if (!(document instanceof Tree.Nothing)) {
          documents.add(document);
        }
      }
    }
    return documents;
  }

  private Tree part(Event event, int depth) throws ManifestException {
    Mark mark = event.getStartMark().map(YamlReader::mark).orElse(Mark.START);
    count(mark, 1);
    if (depth > DEEPEST) {
      throw new ManifestException(mark, "more than " + DEEPEST + " levels");
    }
    if (event instanceof AliasEvent alias) {
      return alias(mark, alias.getAlias().getValue());
    }
    int before = parts;
    Tree tree = switch (event.getEventId()) {
      case MappingStart -> mapping(mark, depth);
      case SequenceStart -> sequence(mark, depth);
      case Scalar -> scalar(mark, (ScalarEvent) event);
      case Alias, Comment, DocumentEnd, DocumentStart, MappingEnd, SequenceEnd, StreamEnd, StreamStart ->
          throw new ManifestException(mark, "a value is expected");
    };
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      anchors.put(node.getAnchor().get().getValue(), tree);
      sizes.put(node.getAnchor().get().getValue(), parts - before + 1);
    }
    return tree;
  }

  private void count(Mark mark, int more) throws ManifestException {
    parts += more;
    if (parts > MOST) {
      throw new ManifestException(mark, "more than " + MOST + " parts, aliases counted");
    }
  }

  private Tree alias(Mark mark, String name) throws ManifestException {
    Tree meant = anchors.get(name);
    if (meant == null) {
      throw new ManifestException(mark, "there is no anchor \"" + name + "\" before it");
    }
    count(mark, sizes.get(name));
    return meant;
  }

  private Tree mapping(Mark mark, int depth) throws ManifestException {
    LinkedHashMap<String, Tree.Entry> entries = new LinkedHashMap<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      Mark at = event.getStartMark().map(YamlReader::mark).orElse(mark);
      String name = name(at, part(event, depth + 1));
      Tree.Entry entry = new Tree.Entry(at, part(events.next(), depth + 1));
      if (entries.put(name, entry) != null) {
        throw new ManifestException(at, "\"" + name + "\" stands twice in the same object");
      }
      event = events.next();
    }
    return new Tree.Mapping(mark, entries);
  }

  private static String name(Mark mark, Tree tree) throws ManifestException {
    return switch (tree) {
      case Tree.Text(Mark _, String text) when text.equals("<<") ->
          throw new ManifestException(mark, "merge keys are not supported: <<");
      case Tree.Text(Mark _, String text) -> text;
      case Tree.Number(Mark _, String text) -> text;
      case Tree.Flag(Mark _, boolean flag) -> Boolean.toString(flag);
      case Tree.Nothing _,Tree.Mapping _,Tree.Sequence _ ->
          throw new ManifestException(mark, "a field's name is expected, not " + tree.what());
    };
  }

  private Tree sequence(Mark mark, int depth) throws ManifestException {
    List<Tree> items = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(part(event, depth + 1));
      event = events.next();
    }
    return new Tree.Sequence(mark, items);
  }

  private static Tree scalar(Mark mark, ScalarEvent event) throws ManifestException {
    Optional<String> tag = event.getTag().filter(t -> !t.equals("!"));
    if (tag.isPresent() && !tag.get().equals("tag:yaml.org,2002:str")) {
      throw new ManifestException(mark, "tags are not supported: " + tag.get());
    }
    String text = event.getValue();
    if (event.getScalarStyle() != ScalarStyle.PLAIN || event.getTag().isPresent()) {
      return new Tree.Text(mark, text);
    }
    return NULL.contains(text) ? new Tree.Nothing(mark)
        : YES.contains(text) ? new Tree.Flag(mark, true)
        : NO.contains(text) ? new Tree.Flag(mark, false)
        : NUMBER.matcher(text).matches() ? new Tree.Number(mark, text)
        : new Tree.Text(mark, text);
  }

  private static Mark mark(org.snakeyaml.engine.v2.exceptions.Mark mark) {
    return new Mark(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
