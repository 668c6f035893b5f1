package org.hopscope.lessons.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.LabState;

/**
 * A Service as a lesson writes it: {@code svc:NAMESPACE/SERVICE}. It may name nothing.
 *
 * @param namespace the Kubernetes namespace
 * @param name the Service's name
 */
public record ServiceName(String namespace, String name) {
  private static final Pattern FORM = Pattern.compile("svc:([a-z0-9.-]+)/([a-z0-9.-]+)");

  /** Reads the written form; empty for anything else. */
  public static Optional<ServiceName> parse(String text) {
    Matcher m = FORM.matcher(text);
    return m.matches() ? Optional.of(new ServiceName(m.group(1), m.group(2))) : Optional.empty();
  }

  /** Its key at an API server. */
  public ObjectKey key() {
    return new ObjectKey(Kind.SERVICE, namespace, name);
  }

  /** The Service it names in a lab, if there is one. */
  Optional<KubeService> find(LabState lab) {
    return lab.clusters().values().stream().flatMap(c -> c.find(key()).stream()).map(KubeService.class::cast)
        .findFirst();
  }

  /** Its virtual addresses in a lab: none when there is no such Service, or when it is headless. */
  List<IpAddress> addresses(LabState lab) {
    return find(lab).map(s -> s.addressing().clusterIps()).orElse(List.of());
  }

  /** Its name in a sentence. */
  String spoken() {
    return namespace.equals("default") ? name : namespace + "/" + name;
  }

  @Override
  public String toString() {
    return "svc:" + namespace + "/" + name;
  }
}
