package org.hopscope.model.net;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A switch of {@code ip link set} that says how a device listens, and changes nothing in the model's packet path
 * (if.h IFF_*, netdevice(7)): devices of the model hear everything anyway.
 */
public enum LinkFlag {
  /** Listens to all groups. */
  ALLMULTI("allmulticast"),
  /** Listens to all frames. */
  PROMISC("promisc"),
  /** Its address may change. */
  DYNAMIC("dynamic"),
  /** Has no trailers: the word {@code trailers} takes it away. */
  NOTRAILERS("trailers"),
  /** Says that it knows no groups: the word {@code multicast} takes it away. */
  NO_MULTICAST("multicast");

  private final String word;
  private final String flagName = name().toLowerCase(Locale.ROOT);

  LinkFlag(String word) {
    this.word = word;
  }

  /** What it is called in a lab file: the kernel's name in small letters. */
  public String flagName() {
    return flagName;
  }

  /** The word of {@code ip link set} that turns it. */
  public String word() {
    return word;
  }

  /** Whether the word's {@code on} takes the flag away. */
  public boolean isInverted() {
    return this == NOTRAILERS || this == NO_MULTICAST;
  }

  /** The flag that a word of {@code ip link set} turns. */
  public static Optional<LinkFlag> of(String word) {
    return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
  }
}
