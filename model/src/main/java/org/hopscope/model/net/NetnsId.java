package org.hopscope.model.net;

/**
 * The name of a network namespace. Names are one flat list per host (ip-netns(8)); the namespace that a host starts with
 * is its root namespace and has no name.
 *
 * @param host the host's name
 * @param name the name under which {@code ip netns} knows it, empty for the root namespace
 */
public record NetnsId(String host, String name) implements Comparable<NetnsId> {
  /** As of any record, written out: it is asked for with every packet. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof NetnsId that && name.equals(that.name) && host.equals(that.host);
  }

  @Override
  public int hashCode() {
    return host.hashCode() * 31 + name.hashCode();
  }

  /** The root namespace of a host. */
  public static NetnsId root(String host) {
    return new NetnsId(host, "");
  }

  /** Whether it is the namespace its host started with. */
  public boolean isRoot() {
    return name.isEmpty();
  }

  @Override
  public int compareTo(NetnsId other) {
    int byHost = host.equals(other.host) ? 0 : host.compareTo(other.host);
    return byHost != 0 ? byHost : name.compareTo(other.name);
  }

  /** {@code host/name}, or {@code @host} for a root namespace: for messages; see {@code shell.Places} for what people write. */
  @Override
  public String toString() {
    return isRoot() ? "@" + host : host + "/" + name;
  }
}
