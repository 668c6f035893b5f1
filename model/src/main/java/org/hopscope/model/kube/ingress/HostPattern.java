package org.hopscope.model.kube.ingress;

import java.util.Locale;

/**
 * A host of a rule: a name, or {@code *.} and a name. What the star covers is said by whoever asks: one label in an Ingress
 * (sem-I3), one or more in a Gateway.
 */
record HostPattern(String text) {
  HostPattern {
    text = text.toLowerCase(Locale.ROOT);
  }

  boolean isWildcard() {
    return text.startsWith("*.");
  }

  /** Whether the star covers exactly one label. */
  boolean matchesOneLabel(String host) {
    return isWildcard()
        ? host.endsWith(text.substring(1)) && host.indexOf('.') == host.length() - text.length() + 1
            && host.length() > text
                .length() - 1
        : host.equals(text);
  }

  /** Whether the star covers one label or several. */
  boolean matches(String host) {
    return isWildcard() ? host.endsWith(text.substring(1)) && host.length() > text.length() - 1 : host.equals(text);
  }
}
