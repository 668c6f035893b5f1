package org.hopscope.model.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is known of devices, by their identity. Immutable: a changed one shares with the old one all leaves but those of
 * the devices that changed, so that many changes made at once cost little more than the leaves they fall into.
 *
 * @param <V> what is known of one
 */
public final class DeviceMap<V> {
  private static final int LEAF = 32;
  private static final DeviceMap<?> EMPTY = new DeviceMap<>(new Object[0][]);

  /** Leaf i has the devices from number 32 i on; null where nothing is known. The last leaf is never empty. */
  private final Object[][] leaves;

  private DeviceMap(Object[][] leaves) {
    this.leaves = leaves;
  }

  /** Nothing known of any device. */
  @SuppressWarnings("unchecked")
  public static <V> DeviceMap<V> empty() {
    return (DeviceMap<V>) EMPTY;
  }

  /** What is known of a device. */
  @SuppressWarnings("unchecked")
  public Optional<V> get(DeviceId device) {
    int leaf = device.number() / LEAF;
    return leaf < leaves.length && leaves[leaf] != null
        ? Optional.ofNullable((V) leaves[leaf][device.number() % LEAF])
        : Optional.empty();
  }

  /** The devices of which something is known, by number. */
  public List<DeviceId> devices() {
    List<DeviceId> known = new ArrayList<>();
    for (int number = 0; number < leaves.length * LEAF; number++) {
      DeviceId device = new DeviceId(number);
      if (get(device).isPresent()) {
        known.add(device);
      }
    }
    return known;
  }

  /** With something known of a device, in place of what was. */
  public DeviceMap<V> plus(DeviceId device, V value) {
    Changes<V> changes = changes();
    changes.put(device, value);
    return changes.made();
  }

  /** With nothing known of a device. */
  public DeviceMap<V> minus(DeviceId device) {
    if (get(device).isEmpty()) {
      return this;
    }
    Changes<V> changes = changes();
    changes.leaf(device)[device.number() % LEAF] = null;
    return changes.made();
  }

  /** Many changes to be made at once. */
  public Changes<V> changes() {
    return new Changes<>(leaves);
  }

  /**
   * Changes that are being collected; used by one thread and once.
   *
   * @param <V> what is known of a device
   */
  public static final class Changes<V> {
    private final Object[][] old;
    private Object[][] leaves;

    private Changes(Object[][] old) {
      this.old = old;
      leaves = old.clone();
    }

    /** Something is known of a device from now on. */
    public void put(DeviceId device, V value) {
      leaf(device)[device.number() % LEAF] = value;
    }

    private Object[] leaf(DeviceId device) {
      int at = device.number() / LEAF;
      if (at >= leaves.length) {
        leaves = Arrays.copyOf(leaves, at + 1);
      }
      if (leaves[at] == null) {
        leaves[at] = new Object[LEAF];
      } else if (at < old.length && leaves[at] == old[at]) {
        leaves[at] = old[at].clone();
      }
      return leaves[at];
    }

    /** The map with all of them. */
    public DeviceMap<V> made() {
      int used = leaves.length;
      while (used > 0 && isEmpty(leaves[used - 1])) {
        used--;
      }
      return used == 0 ? empty() : new DeviceMap<>(used == leaves.length ? leaves : Arrays.copyOf(leaves, used));
    }

    private static boolean isEmpty(Object[] leaf) {
      for (int i = 0; leaf != null && i < leaf.length; i++) {
        if (leaf[i] != null) {
          return false;
        }
      }
      return true;
    }
  }

  /** Leaves that are the same object are not looked at. */
  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof DeviceMap<?> that) || leaves.length != that.leaves.length) {
      return false;
    }
    for (int i = 0; i < leaves.length; i++) {
      if (leaves[i] != that.leaves[i] && !same(leaves[i], that.leaves[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Object[] one, Object[] other) {
    return Changes.isEmpty(one) ? Changes.isEmpty(other) : Arrays.equals(one, other);
  }

  @Override
  public int hashCode() {
    int sum = 0;
    for (DeviceId device : devices()) {
      sum += device.hashCode() ^ get(device).hashCode();
    }
    return sum;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("DeviceMap{");
    devices().forEach(device -> text.append(device).append('=').append(get(device).orElseThrow()).append(' '));
    return text.append('}').toString();
  }
}
