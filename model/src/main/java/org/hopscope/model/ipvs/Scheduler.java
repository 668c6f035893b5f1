package org.hopscope.model.ipvs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who says which real server gets a new connection: each is a module of the kernel, {@code ip_vs_NAME.c}. */
public enum Scheduler {
  /** In turn. */
  RR,
  /** In turn, heavier ones more often. */
  WRR,
  /** Who has the fewest connections. */
  LC,
  /** Who has the fewest connections for its weight. */
  WLC,
  /** By the client's address. */
  SH,
  /** By the virtual address. */
  DH,
  /** Who will be done first: the fewest active connections, with the new one, for its weight. */
  SED,
  /** An idle one at once, else as {@link #SED}. */
  NQ,
  /** The heaviest that is there. */
  FO,
  /** The heaviest until it has more active connections than its weight. */
  OVF;

  /** Its name. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scheduler of a name. */
  public static Optional<Scheduler> named(String word) {
    return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
  }
}
