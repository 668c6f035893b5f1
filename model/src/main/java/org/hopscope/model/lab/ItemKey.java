package org.hopscope.model.lab;

import java.util.Comparator;

/**
 * Something on the canvas that has a position: {@code host:H}, {@code netns:H/NS}, {@code device:NUMBER}, {@code cluster:C}; a
 * {@code remark:ID}, which has one of its own, only to be locked there.
 *
 * @param kind {@code host}, {@code netns}, {@code device}, {@code cluster} or {@code remark}
 * @param name the host, the namespace as {@code host/name}, the device's number, the cluster or the remark's id
 */
public record ItemKey(String kind, String name) implements Comparable<ItemKey> {
  private static final Comparator<ItemKey> ORDER = Comparator.comparing(ItemKey::kind).thenComparing(ItemKey::name);

  @Override
  public int compareTo(ItemKey other) {
    return ORDER.compare(this, other);
  }
}
