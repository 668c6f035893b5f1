package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.kube.view.Describe;

/** {@code kubectl describe} and {@code kubectl rollout status|restart}. */
final class KubectlTell {
  private KubectlTell() {
  }

  /** {@code kubectl describe KIND [NAME...]} or {@code KIND/NAME...}. */
  static Command describe(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("describe", args, Set.of(), Set.of());
    List<String> words = options.words();
    if (words.isEmpty()) {
      throw Stop.exit(1, "error: You must specify the type of resource to describe.");
    }
    boolean all = words.size() == 1 && !words.getFirst().contains("/");
    Kind kind = KubectlGet.kind(words.getFirst().split("/", 2)[0]);
    Stream<KubeObject> listed = kind.isNamespaced() ? where.cluster().all(kind, where.namespace())
        : where.cluster().all(kind);
    List<ObjectKey> keys = all ? listed.map(KubeObject::key).toList() : KubectlEdits.keys(where, words);
    List<String> out = new ArrayList<>();
    for (ObjectKey key : keys) {
      out.addAll(out.isEmpty() ? List.of() : List.of("", ""));
      out.addAll(Describe.of(where.cluster(), KubectlEdits.found(where, key))
          .orElseThrow(() -> Stop.unsupported("kubectl describe " + key.kind().singular())));
    }
    return Command.Said.answered(out, new Answer.Nothing());
  }

  /** {@code kubectl rollout status|restart KIND/NAME}: changes take effect at once, so what is rolled out is out. */
  static Command rollout(KubectlProgram.Context where, Args args) throws Stop {
    String verb = args.isEmpty() ? "" : args.next();
    List<ObjectKey> keys = KubectlEdits.keys(where, KubectlOptions.of("rollout", args, Set.of(), Set.of()).words());
    List<String> out = new ArrayList<>();
    List<KubeObject> changed = new ArrayList<>();
    for (ObjectKey key : keys) {
      if (!(KubectlEdits.found(where, key) instanceof Workload workload) || key.kind() == Kind.REPLICA_SET) {
        throw Stop.exit(1, "error: no rollout " + verb + " is known for " + key.title());
      }
      switch (verb) {
        case "status" -> out.add(key.kind().singular() + " \"" + key.name() + "\" successfully rolled out");
        case "restart" -> {
          Workload.Template template = workload.template();
          String now = "" + where.prompt().lab().now().nanos();
          changed.add(workload.withTemplate(new Workload.Template(template.labels(),
              template.annotations().plus("kubectl.kubernetes.io/restartedAt", now), template.spec())));
          out.add(key.title() + " restarted");
        }
        default -> throw Stop.unsupported("kubectl rollout " + verb);
      }
    }
    return changed.isEmpty() ? Command.Said.answered(out, new Answer.Nothing()) : where.change(where.typed(),
        Controllers.apply(where.cluster(), changed, where.prompt().lab().now()), out, List.of());
  }
}
