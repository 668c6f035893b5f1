package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * {@code kubectl run NAME --image=IMAGE [--port=N] [--labels=A=B,...] [--expose]}: a pod, with {@code --expose} a Service as
 * well; with {@code --rm -it -- COMMAND} a pod for one command, which is taken away afterwards.
 */
final class KubectlRun {
  private KubectlRun() {
  }

  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("run", args, Set.of("image", "port", "labels", "l", "restart", "env",
        "dry-run", "o", "output", "image-pull-policy"),
        Set.of("expose", "rm", "i", "t", "it", "ti", "stdin", "tty",
            "command", "q", "quiet", "attach"));
    String name = KubectlEdits.name(options, "NAME is required for run");
    String image = options.value("image").orElseThrow(() -> Stop.exit(1, "error: required flag(s) \"image\" not set"));
    Optional<String> restart = options.value("restart").filter(r -> !List.of("Never", "Always", "OnFailure").contains(
        r));
    if (restart.isPresent()) {
      throw Stop.exit(1, "error: invalid restart policy: " + restart.get());
    }
    boolean attached = List.of("i", "it", "ti", "stdin", "attach").stream().anyMatch(options::has);
    if (options.has("rm") && !attached) {
      throw Stop.exit(1, "error: --rm should only be used for attached containers");
    }
    if (attached) {
      return once(where, options, name, image);
    }
    Optional<Integer> port = options.number("port", 1, 65535);
    KubePod pod = pod(where, options, name, image, port);
    if (!options.has("expose")) {
      return KubectlEdits.create(where, pod, " created", options);
    }
    if (port.isEmpty()) {
      throw Stop.exit(1, "error: --port must be set when exposing a service");
    }
    return exposed(where, pod, port.get());
  }

  private static KubePod pod(KubectlProgram.Context where, KubectlOptions options, String name, String image,
      Optional<Integer> port) throws Stop {
    Optional<String> labels = options.value("labels").or(() -> options.value("l"));
    PSortedMap<String, String> set = labels.isPresent() ? KubectlMeta.labels(labels.get())
        : TreePMap.<String, String>empty().plus("run", name);
    PodSpec.Start start = options.has("command") ? new PodSpec.Start(options.rest(), List.of())
        : new PodSpec.Start(List.of(), options.rest());
    return new KubePod(Meta.of(where.namespace(), name).withLabels(set), PodSpec.of(KubectlEdits.container(name, image,
        port).withStart(start)), KubePod.Status.PENDING);
  }

  private static Command exposed(KubectlProgram.Context where, KubePod pod, int port) throws Stop {
    KubeService service = new KubeService(Meta.of(pod.meta().namespace(), pod.meta().name()),
        Optional.of(pod.meta().labels()), List.of(new KubeService.Port(Optional.empty(), PortProtocol.TCP, port,
            new PortName.Number(port), Optional.empty())),
        new KubeService.Addressing(KubeService.Type.CLUSTER_IP, List.of(), List.of(), false, List.of(), List.of(),
            Optional.empty()),
        KubeService.Routing.USUAL);
    for (KubeObject object : List.of(service, pod)) {
      if (where.cluster().find(object.key()).isPresent()) {
        throw KubectlEdits.exists(object);
      }
    }
    KubectlApply.check(where, List.of(service, pod));
    Controllers.Settled settled = Controllers.apply(where.cluster(), List.of(service, pod),
        where.prompt().lab().now());
    return where.change(where.typed(), settled, List.of(service.key().title() + " created", pod.key().title()
        + " created"), List.of());
  }

  /** A pod for one command: made, used and taken away, each by a command of its own. */
  private static Command once(KubectlProgram.Context where, KubectlOptions options, String name, String image)
      throws Stop {
    if (options.rest().isEmpty()) {
      throw Stop.unsupported("kubectl run -it without a command behind --");
    }
    if (where.cluster().pod(where.namespace(), name).isPresent()) {
      throw KubectlEdits.exists(where.pod(name));
    }
    List<String> made = new ArrayList<>(List.of("run", name, "--image=" + image));
    options.value("labels").or(() -> options.value("l")).ifPresent(l -> made.add("--labels=" + l));
    options.value("port").ifPresent(p -> made.add("--port=" + p));
    StringBuilder text = new StringBuilder(where.command(Commands.line(made)) + " > /dev/null || exit $?\n"
        + where.command("exec " + name + " -- " + Commands.line(options.rest())) + "\nended=$?\n");
    if (options.has("rm")) {
      text.append(where.command("delete pod " + name)).append(options.has("q") || options.has("quiet")
          ? " > /dev/null\n"
          : "\n");
    }
    return new Command.Interpret(where.prompt().at(), text.append("exit $ended\n").toString());
  }
}
