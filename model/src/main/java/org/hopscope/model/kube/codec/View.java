package org.hopscope.model.kube.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The fields of one object of a manifest, read by name. What nobody asked for is not modelled: it is noted by its path.
 */
final class View {
  private final Tree.Mapping tree;
  private final String path;
  private final List<String> notes;
  private final Set<String> asked = new HashSet<>();

  /** Reads something from an object's fields. */
  interface Reader<T> {
    T read(View fields) throws ManifestException;
  }

  /** Reads something from a value. */
  interface ItemReader<T> {
    T read(Tree item) throws ManifestException;
  }

  private View(Tree.Mapping tree, String path, List<String> notes) {
    this.tree = tree;
    this.path = path;
    this.notes = notes;
  }

  /** Reads a whole document; {@code notes} is given the paths of what is not modelled. */
  static <T> T read(Tree.Mapping tree, List<String> notes, Reader<T> reader) throws ManifestException {
    return read(tree, "", notes, reader);
  }

  private static <T> T read(Tree.Mapping tree, String path, List<String> notes, Reader<T> reader)
      throws ManifestException {
    View view = new View(tree, path, notes);
    T read = reader.read(view);
    tree.entries().forEach((name, entry) -> {
      if (!view.asked.contains(name) && !(entry.value() instanceof Tree.Nothing)) {
        notes.add(view.whole(name));
      }
    });
    return read;
  }

  Mark mark() {
    return tree.mark();
  }

  private String whole(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The value of a field, unless it is not there or null. */
  Optional<Tree> get(String name) {
    asked.add(name);
    return Optional.ofNullable(tree.entries().get(name)).map(Tree.Entry::value)
        .filter(v -> !(v instanceof Tree.Nothing));
  }

  /** These fields have no bearing on the network, or are the server's own: they are left without a note. */
  void leave(String... names) {
    asked.addAll(List.of(names));
  }

  /** Where a field stands, or the object when it does not. */
  Mark at(String name) {
    return get(name).map(Tree::mark).orElse(tree.mark());
  }

  /** What is wrong with a field. */
  ManifestException wrong(String name, String why) {
    return new ManifestException(at(name), "field \"" + whole(name) + "\": " + why);
  }

  ManifestException missing(String name) {
    return new ManifestException(tree.mark(), "field \"" + whole(name) + "\" is required");
  }

  Optional<String> text(String name) {
    return get(name).map(View::text);
  }

  String required(String name) throws ManifestException {
    return text(name).filter(t -> !t.isEmpty()).orElseThrow(() -> missing(name));
  }

  Optional<Integer> number(String name, int least, int most) throws ManifestException {
    Optional<Tree> value = get(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    long number = Long.parseLong(text(value.get()));
    if (number < least || number > most) {
      throw wrong(name, "must be from " + least + " to " + most + ", not " + number);
    }
    return Optional.of((int) number);
  }

  Optional<Boolean> flag(String name) {
    return get(name).map(v -> v instanceof Tree.Flag(Mark _, boolean flag) && flag);
  }

  /** A word of a closed set, or the first of it when the field is not there. */
  <T extends Enum<T>> T word(String name, List<T> all, Function<T, String> spelling) throws ManifestException {
    Optional<String> typed = text(name).filter(t -> !t.isEmpty());
    for (T each : all) {
      if (typed.isEmpty() || typed.get().equals(spelling.apply(each))) {
        return each;
      }
    }
    throw wrong(name, "\"" + typed.orElseThrow() + "\" is none of " + all.stream().map(spelling).toList());
  }

  <T> Optional<T> parsed(String name, String what, Function<String, Optional<T>> parse) throws ManifestException {
    Optional<String> typed = text(name).filter(t -> !t.isEmpty());
    Optional<T> parsed = typed.flatMap(parse);
    if (typed.isPresent() && parsed.isEmpty()) {
      throw wrong(name, "\"" + typed.get() + "\" is not " + what);
    }
    return parsed;
  }

  <T> List<T> parsedList(String name, String what, Function<String, Optional<T>> parse) throws ManifestException {
    return items(name, item -> parse.apply(text(item)).orElseThrow(() -> new ManifestException(item.mark(),
        "field \"" + whole(name) + "\": \"" + text(item) + "\" is not " + what)));
  }

  PSortedMap<String, String> texts(String name) {
    PSortedMap<String, String> texts = TreePMap.empty();
    if (get(name).orElse(tree) instanceof Tree.Mapping mapping && mapping != tree) {
      for (Map.Entry<String, Tree.Entry> entry : mapping.entries().entrySet()) {
        texts = texts.plus(entry.getKey(), text(entry.getValue().value()));
      }
    }
    return texts;
  }

  boolean has(String name) {
    return get(name).isPresent();
  }

  <T> Optional<T> object(String name, Reader<T> reader) throws ManifestException {
    Optional<Tree> value = get(name);
    return value.isPresent() && value.get() instanceof Tree.Mapping mapping
        ? Optional.of(read(mapping, whole(name), notes, reader))
        : Optional.empty();
  }

  <T> T requiredObject(String name, Reader<T> reader) throws ManifestException {
    return object(name, reader).orElseThrow(() -> missing(name));
  }

  <T> List<T> list(String name, Reader<T> reader) throws ManifestException {
    int[] count = {0};
    return items(name, item -> item instanceof Tree.Mapping mapping
        ? read(mapping, whole(name) + "[" + count[0]++ + "]", notes, reader)
        : reader.read(new View(new Tree.Mapping(item.mark(), new LinkedHashMap<>()), whole(name), notes)));
  }

  <T> List<T> items(String name, ItemReader<T> reader) throws ManifestException {
    List<T> read = new ArrayList<>();
    if (get(name).orElse(tree) instanceof Tree.Sequence(Mark _, List<Tree> items)) {
      for (Tree item : items) {
        read.add(reader.read(item));
      }
    }
    return List.copyOf(read);
  }

  /** A scalar as it was written; empty for anything else. */
  static String text(Tree tree) {
    return switch (tree) {
      case Tree.Text(Mark _, String text) -> text;
      case Tree.Number(Mark _, String digits) -> digits;
      case Tree.Flag(Mark _, boolean flag) -> Boolean.toString(flag);
      case Tree.Nothing _,Tree.Mapping _,Tree.Sequence _ -> "";
    };
  }
}
