package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.view.Describe;

/** {@code kubectl describe}. */
final class KubectlTell {
  private KubectlTell() {
  }

  /** {@code kubectl describe KIND [NAME...]} or {@code KIND/NAME...}. */
  static Command describe(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options =
        KubectlOptions.of("describe", args, Set.of("l", "selector", "show-events"), Set.of("A", "all-namespaces"));
    List<String> words = options.words();
    if (KubectlEndpoints.isMeant(words)) {
      return KubectlEndpoints.describe(where, options);
    }
    if (words.isEmpty()) {
      throw Stop.exit(1,
          "error: You must specify the type of resource to describe. Use \"kubectl api-resources\" for a "
              + "complete list of supported resources.");
    }
    boolean all = words.size() == 1 && !words.getFirst().contains("/");
    Kind kind = KubectlGet.kind(words.getFirst().split("/", 2)[0]);
    boolean everywhere = !kind.isNamespaced() || options.has("A") || options.has("all-namespaces");
    LabelQuery query = LabelQuery.of(options.value("l").or(() -> options.value("selector")).orElse(""));
    Stream<KubeObject> listed = everywhere ? where.cluster().all(kind) : where.cluster().all(kind, where.namespace());
    List<ObjectKey> keys = all ? listed.filter(o -> query.matches(o.meta().labels())).map(KubeObject::key).toList()
        : KubectlEdits.keys(where, words);
    if (keys.isEmpty()) {
      return new Command.Said(0, List.of(), List.of("No resources found" + (everywhere ? "" : " in " + where.namespace()
          + " namespace.")), new Answer.Nothing());
    }
    List<String> out = new ArrayList<>();
    for (ObjectKey key : keys) {
      out.addAll(out.isEmpty() ? List.of() : List.of("", ""));
      out.addAll(Describe.of(where.cluster(), KubectlEdits.found(where, key), where.prompt().lab().now()));
    }
    return Command.Said.answered(out, new Answer.Nothing());
  }
}
