package org.hopscope.model.netfilter;

/** For which protocol a set of rules is: {@code iptables} and {@code ip6tables} keep two sets that know nothing of each other. */
public enum Family {
  IPV4("iptables"), IPV6("ip6tables");

  private final String program;

  Family(String program) {
    this.program = program;
  }

  /** The program that writes rules of this family. */
  public String program() {
    return program;
  }
}
