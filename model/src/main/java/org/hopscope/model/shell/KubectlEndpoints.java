package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.view.EndpointsView;

/** {@code kubectl get|describe endpoints}: the old kind, which the API server warns of. */
final class KubectlEndpoints {
  private static final String WARNING =
      "Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";

  private KubectlEndpoints() {
  }

  /** Whether a word of {@code kubectl} means them, with or without a name behind a slash. */
  static boolean isMeant(List<String> words) {
    return !words.isEmpty() && Set.of("ep", "endpoints", "endpoint").contains(words.getFirst().split("/", 2)[0]);
  }

  private static List<String> names(KubectlOptions options) {
    return options.words().getFirst().contains("/")
        ? options.words().stream().map(w -> w.substring(w.indexOf('/') + 1)).toList()
        : options.words().subList(1, options.words().size());
  }

  static Command get(KubectlProgram.Context where, KubectlOptions options) throws Stop {
    Optional<String> output = options.value("o").or(() -> options.value("output")).filter(o -> !o.equals("wide"));
    if (output.isPresent()) {
      throw Stop.unsupported("kubectl get endpoints -o " + output.get());
    }
    boolean everywhere = options.has("A") || options.has("all-namespaces");
    List<String> names = names(options);
    missing(where, names);
    List<String> lines = EndpointsView.table(where.cluster(), everywhere ? Optional.empty()
        : Optional.of(where.namespace()), names, where.prompt().lab().now());
    List<String> err = new ArrayList<>(List.of(WARNING));
    if (lines.size() == 1) {
      err.add("No resources found" + (everywhere ? "" : " in " + where.namespace() + " namespace."));
    }
    return new Command.Said(0,
        lines.size() == 1 ? List.of() : options.has("no-headers") ? lines.subList(1, lines.size())
            : lines,
        err, new Answer.Nothing());
  }

  static Command describe(KubectlProgram.Context where, KubectlOptions options) throws Stop {
    List<String> typed = names(options);
    missing(where, typed);
    List<String> out = new ArrayList<>();
    for (String name : typed.isEmpty() ? EndpointsView.names(where.cluster(), where.namespace()) : typed) {
      out.addAll(out.isEmpty() ? List.of() : List.of("", ""));
      out.addAll(EndpointsView.described(where.cluster(), where.namespace(), name).orElse(List.of()));
    }
    return new Command.Said(0, out, List.of(WARNING), new Answer.Nothing());
  }

  private static void missing(KubectlProgram.Context where, List<String> names) throws Stop {
    for (String name : names) {
      if (EndpointsView.described(where.cluster(), where.namespace(), name).isEmpty()) {
        throw Stop.exit(1, "Error from server (NotFound): endpoints \"" + name + "\" not found");
      }
    }
  }
}
