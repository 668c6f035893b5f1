package org.hopscope.model.kube.object;

/**
 * Which object: no two of a cluster have the same.
 *
 * @param kind its kind
 * @param namespace its namespace, empty for kinds that live in none
 * @param name its name
 */
public record ObjectKey(Kind kind, String namespace, String name) implements Comparable<ObjectKey> {
  /** As of any record, written out: everything in a cluster is found by it. */
  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof ObjectKey that && kind == that.kind && name.equals(that.name)
        && namespace.equals(that.namespace);
  }

  @Override
  public int hashCode() {
    return (kind.ordinal() * 31 + namespace.hashCode()) * 31 + name.hashCode();
  }

  @Override
  public int compareTo(ObjectKey other) {
    int byKind = kind.compareTo(other.kind);
    int byNamespace = byKind != 0 ? byKind : namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  /** {@code namespace/name}, or the name alone. */
  public String path() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  /** {@code service/web}: how {@code kubectl} speaks of it. */
  public String title() {
    return kind.resource() + "/" + name;
  }

  /** {@code Service default/web}: for people. */
  @Override
  public String toString() {
    return kind.word() + " " + path();
  }
}
