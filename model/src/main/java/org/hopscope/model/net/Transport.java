package org.hopscope.model.net;

import java.util.Locale;

/** A transport protocol that a program can listen on. */
public enum Transport {
  TCP(6), UDP(17);

  private final int number;

  Transport(int number) {
    this.number = number;
  }

  /** The IANA protocol number. */
  public int number() {
    return number;
  }

  /** {@code tcp} or {@code udp}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
