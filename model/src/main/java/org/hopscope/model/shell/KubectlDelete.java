package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.codec.ManifestException;
import org.hopscope.model.kube.codec.ManifestReader;
import org.hopscope.model.kube.control.Clockwork;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.net.VirtualTime;

/** {@code kubectl delete KIND NAME...}, {@code KIND/NAME}, {@code KIND --all}, {@code KIND -l SELECTOR} or {@code -f FILE}. */
final class KubectlDelete {
  private final KubectlProgram.Context where;
  private final List<String> words = new ArrayList<>();
  private Optional<LabelQuery> query = Optional.empty();
  private Optional<String> file = Optional.empty();
  private boolean all;
  private boolean lenient;
  private int grace;

  private KubectlDelete(KubectlProgram.Context where) {
    this.where = where;
  }

  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    KubectlDelete delete = new KubectlDelete(where);
    while (!args.isEmpty()) {
      delete.word(args.next(), args);
    }
    return delete.run();
  }

  private void word(String word, Args args) throws Stop {
    switch (word) {
      case "-l", "--selector" -> query = Optional.of(LabelQuery.of(KubectlProgram.value(word, args)));
      case "-f", "--filename" -> file = Optional.of(KubectlProgram.value(word, args));
      case "--all" -> all = true;
      case "--ignore-not-found" -> lenient = true;
      case "--now", "--force", "--wait=false", "--grace-period=0" -> {
      }
      default -> {
        if (word.startsWith("--grace-period=")) {
          grace = Numbers.whole(word.substring("--grace-period=".length()), 0, 3600)
              .orElseThrow(() -> Stop.unsupported("kubectl delete " + word));
        } else if (word.startsWith("-")) {
          throw Stop.unsupported("kubectl delete " + word);
        } else {
          words.add(word);
        }
      }
    }
  }

  private Command run() throws Stop {
    List<ObjectKey> keys = file.isPresent() ? ofFile(file.get()) : ofWords();
    List<ObjectKey> found = new ArrayList<>();
    List<String> err = new ArrayList<>();
    for (ObjectKey key : keys) {
      if (where.cluster().find(key).isPresent()) {
        found.add(key);
      } else if (!lenient) {
        err.addAll(KubectlProgram.notFound(key.kind(), key.name()).said().err());
      }
    }
    if (found.isEmpty()) {
      return err.isEmpty() ? new Command.Said(0, List.of("No resources found"), List.of(), new Answer.Nothing())
          : Command.Said.failed(1, err);
    }
    check(found);
    List<KubePod> ending = grace == 0 ? List.of()
        : found.stream().flatMap(k -> where.cluster().find(k).stream()).flatMap(o -> o instanceof KubePod pod
            ? Stream.of(pod)
            : Stream.empty()).toList();
    if (!ending.isEmpty() && ending.size() < found.size()) {
      throw Stop.unsupported("kubectl delete --grace-period of more than pods");
    }
    VirtualTime now = where.prompt().lab().now();
    Controllers.Settled settled = ending.isEmpty() ? Controllers.delete(where.cluster(), found, now)
        : Clockwork.end(where.cluster(), ending, grace, now);
    List<String> out = found.stream().map(k -> k.kind().resource() + " \"" + k.name() + "\" deleted"
        + (k.namespace().isEmpty() ? "" : " from " + k.namespace() + " namespace")).toList();
    String command = file.isPresent() ? Commands.hereDocument(where.command("delete -f -"), KubectlApply.open(where,
        file.get())) : where.typed();
    Command done = where.change(command, settled, out, err);
    return err.isEmpty() || !(done instanceof Command.Change change) ? done
        : new Command.Change(change.edit(), 1, new Command.Said(1, out, err, change.said().answer()));
  }

  /** What the cluster cannot be without. */
  private void check(List<ObjectKey> keys) throws Stop {
    for (ObjectKey key : keys) {
      boolean needed = key.kind() == Kind.NAMESPACE && List.of("default", "kube-public", "kube-system").contains(
          key.name());
      if (needed) {
        throw Stop.exit(1, "Error from server (Forbidden): namespaces \"" + key.name()
            + "\" is forbidden: this namespace may not be deleted");
      }
      if (key.kind() == Kind.NODE) {
        throw Stop.unsupported("kubectl delete node");
      }
    }
  }

  private List<ObjectKey> ofWords() throws Stop {
    if (words.isEmpty()) {
      throw Stop.exit(1, "error: You must provide one or more resources by argument or filename.");
    }
    List<ObjectKey> keys = new ArrayList<>();
    if (words.getFirst().contains("/")) {
      for (String word : words) {
        int slash = word.indexOf('/');
        keys.add(key(KubectlGet.kind(word.substring(0, Math.max(0, slash))), word.substring(slash + 1)));
      }
      return keys;
    }
    Kind kind = KubectlGet.kind(words.getFirst());
    for (String name : words.subList(1, words.size())) {
      keys.add(key(kind, name));
    }
    if (keys.isEmpty() && !all && query.isEmpty()) {
      throw Stop.exit(1, "error: resource(s) were provided, but no name was specified");
    }
    if (keys.isEmpty()) {
      where.cluster().all(kind, kind.isNamespaced() ? where.namespace() : "")
          .filter(o -> query.map(q -> q.matches(o.meta().labels())).orElse(true)).map(KubeObject::key)
          .forEach(keys::add);
    }
    return keys;
  }

  private ObjectKey key(Kind kind, String name) {
    return new ObjectKey(kind, kind.isNamespaced() ? where.namespace() : "", name);
  }

  private List<ObjectKey> ofFile(String name) throws Stop {
    List<String> lines = KubectlApply.open(where, name);
    try {
      return ManifestReader.read(String.join("\n", lines), where.namespace()).stream()
          .flatMap(i -> i instanceof ManifestReader.Item.Read read ? java.util.stream.Stream.of(read.object().key())
              : java.util.stream.Stream.empty())
          .toList();
    } catch (ManifestException wrong) {
      throw KubectlApply.wrong(name, wrong);
    }
  }
}
