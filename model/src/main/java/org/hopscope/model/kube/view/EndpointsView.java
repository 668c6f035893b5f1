package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.net.VirtualTime;

/**
 * The Endpoints of Services, of the old kind of which EndpointSlices took the place (deprecated since Kubernetes 1.33): they are
 * not kept, but read from the slices whenever somebody asks. Of a Service's families they know the first.
 */
public final class EndpointsView {
  private static final int SHOWN = 3;

  private final Cluster cluster;
  private final KubeService service;
  private final List<String> ready = new ArrayList<>();
  private final List<String> unready = new ArrayList<>();
  private final Map<String, EndpointSlice.Port> ports = new TreeMap<>();
  private final List<String> sockets = new ArrayList<>();

  private EndpointsView(Cluster cluster, KubeService service) {
    this.cluster = cluster;
    this.service = service;
    read();
  }

  private void read() {
    IpFamily family = service.addressing().families().stream().findFirst().orElse(IpFamily.INET);
    for (EndpointSlice slice : cluster.slices()) {
      boolean own = slice.meta().namespace().equals(service.meta().namespace()) && slice.family() == family
          && slice.service().equals(Optional.of(service.meta().name()));
      if (own) {
        slice.ports().forEach(p -> ports.put(p.name().orElse("<unset>"), p));
        slice.endpoints().forEach(e -> endpoint(slice, e));
      }
    }
  }

  private void endpoint(EndpointSlice slice, EndpointSlice.Endpoint endpoint) {
    IpAddress address = endpoint.addresses().getFirst();
    (endpoint.conditions().ready() ? ready : unready).add(address.toString());
    if (endpoint.conditions().ready()) {
      String host = address.family() == IpFamily.INET6 ? "[" + address + "]" : address.toString();
      slice.ports().forEach(p -> sockets.add(host + ":" + p.port()));
    }
  }

  private static List<EndpointsView> all(Cluster cluster, Optional<String> namespace) {
    return cluster.all(Kind.SERVICE).map(KubeService.class::cast)
        .filter(s -> namespace.map(s.meta().namespace()::equals).orElse(true))
        .filter(s -> cluster.slices().stream().anyMatch(e -> e.meta().namespace().equals(s.meta().namespace())
            && e.service().equals(Optional.of(s.meta().name()))))
        .map(s -> new EndpointsView(cluster, s)).toList();
  }

  /** As {@code kubectl get endpoints} lists them; with the head even if there are none. */
  public static List<String> table(Cluster cluster, Optional<String> namespace, List<String> names, VirtualTime now) {
    List<String> head = List.of("NAME", "ENDPOINTS", "AGE");
    Columns table = new Columns(namespace.isPresent() ? head : List.of("NAMESPACE", "NAME", "ENDPOINTS", "AGE"));
    for (EndpointsView view : all(cluster, namespace)) {
      if (names.isEmpty() || names.contains(view.service.meta().name())) {
        List<String> row = new ArrayList<>(List.of(view.service.meta().name(), view.shown(), Ages.of(view.service.meta()
            .created(), now)));
        if (namespace.isEmpty()) {
          row.addFirst(view.service.meta().namespace());
        }
        table.add(row);
      }
    }
    return table.lines();
  }

  private String shown() {
    String some = String.join(",", sockets.subList(0, Math.min(SHOWN, sockets.size())));
    return sockets.isEmpty() ? "<none>"
        : some + (sockets.size() > SHOWN ? " + " + (sockets.size() - SHOWN) + " more..." : "");
  }

  /** Their names in a namespace. */
  public static List<String> names(Cluster cluster, String namespace) {
    return all(cluster, Optional.of(namespace)).stream().map(v -> v.service.meta().name()).toList();
  }

  /** As {@code kubectl describe endpoints} tells them; empty when there are none of that name. */
  public static Optional<List<String>> described(Cluster cluster, String namespace, String name) {
    return all(cluster, Optional.of(namespace)).stream().filter(v -> v.service.meta().name().equals(name)).findFirst()
        .map(EndpointsView::lines);
  }

  private List<String> lines() {
    LabelledText text = new LabelledText();
    text.row("Name:", service.meta().name());
    text.row("Namespace:", service.meta().namespace());
    text.texts("Labels:", service.meta().labels(), "=");
    text.row("Annotations:", LabelledText.NONE);
    text.line("Subsets:");
    text.line("  Addresses:          " + (ready.isEmpty() ? LabelledText.NONE : String.join(",", ready)));
    text.line("  NotReadyAddresses:  " + (unready.isEmpty() ? LabelledText.NONE : String.join(",", unready)));
    text.line("  Ports:");
    int width = Math.max(4, ports.keySet().stream().mapToInt(String::length).max().orElse(0));
    text.line("    Name" + " ".repeat(width - 4) + "  Port  Protocol");
    text.line("    ----" + " ".repeat(width - 4) + "  ----  --------");
    ports.forEach((name, port) -> text.line("    " + name + " ".repeat(width - name.length()) + "  "
        + (port.port() + "    ").substring(0, Math.max(4, ("" + port.port()).length())) + "  " + port.protocol()));
    text.line("");
    text.line("Events:  " + LabelledText.NONE);
    return text.lines();
  }
}
