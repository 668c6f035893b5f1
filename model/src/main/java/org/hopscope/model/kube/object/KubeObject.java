package org.hopscope.model.kube.object;

/** An object of the Kubernetes API: an immutable value, of one of the kinds that are modelled. */
public sealed interface KubeObject
    permits KubeNamespace, KubeNode, ConfigData, Workload, KubePod, KubeService, EndpointSlice, NetworkPolicy,
    IngressClass, Ingress, GatewayClass, Gateway, HttpRoute, ReferenceGrant {
  /** What every object has. */
  Meta meta();

  /** The same object with other metadata. */
  KubeObject withMeta(Meta value);

  /** Its kind. */
  Kind kind();

  /** Which object it is. */
  default ObjectKey key() {
    return new ObjectKey(kind(), meta().namespace(), meta().name());
  }
}
