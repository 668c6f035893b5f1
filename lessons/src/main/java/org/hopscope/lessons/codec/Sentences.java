package org.hopscope.lessons.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hopscope.lessons.lesson.Task;
import org.hopscope.lessons.prose.Document;
import org.hopscope.lessons.prose.Document.Section;
import org.hopscope.lessons.prose.Prose;
import org.hopscope.model.codec.MalformedException;

/**
 * What {@code lesson.md} says, by task: below a heading {@code ## ID} what to do, below {@code ### Hint} a hint, three
 * times, below {@code ### Afterwards} what to read once the task is done.
 */
final class Sentences {
  private static final String HINT = "Hint";
  private static final String AFTERWARDS = "Afterwards";
  private final Document document;
  private final String file;
  private final Set<String> taken = new HashSet<>();

  Sentences(Document document, String file) {
    this.document = document;
    this.file = file;
  }

  Prose intro() {
    return document.intro();
  }

  Prose task(String id) throws MalformedException {
    taken.add(id);
    return part(id).getFirst().prose();
  }

  List<Prose> hints(String id) throws MalformedException {
    List<Section> part = part(id);
    List<Prose> hints = part.stream().skip(1).filter(s -> s.title().equals(HINT)).map(Section::prose).toList();
    if (hints.size() != Task.HINTS) {
      throw new FileException(file, part.getFirst().line(),
          "task \"" + id + "\" has " + hints.size() + " hints, not " + Task.HINTS);
    }
    return hints;
  }

  Prose afterwards(String id) throws MalformedException {
    return part(id).stream().skip(1).filter(s -> s.title().equals(AFTERWARDS)).map(Section::prose).findFirst()
        .orElse(Prose.EMPTY);
  }

  /** Refuses headings that nobody asked for. */
  void close() throws MalformedException {
    for (Section section : document.sections()) {
      boolean known = section.level() == 2
          ? taken.contains(section.title())
          : section.title().equals(HINT) || section.title().equals(AFTERWARDS);
      if (!known) {
        throw new FileException(file, section.line(), "the heading \"" + section.title()
            + "\" is neither a task's id nor \"" + HINT + "\" nor \"" + AFTERWARDS + "\"");
      }
    }
  }

  private List<Section> part(String id) throws MalformedException {
    List<Section> part = new ArrayList<>();
    for (Section section : document.sections()) {
      if (section.level() == 2 ? section.title().equals(id) : !part.isEmpty()) {
        part.add(section);
      } else if (!part.isEmpty()) {
        return part;
      }
    }
    if (part.isEmpty()) {
      throw new FileException(file, 1, "there is no heading \"## " + id + "\" for the task of that id");
    }
    return part;
  }
}
