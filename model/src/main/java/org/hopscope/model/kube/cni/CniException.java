package org.hopscope.model.kube.cni;

import java.util.Optional;

/**
 * What a plugin of CNI fails with (CNI specification, "Error"; containernetworking/cni pkg/types): below 100 the codes are the
 * specification's, and 999 is what nobody gave a code.
 */
public final class CniException extends Exception {
  /** What the command found wrong by itself. */
  public static final int INTERNAL = 999;
  /** The version asked for is none that the plugin speaks. */
  public static final int VERSION = 1;
  /** A variable of the environment is missing or wrong. */
  public static final int ENVIRONMENT = 4;
  /** The configuration is no JSON. */
  public static final int DECODING = 6;
  /** The configuration says what cannot be. */
  public static final int CONFIG = 7;
  /** STATUS: the plugin cannot serve ADD. */
  public static final int NOT_AVAILABLE = 50;

  private static final long serialVersionUID = 1;

  private final int code;
  private final String details;

  public CniException(int code, String message, String details) {
    super(message, null, false, false);
    this.code = code;
    this.details = details;
  }

  public CniException(int code, String message) {
    this(code, message, "");
  }

  /** Without a code of its own. */
  public CniException(String message) {
    this(INTERNAL, message);
  }

  /** The number. */
  public int code() {
    return code;
  }

  /** More about it, if there is more. */
  public Optional<String> details() {
    return Optional.of(details).filter(d -> !d.isEmpty());
  }

  /** The same behind other words: {@code before: message}. */
  public CniException behind(String before) {
    return new CniException(code, before + ": " + getMessage(), details);
  }
}
