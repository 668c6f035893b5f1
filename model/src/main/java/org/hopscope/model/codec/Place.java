package org.hopscope.model.codec;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column from 1
 */
public record Place(int line, int column) {
  /** The beginning of the file. */
  public static final Place START = new Place(1, 1);
}
