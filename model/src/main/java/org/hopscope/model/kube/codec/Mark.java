package org.hopscope.model.kube.codec;

/**
 * Where something stands in a manifest.
 *
 * @param line from 1
 * @param column from 1
 */
public record Mark(int line, int column) {
  /** Where nothing has been read. */
  public static final Mark START = new Mark(1, 1);
}
