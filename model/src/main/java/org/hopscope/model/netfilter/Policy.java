package org.hopscope.model.netfilter;

/** What happens at the end of a built-in chain. */
public enum Policy {
  ACCEPT, DROP
}
