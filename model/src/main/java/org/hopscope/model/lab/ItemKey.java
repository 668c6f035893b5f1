package org.hopscope.model.lab;

import java.util.Comparator;

/**
 * Something on the canvas that has a position: {@code host:H}, {@code netns:H/NS} or {@code device:NUMBER}.
 *
 * @param kind {@code host}, {@code netns} or {@code device}
 * @param name the host, the namespace as {@code host/name}, or the device's number
 */
public record ItemKey(String kind, String name) implements Comparable<ItemKey> {
  private static final Comparator<ItemKey> ORDER = Comparator.comparing(ItemKey::kind).thenComparing(ItemKey::name);

  @Override
  public int compareTo(ItemKey other) {
    return ORDER.compare(this, other);
  }
}
