package org.hopscope.model.lab;

import java.util.Locale;

/** How {@code bridge fdb} writes a row (kernel NLM_F_EXCL, NLM_F_APPEND, NLM_F_REPLACE). */
public enum FdbMode {
  /** Only where there is none. */
  ADD,
  /** One more far end of a row that leads to several; else as {@link #REPLACE}. */
  APPEND,
  /** In place of what is there. */
  REPLACE;

  /** The word of bridge(8). */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
