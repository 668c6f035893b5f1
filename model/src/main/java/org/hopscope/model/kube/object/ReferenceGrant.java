package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;

/**
 * Leave to refer to objects of its own namespace from other namespaces (Gateway API v1beta1 ReferenceGrant). Without one a route
 * may name no Service of another namespace.
 *
 * @param from whose references are allowed: any of them
 * @param to what may be referred to: any of them
 */
public record ReferenceGrant(Meta meta, List<From> from, List<To> to) implements KubeObject {
  public ReferenceGrant {
    from = List.copyOf(from);
    to = List.copyOf(to);
  }

  /** Objects of a kind in a namespace. */
  public record From(String group, String kind, String namespace) {
  }

  /**
   * Objects of a kind.
   *
   * @param group empty for the core one
   * @param name one of them; all when it is not said
   */
  public record To(String group, String kind, Optional<String> name) {
  }

  /** Whether an object may refer to one of another namespace by leave of this grant. */
  public boolean allows(ObjectKey one, ObjectKey other) {
    return meta.namespace().equals(other.namespace())
        && from.stream().anyMatch(f -> f.group().equals(one.kind().group()) && f.kind().equals(one.kind().word())
            && f.namespace().equals(one.namespace()))
        && to.stream().anyMatch(t -> t.group().equals(other.kind().group()) && t.kind().equals(other.kind().word())
            && t.name().map(other.name()::equals).orElse(true));
  }

  @Override
  public Kind kind() {
    return Kind.REFERENCE_GRANT;
  }

  @Override
  public ReferenceGrant withMeta(Meta value) {
    return new ReferenceGrant(value, from, to);
  }
}
