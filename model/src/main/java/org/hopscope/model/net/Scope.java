package org.hopscope.model.net;

/** How far an address or a route's destination is (kernel rtnetlink.h RT_SCOPE_*). */
public enum Scope {
  GLOBAL(0, "global"), SITE(200, "site"), LINK(253, "link"), HOST(254, "host"), NOWHERE(255, "nowhere");

  private final int number;
  private final String word;

  Scope(int number, String word) {
    this.number = number;
    this.word = word;
  }

  /** The kernel's number: a greater one is nearer. */
  public int number() {
    return number;
  }

  /** The word iproute2 prints. */
  public String word() {
    return word;
  }
}
