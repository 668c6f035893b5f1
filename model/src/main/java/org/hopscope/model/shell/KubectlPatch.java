package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.codec.ManifestException;
import org.hopscope.model.kube.codec.ObjectPatch;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.Workload;

/** {@code kubectl patch} and {@code kubectl set image}. */
final class KubectlPatch {
  private KubectlPatch() {
  }

  /** {@code kubectl patch KIND NAME -p PATCH [--type=strategic|merge|json] [--subresource=status]}. */
  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("patch", args, Set.of("p", "patch", "type", "patch-file",
        "subresource"), Set.of());
    if (options.value("subresource").filter(s -> !s.equals("status")).isPresent()) {
      throw Stop.unsupported("kubectl patch --subresource=" + options.value("subresource").get());
    }
    Optional<String> file = options.value("patch-file");
    Optional<String> typed = options.value("p").or(() -> options.value("patch"));
    if (typed.isEmpty() && file.isEmpty()) {
      throw Stop.exit(1, "error: must specify --patch or --patch-file containing the contents of the patch");
    }
    String patch = file.isPresent() ? String.join("\n", KubectlApply.open(where, file.get())) : typed.orElseThrow();
    ObjectPatch.Kind kind = switch (options.value("type").orElse("strategic")) {
      case "strategic" -> ObjectPatch.Kind.STRATEGIC;
      case "merge" -> ObjectPatch.Kind.MERGE;
      case "json" -> ObjectPatch.Kind.JSON;
      default ->
          throw Stop.exit(1, "error: --type must be one of [json merge strategic], not \"" + options.value("type")
              .orElse("") + "\"");
    };
    List<KubeObject> changed = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (ObjectKey key : KubectlEdits.keys(where, options.words())) {
      KubeObject object = KubectlEdits.found(where, key);
      try {
        KubeObject made = ObjectPatch.apply(object, patch, kind);
        out.add(key.title() + " patched" + (made.equals(object) ? " (no change)" : ""));
        changed.add(made);
      } catch (ManifestException wrong) {
        throw Stop.exit(1, "The request is invalid: patch: " + wrong.getMessage());
      }
    }
    return KubectlEdits.put(where, changed, out);
  }

  /** {@code kubectl set image KIND/NAME CONTAINER=IMAGE...}; {@code *} is every container. */
  static Command set(KubectlProgram.Context where, Args args) throws Stop {
    String what = args.isEmpty() ? "" : args.next();
    if (!what.equals("image")) {
      throw Stop.unsupported("kubectl set " + what);
    }
    KubectlOptions options = KubectlOptions.of("set image", args, Set.of("l", "selector"), Set.of("all"));
    List<String> names = options.words().stream().filter(w -> !w.contains("=")).toList();
    List<String> images = options.words().stream().filter(w -> w.contains("=")).toList();
    if (images.isEmpty()) {
      throw Stop.exit(1, "error: at least one image update is required");
    }
    List<KubeObject> changed = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (ObjectKey key : KubectlMeta.selected(where, names, options)) {
      KubeObject object = KubectlEdits.found(where, key);
      KubeObject made = switch (object) {
        case Workload workload -> workload.withTemplate(new Workload.Template(workload.template().labels(),
            workload.template().annotations(), imaged(workload.template().spec(), images)));
        case KubePod pod -> pod.withSpec(imaged(pod.spec(), images));
        default -> throw Stop.exit(1, "error: " + key.title() + " has no containers");
      };
      if (!made.equals(object)) {
        changed.add(made);
        out.add(key.title() + " image updated");
      }
    }
    return changed.isEmpty() ? Command.Said.NOTHING : KubectlEdits.put(where, changed, out);
  }

  private static PodSpec imaged(PodSpec spec, List<String> images) throws Stop {
    List<PodSpec.Container> containers = new ArrayList<>(spec.containers());
    for (String each : images) {
      String name = each.substring(0, each.indexOf('='));
      String image = each.substring(each.indexOf('=') + 1);
      boolean found = false;
      for (int i = 0; i < containers.size(); i++) {
        if (name.equals("*") || name.equals(containers.get(i).name())) {
          containers.set(i, containers.get(i).withImage(image));
          found = true;
        }
      }
      if (!found) {
        throw Stop.exit(1, "error: unable to find container named \"" + name + "\"");
      }
    }
    return new PodSpec(containers, spec.placement(), spec.names(), spec.hostNetwork());
  }
}
