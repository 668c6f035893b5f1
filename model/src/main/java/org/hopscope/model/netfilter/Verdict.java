package org.hopscope.model.netfilter;

/** What a table makes of a packet. */
public sealed interface Verdict {
  /** It goes on. */
  record Accept() implements Verdict {
  }

  /** It ends here. */
  record Drop() implements Verdict {
  }

  /** It ends here, and the sender is told. */
  record Reject(RejectWith with) implements Verdict {
  }

  /** It goes on, and its connection is to be translated as a rule of {@code nat} says. */
  record Translate(Target target) implements Verdict {
  }
}
