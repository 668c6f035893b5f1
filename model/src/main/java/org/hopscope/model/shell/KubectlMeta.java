package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.codec.Checks;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** {@code kubectl label} and {@code kubectl annotate}: {@code KIND NAME KEY=VALUE... KEY-... [--overwrite]}. */
final class KubectlMeta {
  private final boolean annotates;

  private KubectlMeta(boolean annotates) {
    this.annotates = annotates;
  }

  static Command label(KubectlProgram.Context where, Args args) throws Stop {
    return new KubectlMeta(false).run(where, args);
  }

  static Command annotate(KubectlProgram.Context where, Args args) throws Stop {
    return new KubectlMeta(true).run(where, args);
  }

  private Command run(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of(annotates ? "annotate" : "label", args, Set.of("l", "selector"),
        Set.of("overwrite", "all", "list"));
    List<String> names = options.words().stream().filter(w -> !isChange(w)).toList();
    List<String> changes = options.words().stream().filter(KubectlMeta::isChange).toList();
    if (changes.isEmpty() && options.has("list")) {
      return list(where, names, options);
    }
    if (changes.isEmpty()) {
      throw Stop.exit(1, "error: at least one " + (annotates ? "annotation" : "label") + " update is required");
    }
    List<KubeObject> changed = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (ObjectKey key : selected(where, names, options)) {
      KubeObject object = KubectlEdits.found(where, key);
      PSortedMap<String, String> texts = texts(object.meta());
      for (String change : changes) {
        if (!change.contains("=") && !texts.containsKey(change.substring(0, change.length() - 1))) {
          out.add((annotates ? "annotation" : "label") + " \"" + change.substring(0, change.length() - 1)
              + "\" not found.");
        }
        texts = changed(texts, change, options.has("overwrite"));
      }
      out.add(key.title() + (annotates ? " annotated" : told(object.meta().labels(), texts)));
      changed.add(object.withMeta(annotates ? object.meta().withAnnotations(texts) : object.meta().withLabels(texts)));
    }
    return KubectlEdits.put(where, changed, out);
  }

  /** What became of labels (kubectl pkg/cmd/label/label.go updateDataChangeMsg). */
  private static String told(PSortedMap<String, String> before, PSortedMap<String, String> after) {
    boolean taken = !after.keySet().containsAll(before.keySet());
    boolean given = !before.entrySet().containsAll(after.entrySet());
    return given ? taken ? " label(s) changed" : " labeled" : taken ? " unlabeled" : " not labeled";
  }

  private static boolean isChange(String word) {
    return word.contains("=") || word.endsWith("-");
  }

  private PSortedMap<String, String> texts(Meta meta) {
    return annotates ? meta.annotations() : meta.labels();
  }

  private Command list(KubectlProgram.Context where, List<String> names, KubectlOptions options) throws Stop {
    List<String> out = new ArrayList<>();
    for (ObjectKey key : selected(where, names, options)) {
      texts(KubectlEdits.found(where, key).meta()).forEach((name, value) -> out.add(name + "=" + value));
    }
    return Command.Said.answered(out, new Answer.Nothing());
  }

  private PSortedMap<String, String> changed(PSortedMap<String, String> texts, String change, boolean overwrite)
      throws Stop {
    int equals = change.indexOf('=');
    if (equals < 0) {
      return texts.minus(change.substring(0, change.length() - 1));
    }
    String key = change.substring(0, equals);
    String value = change.substring(equals + 1);
    boolean valid = Checks.isKey(key) && (annotates || Checks.isLabelValue(value));
    if (!valid) {
      throw Stop.exit(1, "error: invalid " + (annotates ? "annotation" : "label") + ": \"" + change + "\"");
    }
    String old = texts.get(key);
    if (old != null && !old.equals(value) && !overwrite) {
      throw Stop.exit(1,
          annotates ? "error: --overwrite is false but found the following declared annotation(s): '" + key
              + "' already has a value (" + old + ")"
              : "error: '" + key + "' already has a value (" + old + "), and --overwrite is false");
    }
    return texts.plus(key, value);
  }

  /** Labels as {@code -l} of some commands takes them: {@code A=B,C=D}. */
  static PSortedMap<String, String> labels(String text) throws Stop {
    PSortedMap<String, String> labels = TreePMap.empty();
    for (String part : text.split(",")) {
      if (!part.contains("=")) {
        throw Stop.exit(1, "error: unexpected label spec: " + part);
      }
      labels = new KubectlMeta(false).changed(labels, part, true);
    }
    return labels;
  }

  /** The objects that are named, or of a kind those that {@code -l} selects, or {@code --all}. */
  static List<ObjectKey> selected(KubectlProgram.Context where, List<String> names, KubectlOptions options)
      throws Stop {
    Optional<String> selector = options.value("l").or(() -> options.value("selector"));
    if (selector.isEmpty() && !options.has("all")) {
      return KubectlEdits.keys(where, names);
    }
    LabelQuery query = LabelQuery.of(selector.orElse(""));
    Kind kind = KubectlGet.kind(names.isEmpty() ? "" : names.getFirst());
    return where.cluster().all(kind, kind.isNamespaced() ? where.namespace() : "")
        .filter(o -> query.matches(o.meta().labels())).map(KubeObject::key).toList();
  }
}
