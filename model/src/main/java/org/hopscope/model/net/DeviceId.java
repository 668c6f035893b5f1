package org.hopscope.model.net;

/**
 * A device's identity within a lab: it survives renaming and moving, and is never used again.
 *
 * @param number counted up from 1 in the order of creation
 */
public record DeviceId(int number) implements Comparable<DeviceId> {
  /** As of any record, written out: it is asked for with every packet. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceId that && number == that.number;
  }

  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public int compareTo(DeviceId other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "device#" + number;
  }
}
