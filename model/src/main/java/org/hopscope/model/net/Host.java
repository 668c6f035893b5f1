package org.hopscope.model.net;

/**
 * A machine with a kernel of its own.
 *
 * @param name unique in the lab
 * @param order counted up in the order of creation; the lowest is the first host
 */
public record Host(String name, int order) {
  /** Its root namespace. */
  public NetnsId root() {
    return NetnsId.root(name);
  }
}
