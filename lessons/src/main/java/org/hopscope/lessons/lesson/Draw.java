package org.hopscope.lessons.lesson;

/**
 * Which drill of a lesson that never ends: the same numbers give the same lab with the same fault on every machine.
 *
 * @param level how hard, from 1 to {@link #LEVELS}
 * @param seed which of them, from 0
 */
public record Draw(int level, long seed) {
  /** Links and addresses; then routes and neighbours too; filters and translation too; tunnels and Services too. */
  public static final int LEVELS = 4;
  /** The one to begin with. */
  public static final Draw FIRST = new Draw(1, 1);

  public Draw {
    if (level < 1 || level > LEVELS || seed < 0) {
      throw new IllegalArgumentException("no such drill: level " + level + ", seed " + seed);
    }
  }

  /** Another one of the same level. */
  public Draw next() {
    return new Draw(level, seed + 1);
  }

  /** The one of another level. */
  public Draw at(int other) {
    return new Draw(other, seed);
  }

  @Override
  public String toString() {
    return level + "/" + seed;
  }
}
