package org.hopscope.model.nft;

import java.util.Optional;

/** What a rule or an element of a verdict map does with a packet (nft(8) VERDICT STATEMENT). */
public sealed interface Verdict {
  /** The base chain is done with it: the next one at the hook sees it. */
  record Accept() implements Verdict {
  }

  /** It ends here, whatever other chains would say. */
  record Drop() implements Verdict {
  }

  /** On with the next rule. */
  record Continue() implements Verdict {
  }

  /** Back to the rule behind the jump; in a base chain: the policy. */
  record Return() implements Verdict {
  }

  /** On in another chain, and back here from its end. */
  record Jump(String chain) implements Verdict {
  }

  /** On in another chain, and from its end back to where this one was called. */
  record Goto(String chain) implements Verdict {
  }

  /** The chain it leads to. */
  default Optional<String> leads() {
    return switch (this) {
      case Jump(String chain) -> Optional.of(chain);
      case Goto(String chain) -> Optional.of(chain);
      case Accept _,Drop _,Continue _,Return _ -> Optional.empty();
    };
  }

  /** Its word, with the chain it leads to. */
  default String text() {
    return switch (this) {
      case Accept _ -> "accept";
      case Drop _ -> "drop";
      case Continue _ -> "continue";
      case Return _ -> "return";
      case Jump(String chain) -> "jump " + chain;
      case Goto(String chain) -> "goto " + chain;
    };
  }
}
