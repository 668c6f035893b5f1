package org.hopscope.model.ipset;

import java.util.List;

/** Ends an ipset command as the program ends: with a status and its words. */
public final class SetComplaint extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  private SetComplaint(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** What the kernel refuses, and what cannot be read. */
  static SetComplaint refused(String message) {
    return new SetComplaint(1, message);
  }

  /** Words that are missing or wrong. */
  static SetComplaint usage(String message) {
    return new SetComplaint(2, message);
  }

  /** The same without a word. */
  SetComplaint quiet() {
    return new SetComplaint(status, "");
  }

  /** A real word of the real program that the model does not do. */
  static SetComplaint unsupported(String word) {
    return new SetComplaint(127, word);
  }

  public boolean isUnsupported() {
    return status == 127;
  }

  public int status() {
    return status;
  }

  /** What the program writes. */
  public List<String> lines() {
    return getMessage().isEmpty() ? List.of() : switch (status) {
      case 1 -> ("ipset v7.17: " + getMessage()).lines().toList();
      case 2 -> List.of("ipset v7.17: " + getMessage(), "Try `ipset help' for more information.");
      default -> List.of("hopscope: not supported: " + getMessage());
    };
  }
}
