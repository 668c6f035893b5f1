package org.hopscope.model.ipvs;

import java.util.List;

/** Ends {@code ipvsadm} as the program ends: with a status and its words. */
public final class IpvsComplaint extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  private IpvsComplaint(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** What cannot be meant (ipvsadm.c fail). */
  static IpvsComplaint usage(String message) {
    return new IpvsComplaint(2, message);
  }

  /** What the kernel refuses (libipvs ipvs_strerror), and words that cannot be read. */
  static IpvsComplaint refused(String message) {
    return new IpvsComplaint(255, message);
  }

  /** What there is nothing to list of. */
  static IpvsComplaint nothing(String message) {
    return new IpvsComplaint(1, message);
  }

  /** A real word of the real program that the model does not do. */
  static IpvsComplaint unsupported(String word) {
    return new IpvsComplaint(127, word);
  }

  public boolean isUnsupported() {
    return status == 127;
  }

  public int status() {
    return status;
  }

  /** Whether a file of commands ends here: it goes on behind what the kernel refuses. */
  public boolean isFatal() {
    return status != 255;
  }

  /** What the program writes. */
  public List<String> lines() {
    return List.of((isUnsupported() ? "hopscope: not supported: " + getMessage() : getMessage()).split("\n", -1));
  }
}
