package org.hopscope.model.nft;

/** Where in its chain a rule is to stand. */
sealed interface RulePlace {
  /** Behind all. */
  record End() implements RulePlace {
  }

  /** In front of all. */
  record Start() implements RulePlace {
  }

  /** In front of, or behind, the rule of a handle. */
  record Beside(Token handle, int number, boolean behind) implements RulePlace {
  }

  /** In front of, or behind, the rule of a place counted from 0. */
  record Index(Token index, int number, boolean behind) implements RulePlace {
  }

  /** In the place of the rule of a handle. */
  record Instead(Token handle, int number) implements RulePlace {
  }
}
