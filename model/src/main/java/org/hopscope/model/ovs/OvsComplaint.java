package org.hopscope.model.ovs;

/** A program of Open vSwitch does not do what it was told. */
public final class OvsComplaint extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final boolean unsupported;

  private OvsComplaint(int status, boolean unsupported, String message) {
    super(message, null, false, false);
    this.status = status;
    this.unsupported = unsupported;
  }

  /** As the program says it; it exits with 1. */
  public static OvsComplaint of(String message) {
    return new OvsComplaint(1, false, message);
  }

  /** The program says nothing, and exits with a status of its own. */
  static OvsComplaint silent(int status) {
    return new OvsComplaint(status, false, "");
  }

  /** A real word that the model does not have. */
  static OvsComplaint unsupported(String word) {
    return new OvsComplaint(1, true, word);
  }

  public int status() {
    return status;
  }

  public boolean isUnsupported() {
    return unsupported;
  }
}
