package org.hopscope.model.ovs;

import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What a flow is about: fields with the values that they must have. A flow without any is about every frame.
 *
 * @param fields by field
 */
public record FlowMatch(PSortedMap<FlowField, Masked> fields) {
  /** Every frame. */
  public static final FlowMatch ALL = new FlowMatch(TreePMap.empty());

  /**
   * A value of which only some bits count.
   *
   * @param value the value; bits that do not count are 0
   * @param mask which bits count
   */
  public record Masked(long value, long mask) {
    public Masked {
      value &= mask;
    }

    boolean fits(long other) {
      return (other & mask) == value;
    }

    /** Whether it says at least as much as another. */
    boolean isWithin(Masked wider) {
      return (wider.mask & ~mask) == 0 && wider.fits(value);
    }
  }

  public FlowMatch with(FlowField field, long value, long mask) {
    return new FlowMatch(fields.plus(field, new Masked(value, mask)));
  }

  /** The value of a field that is said in full. */
  public Optional<Long> exact(FlowField field) {
    return Optional.ofNullable(fields.get(field)).filter(m -> m.mask() == field.full()).map(Masked::value);
  }

  /** Whether a frame is meant. */
  public boolean matches(FlowKey key) {
    return mismatch(key).isEmpty();
  }

  /** The first field by which a frame is not meant. */
  public Optional<FlowField> mismatch(FlowKey key) {
    return fields.entrySet().stream().filter(e -> !e.getValue().fits(e.getKey().read(key))).map(e -> e.getKey())
        .findFirst();
  }

  /** Whether it is about no frame that another is not about: what {@code del-flows} without {@code --strict} asks. */
  public boolean isWithin(FlowMatch wider) {
    return wider.fields.entrySet().stream()
        .allMatch(e -> fields.containsKey(e.getKey()) && fields.get(e.getKey()).isWithin(e.getValue()));
  }
}
