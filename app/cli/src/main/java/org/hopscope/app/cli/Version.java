package org.hopscope.app.cli;

import java.util.Optional;

/** Which version this is. */
final class Version {
  private Version() {
  }

  /** As the package says; {@code dev} when it was never packaged. */
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
