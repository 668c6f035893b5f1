package org.hopscope.model.iptables;

/** What one iptables command asks for. */
public enum Operation {
  APPEND("-A"), INSERT("-I"), DELETE("-D"), DELETE_NUMBER("-D"), REPLACE("-R"), CHECK("-C"), LIST("-L"), LIST_RULES(
      "-S"),
  FLUSH("-F"), ZERO("-Z"), ZERO_NUMBER("-Z"), NEW_CHAIN("-N"), DELETE_CHAIN("-X"), RENAME_CHAIN(
      "-E"),
  POLICY("-P"), VERSION("-V"), HELP("-h");

  private final String option;

  Operation(String option) {
    this.option = option;
  }

  /** Its option. */
  public String option() {
    return option;
  }

  /** Whether it names a rule by what it says. */
  boolean hasRule() {
    return this == APPEND || this == INSERT || this == DELETE || this == REPLACE || this == CHECK;
  }
}
