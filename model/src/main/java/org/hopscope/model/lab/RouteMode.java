package org.hopscope.model.lab;

/** How {@code ip route} treats a row that is already there. */
public enum RouteMode {
  /** Refuses with EEXIST. */
  ADD,
  /** Puts it behind. */
  APPEND,
  /** Puts it in front. */
  PREPEND,
  /** Takes its place. */
  REPLACE,
  /** Takes its place, and refuses with ENOENT when there is none. */
  CHANGE
}
