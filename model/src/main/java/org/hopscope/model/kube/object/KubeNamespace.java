package org.hopscope.model.kube.object;

/** A namespace of the cluster, which has nothing to do with network namespaces: names are unique in it. */
public record KubeNamespace(Meta meta) implements KubeObject {
  /** The label that every namespace carries with its own name (sem-P8). */
  public static final String NAME_LABEL = "kubernetes.io/metadata.name";

  @Override
  public Kind kind() {
    return Kind.NAMESPACE;
  }

  @Override
  public KubeNamespace withMeta(Meta value) {
    return new KubeNamespace(value);
  }
}
