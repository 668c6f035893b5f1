package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.codec.ManifestException;
import org.hopscope.model.kube.codec.ManifestReader;
import org.hopscope.model.kube.codec.Mark;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.dns.ClusterNaming;
import org.hopscope.model.kube.ingress.ReverseProxy;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;

/** {@code kubectl apply -f FILE}: all objects of the file, or none when one of them is wrong. */
final class KubectlApply {
  private KubectlApply() {
  }

  /** What is done with the objects of a file. */
  private enum Verb {
    APPLY, CREATE, REPLACE
  }

  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    return read(where, args, Verb.APPLY);
  }

  /** {@code kubectl create -f FILE}: none of the objects may be there yet. */
  static Command create(KubectlProgram.Context where, Args args) throws Stop {
    return read(where, args, Verb.CREATE);
  }

  /** {@code kubectl replace -f FILE}: all of the objects have to be there. */
  static Command replace(KubectlProgram.Context where, Args args) throws Stop {
    return read(where, args, Verb.REPLACE);
  }

  private static Command read(KubectlProgram.Context where, Args args, Verb verb) throws Stop {
    KubectlOptions options = KubectlOptions.of(where.words().getFirst(), args, Set.of("f", "filename"), Set.of());
    List<String> files = Stream.concat(options.all("f").stream(), options.all("filename").stream()).toList();
    if (files.isEmpty() || !options.words().isEmpty()) {
      throw Stop.exit(1, files.isEmpty() ? "error: must specify one of -f and -k"
          : "error: Unexpected args: [" + String.join(" ", options.words()) + "]");
    }
    List<String> lines = new ArrayList<>(open(where, files.getFirst()));
    for (String file : files.subList(1, files.size())) {
      lines.add("---");
      lines.addAll(open(where, file));
    }
    return apply(where, files.getFirst(), lines, verb);
  }

  /** The lines of a manifest; {@code -} is the standard input. */
  static List<String> open(KubectlProgram.Context where, String name) throws Stop {
    return name.equals("-")
        ? where.prompt().input()
        : HostFiles.open(where.prompt(), name, Stop.exit(1, "error: the path \"" + name + "\" does not exist"));
  }

  static Stop wrong(String name, ManifestException wrong) {
    return Stop.exit(1, "error: " + (name.equals("-") ? "STDIN" : name) + ": line " + wrong.mark().line() + ", column "
        + wrong.mark().column() + ": " + wrong.getMessage());
  }

  private static Command apply(KubectlProgram.Context where, String name, List<String> lines, Verb verb) throws Stop {
    List<String> err = new ArrayList<>();
    List<KubeObject> objects = new ArrayList<>();
    for (ManifestReader.Item item : items(where, name, lines)) {
      switch (item) {
        case ManifestReader.Item.Read(Mark _, KubeObject object, List<String> fields) -> {
          objects.add(object);
          List<String> notes = Stream.concat(fields.stream(), ReverseProxy.ignored(object).stream()
              .map("metadata.annotations."::concat)).toList();
          if (!notes.isEmpty()) {
            err.add("hopscope: " + object.key().title() + ": not modelled, and without effect here: "
                + String.join(", ", notes));
          }
        }
        case ManifestReader.Item.Skipped(Mark mark, String version, String kind, String called) -> err.add(
            "hopscope: " + name + ": line " + mark.line() + ": " + kind + (called.isEmpty() ? "" : " \"" + called
                + "\"") + " (" + version + ") is skipped: this kind is not modelled");
      }
    }
    if (objects.isEmpty() && err.isEmpty()) {
      throw Stop.exit(1, "error: no objects passed to apply");
    }
    for (KubeObject object : objects) {
      boolean there = where.cluster().find(object.key()).isPresent();
      if (verb == Verb.CREATE && there) {
        throw KubectlEdits.exists(object);
      }
      if (verb == Verb.REPLACE && !there) {
        throw KubectlProgram.notFound(object.kind(), object.meta().name());
      }
    }
    check(where, objects);
    Controllers.Settled settled =
        Controllers.apply(where.cluster(), objects, where.prompt().lab().now());
    List<String> out = objects.stream().map(o -> o.key().title() + " " + switch (verb) {
      case APPLY -> became(where.cluster(), settled.cluster(), o.key());
      case CREATE -> "created";
      case REPLACE -> "replaced";
    }).toList();
    String command = Commands.hereDocument(where.command(where.words().getFirst() + " -f -"), lines);
    return where.change(command, settled, out, err);
  }

  private static List<ManifestReader.Item> items(KubectlProgram.Context where, String name, List<String> lines)
      throws Stop {
    try {
      return ManifestReader.read(String.join("\n", lines), where.namespace());
    } catch (ManifestException wrong) {
      throw wrong(name, wrong);
    }
  }

  /** Refuses what the API server does not take. */
  static void check(KubectlProgram.Context where, List<KubeObject> objects) throws Stop {
    checkNamespaces(where, objects);
    Optional<String> problem = Controllers.problem(where.cluster(), objects).or(() -> objects.stream().flatMap(
        o -> ClusterNaming.problem(o).stream()).findFirst().map("error: "::concat));
    if (problem.isPresent()) {
      throw Stop.exit(1, problem.get());
    }
  }

  /** Objects go into namespaces that are there, or come with them. */
  private static void checkNamespaces(KubectlProgram.Context where, List<KubeObject> objects) throws Stop {
    for (KubeObject object : objects) {
      String namespace = object.meta().namespace();
      ObjectKey key = new ObjectKey(Kind.NAMESPACE, "", namespace);
      boolean there = namespace.isEmpty() || where.cluster().find(key).isPresent()
          || objects.stream().anyMatch(o -> o.key().equals(key));
      if (!there) {
        throw KubectlProgram.notFound(Kind.NAMESPACE, namespace);
      }
    }
  }

  private static String became(Cluster before, Cluster after, ObjectKey key) {
    Optional<KubeObject> old = before.find(key);
    return old.isEmpty() ? "created" : old.equals(after.find(key)) ? "unchanged" : "configured";
  }
}
