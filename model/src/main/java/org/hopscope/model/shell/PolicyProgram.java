package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.codec.ManifestException;
import org.hopscope.model.kube.codec.ManifestReader;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.policy.PolicyPreview;
import org.hopscope.model.lab.LabState;

/**
 * {@code hop policy preview -f FILE|--delete NAME [-n NAMESPACE] [--context CLUSTER]}: between which pods
 * connections would begin or cease to be allowed if the file were applied, or the policy deleted. Nothing is applied.
 */
final class PolicyProgram {
  static final String USAGE = "hop: say: hop policy preview -f FILE|--delete NAME [-n NAMESPACE] [--context CLUSTER]";

  private final Prompt prompt;
  private Optional<String> file = Optional.empty();
  private Optional<String> gone = Optional.empty();
  private Optional<String> context = Optional.empty();
  private String namespace = "default";

  private PolicyProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    if (!args.take("preview")) {
      throw Stop.exit(2, USAGE);
    }
    PolicyProgram program = new PolicyProgram(prompt);
    while (!args.isEmpty()) {
      program.option(args.next(), args);
    }
    return program.preview();
  }

  private void option(String word, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(2, USAGE);
    }
    String value = args.next();
    switch (word) {
      case "-f", "--filename" -> file = Optional.of(value);
      case "--delete" -> gone = Optional.of(value);
      case "-n", "--namespace" -> namespace = value;
      case "--context" -> context = Optional.of(value);
      default -> throw Stop.exit(2, USAGE);
    }
  }

  private Command preview() throws Stop {
    if (file.isPresent() == gone.isPresent()) {
      throw Stop.exit(2, USAGE);
    }
    Cluster before = KubectlProgram.cluster(prompt, context);
    KubectlProgram.Context where = new KubectlProgram.Context(prompt, before, namespace, List.of());
    LabState after = prompt.lab().withClusters(prompt.lab().clusters().plus(before.name(), after(where)));
    Optional<PolicyPreview> preview = PolicyPreview.of(prompt.lab(), after);
    List<String> out = new ArrayList<>(preview.map(PolicyPreview::changes).orElse(List.of()).stream()
        .map(c -> c.from().path() + " -> " + c.to().path() + ": " + (c.allowed() ? "allowed" : "blocked")).toList());
    if (out.isEmpty()) {
      out.add("no connection between pods changes");
    }
    List<String> err = preview.map(PolicyPreview::enforced).orElse(true) ? List.of()
        : List.of("hopscope: " + before.choices().plugin().word() + " enforces no NetworkPolicy: this is what a plugin "
            + "that does would change");
    return new Command.Said(0, out, err, new Answer.Nothing());
  }

  private Cluster after(KubectlProgram.Context where) throws Stop {
    if (gone.isPresent()) {
      ObjectKey key = new ObjectKey(Kind.NETWORK_POLICY, namespace, gone.get());
      KubectlEdits.found(where, key);
      return where.cluster().without(key);
    }
    List<KubeObject> objects = new ArrayList<>();
    List<String> lines = KubectlApply.open(where, file.orElseThrow());
    try {
      for (ManifestReader.Item item : ManifestReader.read(String.join("\n", lines), namespace)) {
        if (item instanceof ManifestReader.Item.Read read) {
          objects.add(read.object());
        }
      }
    } catch (ManifestException wrong) {
      throw KubectlApply.wrong(file.orElseThrow(), wrong);
    }
    KubectlApply.check(where, objects);
    return Controllers.apply(where.cluster(), objects, where.prompt().lab().now()).cluster();
  }
}
