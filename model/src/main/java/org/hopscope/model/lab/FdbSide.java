package org.hopscope.model.lab;

/** In whose database a row stands, by the words of bridge(8). */
public enum FdbSide {
  /** That of the device itself. */
  SELF,
  /** That of the bridge whose port the device is. */
  MASTER
}
