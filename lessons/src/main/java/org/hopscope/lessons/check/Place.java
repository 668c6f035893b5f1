package org.hopscope.lessons.check;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.NetnsId;

/**
 * A namespace as a lesson writes it: {@code NS}, {@code H/NS}, {@code @host} for the first host's root namespace,
 * {@code @H} for another host's, {@code pod:NAMESPACE/POD} for that of a pod. It may name nothing: what it names is asked
 * of a lab.
 */
public sealed interface Place {
  /** The namespace it names in a lab, if there is one. */
  Optional<NetnsId> find(LabState lab);

  /** Whether it names a host's root namespace. */
  boolean isRoot();

  /** Its name in a sentence: a root namespace goes by the name of its host. */
  String spoken();

  /** Reads any of the forms; empty for anything else. */
  static Optional<Place> parse(String text) {
    return text.startsWith(Pod.PREFIX) ? Pod.parse(text).map(p -> p) : Named.parse(text).map(p -> p);
  }

  /** As {@link #parse}, for texts known to be right. */
  static Place of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a place: " + text));
  }

  /** How a lesson would write a namespace of a lab. */
  static Place of(LabState lab, NetnsId id) {
    return Pod.of(lab, id).map(Place.class::cast).orElseGet(() -> Named.of(lab, id));
  }

  /**
   * A namespace by its name on a host.
   *
   * @param host the host; the first one when empty
   * @param netns the namespace's name, empty for the root namespace
   */
  record Named(Optional<String> host, String netns) implements Place {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final String FIRST = "@" + LabState.FIRST_HOST;

    private static Optional<Named> parse(String text) {
      if (text.equals(FIRST)) {
        return Optional.of(new Named(Optional.empty(), ""));
      }
      int slash = text.indexOf('/');
      Optional<String> host = text.startsWith("@")
          ? Optional.of(text.substring(1))
          : slash < 0 ? Optional.empty() : Optional.of(text.substring(0, slash));
      String netns = text.startsWith("@") ? "" : text.substring(slash + 1);
      boolean sound = host.map(h -> NAME.matcher(h).matches()).orElse(true)
          && (netns.isEmpty() ? text.startsWith("@") : NAME.matcher(netns).matches());
      return sound ? Optional.of(new Named(host, netns)) : Optional.empty();
    }

    private static Named of(LabState lab, NetnsId id) {
      boolean first = firstHost(lab).map(h -> h.name().equals(id.host())).orElse(false);
      return new Named(first ? Optional.empty() : Optional.of(id.host()), id.name());
    }

    @Override
    public Optional<NetnsId> find(LabState lab) {
      Optional<String> where = host.isPresent() ? host : firstHost(lab).map(Host::name);
      return where.map(h -> new NetnsId(h, netns)).filter(id -> lab.find(id).isPresent());
    }

    private static Optional<Host> firstHost(LabState lab) {
      return lab.hosts().values().stream().min(Comparator.comparingInt(Host::order));
    }

    @Override
    public boolean isRoot() {
      return netns.isEmpty();
    }

    @Override
    public String spoken() {
      return isRoot() ? toString().substring(1) : toString();
    }

    @Override
    public String toString() {
      return isRoot() ? host.map(h -> "@" + h).orElse(FIRST) : host.map(h -> h + "/").orElse("") + netns;
    }
  }

  /**
   * The namespace of a pod, wherever it runs: its node's root namespace when it has none of its own.
   *
   * @param namespace the Kubernetes namespace
   * @param name the pod's name
   */
  record Pod(String namespace, String name) implements Place {
    /** What a pod's place begins with. */
    static final String PREFIX = "pod:";
    private static final Pattern FORM = Pattern.compile(PREFIX + "([a-z0-9.-]+)/([a-z0-9.-]+)");

    private static Optional<Pod> parse(String text) {
      Matcher m = FORM.matcher(text);
      return m.matches() ? Optional.of(new Pod(m.group(1), m.group(2))) : Optional.empty();
    }

    private static Optional<Pod> of(LabState lab, NetnsId id) {
      return Pods.at(lab, id).map(p -> of(p.pod()));
    }

    private static Pod of(KubePod pod) {
      return new Pod(pod.meta().namespace(), pod.meta().name());
    }

    @Override
    public Optional<NetnsId> find(LabState lab) {
      return Pods.find(lab, namespace, name).filter(id -> lab.find(id).isPresent());
    }

    @Override
    public boolean isRoot() {
      return false;
    }

    @Override
    public String spoken() {
      return namespace.equals("default") ? name : namespace + "/" + name;
    }

    @Override
    public String toString() {
      return PREFIX + namespace + "/" + name;
    }
  }
}
