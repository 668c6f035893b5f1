package org.hopscope.model.shell;

import java.util.Optional;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;

/**
 * How people write where something is: {@code NS} a namespace of the host at hand, {@code H/NS} one of another host,
 * {@code @H} a host's root namespace, {@code @host} the first host's whatever its name is, {@code pod:NAMESPACE/POD} that
 * of a pod, {@code container:NAME} and {@code H/container:NAME} that of a container.
 */
public final class Places {
  private static final String FIRST = "@host";
  /** What a pod's place begins with. */
  static final String POD = "pod:";

  private Places() {
  }

  /** The namespace that is meant, existing or not, seen from a prompt on {@code host}; empty when it is no place. */
  public static Optional<NetnsId> read(LabState lab, String host, String text) {
    if (text.startsWith(POD)) {
      return pod(lab, text.substring(POD.length()));
    }
    int slash = text.indexOf('/');
    if (text.startsWith(Sandbox.PLACE) && slash < 0) {
      return Optional.of(container(lab, host, text));
    }
    if (text.startsWith("@")) {
      String named = text.substring(1);
      boolean first = text.equals(FIRST) && !lab.hosts().containsKey(named);
      return text.length() < 2 || slash >= 0
          ? Optional.empty()
          : Optional.of(NetnsId.root(first ? lab.firstHost().name() : named));
    }
    if (slash < 0) {
      return text.isEmpty() ? Optional.empty() : Optional.of(new NetnsId(host, text));
    }
    String name = text.substring(slash + 1);
    return slash == 0 || name.isEmpty() || name.contains("/")
        ? Optional.empty()
        : Optional.of(container(lab, text.substring(0, slash), name));
  }

  /** A container's namespace, which may be the host's or another container's; any other name is its own. */
  private static NetnsId container(LabState lab, String host, String name) {
    return Optional.of(name).filter(n -> n.startsWith(Sandbox.PLACE))
        .flatMap(n -> Sandbox.named(lab, host, n.substring(Sandbox.PLACE.length())))
        .orElseGet(() -> new NetnsId(host, name));
  }

  /** The pod of the first cluster that has one of this name, which must have been started. */
  private static Optional<NetnsId> pod(LabState lab, String text) {
    int slash = text.indexOf('/');
    String namespace = slash < 0 ? "default" : text.substring(0, slash);
    return Pods.find(lab, namespace, text.substring(slash + 1));
  }

  /** As {@link #read}, only if there is such a namespace. */
  public static Optional<NetnsId> find(LabState lab, String host, String text) {
    return read(lab, host, text).filter(id -> lab.find(id).isPresent());
  }

  /** How a namespace is written for everybody: the shortest form that names it from the first host. */
  public static String name(LabState lab, NetnsId id) {
    return id.isRoot() ? "@" + id.host() : isFirst(lab, id.host()) ? id.name() : id.host() + "/" + id.name();
  }

  /** {@code PLACE:DEVICE}: how a device is written for everybody. */
  public static String name(LabState lab, Device device) {
    return name(lab, device.netns()) + ":" + device.name();
  }

  static boolean isFirst(LabState lab, String host) {
    return !lab.hosts().isEmpty() && lab.firstHost().name().equals(host);
  }
}
