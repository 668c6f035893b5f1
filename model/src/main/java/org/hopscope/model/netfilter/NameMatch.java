package org.hopscope.model.netfilter;

/**
 * {@code -i}, {@code -o} and the names of {@code -m physdev}: a device's name, or with {@code +} at its end all that begin so.
 *
 * @param pattern the name; {@code +} alone means any
 * @param inverted whether the name must be other
 */
public record NameMatch(String pattern, boolean inverted) {
  /** Whether a name passes; an empty name stands for no device. */
  public boolean holds(String name) {
    boolean same = pattern.endsWith("+")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
    return same != inverted;
  }
}
