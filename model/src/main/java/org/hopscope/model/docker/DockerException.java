package org.hopscope.model.docker;

/** The daemon refuses: its message, as it stands behind {@code Error response from daemon:}. */
public final class DockerException extends Exception {
  private static final long serialVersionUID = 1;

  public DockerException(String message) {
    super(message, null, false, false);
  }
}
