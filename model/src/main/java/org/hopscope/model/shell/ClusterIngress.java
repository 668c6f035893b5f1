package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.control.Entrances;
import org.hopscope.model.kube.ingress.IngressController;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.kube.object.GatewayClass;
import org.hopscope.model.kube.object.IngressClass;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubeService;

/**
 * {@code hop cluster ingress NAME CONTROLLER [--type LoadBalancer|NodePort] [--default true|false]}: applies what installs an
 * ingress controller or an implementation of the Gateway API, as {@code kubectl apply} or helm would. Its class is the default
 * one unless said, which real installations ask for.
 */
final class ClusterIngress {
  static final String USAGE = "hop: say: hop cluster ingress NAME ingress-nginx|traefik|f5-nginx|nginx-gateway "
      + "[--type LoadBalancer|NodePort] [--default true|false]";

  private ClusterIngress() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    List<String> words = args.rest();
    if (words.size() < 2) {
      throw Stop.exit(2, USAGE);
    }
    Cluster cluster = Optional.ofNullable(prompt.lab().clusters().get(words.getFirst()))
        .orElseThrow(() -> Stop.exit(1, "hop: there is no cluster \"" + words.getFirst() + "\""));
    IngressController controller = IngressController.of(words.get(1))
        .orElseThrow(() -> Stop.unsupported("hop cluster ingress " + words.get(1)));
    KubeService.Type type = KubeService.Type.LOAD_BALANCER;
    boolean isDefault = true;
    Args options = new Args(words.subList(2, words.size()));
    while (!options.isEmpty()) {
      String word = options.next();
      if (options.isEmpty()) {
        throw Stop.exit(2, USAGE);
      }
      String value = options.next();
      switch (word) {
        case "--type" -> type = KubeService.Type.of(value).filter(t -> t == KubeService.Type.LOAD_BALANCER
            || t == KubeService.Type.NODE_PORT).orElseThrow(() -> Stop.unsupported("--type " + value));
        case "--default" -> {
          if (!value.equals("true") && !value.equals("false")) {
            throw Stop.exit(2, USAGE);
          }
          isDefault = Boolean.parseBoolean(value);
        }
        default -> throw Stop.unsupported("hop cluster ingress " + word);
      }
    }
    return install(prompt, cluster, Entrances.objects(controller, type, isDefault), Commands.line(Stream.concat(Stream
        .of("hop", "cluster", "ingress"), words.stream()).toList()), controller);
  }

  private static Command install(Prompt prompt, Cluster cluster, List<KubeObject> objects, String line,
      IngressController controller) throws Stop {
    for (KubeObject object : objects) {
      Optional<KubeObject> old = cluster.find(object.key());
      boolean taken = old.isPresent() && switch (old.get()) {
        case IngressClass type -> !type.controller().equals(controller.names().controller());
        case GatewayClass type -> !type.controller().equals(controller.names().controller());
        default -> false;
      };
      if (taken) {
        throw Stop.exit(1, "hop: " + object.key() + " belongs to another controller already");
      }
    }
    Controllers.Settled settled = Controllers.apply(cluster, objects, prompt.lab().now());
    Reconciler.Put put = Reconciler.watched(prompt.lab(), settled.cluster(), line);
    List<String> out = objects.stream().map(o -> o.key().title() + (cluster.find(o.key()).isPresent() ? " configured"
        : " created")).toList();
    List<String> err = controller == IngressController.INGRESS_NGINX
        ? List.of("hopscope: ingress-nginx is retired: it has had no fixes since March 2026")
        : List.of();
    return new Command.Change(put.edit(), 1, new Command.Said(0, out, err, new Answer.Controlled(settled.steps(), put
        .wrote())));
  }
}
