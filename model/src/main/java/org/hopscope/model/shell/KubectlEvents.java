package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.view.KubeEvents;
import org.hopscope.model.net.VirtualTime;

/** {@code kubectl get events} and {@code kubectl events}. */
final class KubectlEvents {
  private static final Set<String> WORDS = Set.of("events", "event", "ev", "events.events.k8s.io");
  private static final Set<String> FIELDS = Set.of("type", "reason", "involvedObject.name", "involvedObject.kind",
      "involvedObject.namespace", "metadata.namespace");

  private KubectlEvents() {
  }

  /** Whether the first word after {@code get} means events. */
  static boolean isMeant(List<String> words) {
    return words.size() == 1 && WORDS.contains(words.getFirst());
  }

  /** {@code kubectl events [--for KIND/NAME] [--types=Warning,Normal] [-A]}. */
  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    return get(where, KubectlOptions.of("events", args, Set.of("for", "types", "o", "output"), Set.of("A",
        "all-namespaces", "no-headers")));
  }

  /** The table; other outputs are refused, since events have no names here. */
  static Command get(KubectlProgram.Context where, KubectlOptions options) throws Stop {
    VirtualTime now = where.prompt().lab().now();
    boolean everywhere = options.has("A") || options.has("all-namespaces");
    String output = options.value("o").or(() -> options.value("output")).orElse("");
    if (!output.isEmpty() && !output.equals("wide")) {
      throw Stop.unsupported("kubectl get events -o " + output);
    }
    for (String other : List.of("l", "selector")) {
      if (options.has(other)) {
        throw Stop.unsupported("kubectl get events -" + (other.length() > 1 ? "-" : "") + other);
      }
    }
    List<String> types = List.of(options.value("types").orElse("Normal,Warning").split(","));
    FieldQuery fields = FieldQuery.of(options.value("field-selector").orElse(""), FIELDS);
    List<KubeEvents.Told> told = KubeEvents.of(where.cluster(), now).stream()
        .filter(e -> everywhere || e.namespace().equals(where.namespace())).filter(e -> types.contains(e.type()))
        .filter(e -> options.value("for").map(f -> isAbout(e, f)).orElse(true))
        .filter(e -> fields.matches(f -> field(e, f))).toList();
    if (told.isEmpty()) {
      return new Command.Said(0, List.of(), List.of("No resources found" + (everywhere ? "" : " in " + where.namespace()
          + " namespace.")), new Answer.Nothing());
    }
    List<String> lines = KubeEvents.table(told, now, everywhere, output.equals("wide"));
    return Command.Said.answered(options.has("no-headers") ? lines.subList(1, lines.size()) : lines,
        new Answer.Nothing());
  }

  private static boolean isAbout(KubeEvents.Told event, String named) {
    int slash = named.indexOf('/');
    return slash > 0 && event.about().name().equals(named.substring(slash + 1))
        && Kind.named(named.substring(0, slash)).filter(k -> k == event.about().kind())
            .isPresent();
  }

  private static Optional<String> field(KubeEvents.Told event, String path) {
    return Optional.of(switch (path) {
      case "type" -> event.type();
      case "reason" -> event.reason();
      case "involvedObject.name" -> event.about().name();
      case "involvedObject.kind" -> event.about().kind().word();
      default -> event.namespace();
    });
  }
}
