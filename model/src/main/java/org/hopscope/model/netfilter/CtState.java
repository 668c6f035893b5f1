package org.hopscope.model.netfilter;

/** What a packet is to connection tracking: the words of {@code --ctstate} (sem-N4). */
public enum CtState {
  /** It begins a connection, or no answer to it has been seen yet. */
  NEW,
  /** Both directions have been seen. */
  ESTABLISHED,
  /** It is about a connection: an ICMP error. */
  RELATED,
  /** It fits none and cannot begin one. */
  INVALID,
  /** It was taken out of tracking ({@code CT --notrack}). */
  UNTRACKED
}
