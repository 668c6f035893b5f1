package org.hopscope.model.kube.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * Reads Endpoints, the old kind, as the EndpointSlices that mirror them (pkg/controller/endpointslicemirroring): one for each
 * subset and family.
 */
final class EndpointsReader {
  private static final String MANAGER = "endpointslicemirroring-controller.k8s.io";

  private EndpointsReader() {
  }

  /** An address of a subset. */
  private record Address(IpAddress address, EndpointSlice.Endpoint endpoint) {
  }

  static List<EndpointSlice> slices(View object, Meta meta) throws ManifestException {
    List<EndpointSlice> slices = new ArrayList<>();
    for (Subset subset : object.list("subsets", f -> subset(f, meta.namespace()))) {
      for (IpFamily family : IpFamily.values()) {
        List<EndpointSlice.Endpoint> own = subset.addresses().stream().filter(a -> a.address().family() == family)
            .map(Address::endpoint).toList();
        if (!own.isEmpty()) {
          slices.add(slice(meta, slices.size(), family, subset.ports(), own));
        }
      }
    }
    return slices.isEmpty() ? List.of(slice(meta, 0, IpFamily.INET, List.of(), List.of())) : slices;
  }

  /** Addresses that have the same ports. */
  private record Subset(List<Address> addresses, List<EndpointSlice.Port> ports) {
  }

  private static Subset subset(View fields, String namespace) throws ManifestException {
    List<Address> addresses = new ArrayList<>(fields.list("addresses", f -> address(f, namespace, true)));
    addresses.addAll(fields.list("notReadyAddresses", f -> address(f, namespace, false)));
    return new Subset(addresses, fields.list("ports", ServiceReader::slicePort));
  }

  private static Address address(View fields, String namespace, boolean ready) throws ManifestException {
    IpAddress address = fields.parsed("ip", "an address", IpAddress::parse).orElseThrow(() -> fields.missing("ip"));
    Optional<ObjectKey> pod = ServiceReader.target(fields, namespace);
    return new Address(address, new EndpointSlice.Endpoint(List.of(address), new EndpointSlice.Conditions(ready, ready,
        false), fields.text("nodeName"), pod, fields.text("hostname"), EndpointSlice.Topology.ANYWHERE));
  }

  private static EndpointSlice slice(Meta meta, int number, IpFamily family, List<EndpointSlice.Port> ports,
      List<EndpointSlice.Endpoint> endpoints) {
    String name = meta.name() + "-mirrored" + (number == 0 ? "" : "-" + number);
    return new EndpointSlice(Meta.of(meta.namespace(), name).withLabels(meta.labels()
        .plus(EndpointSlice.SERVICE_LABEL, meta.name()).plus(EndpointSlice.MANAGER_LABEL, MANAGER)), family, ports,
        endpoints);
  }
}
