package org.hopscope.model.kube.codec;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the API server asks of names and labels (apimachinery pkg/util/validation). */
public final class Checks {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern QUALIFIED = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)");
  private static final Pattern PORT = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private Checks() {
  }

  /** A DNS-1123 label: of namespaces. */
  static boolean isLabel(String name) {
    return LABEL.matcher(name).matches();
  }

  /** A DNS-1035 label: of Services. */
  static boolean isServiceName(String name) {
    return SERVICE.matcher(name).matches();
  }

  /** A DNS-1123 subdomain: of nearly everything. */
  static boolean isSubdomain(String name) {
    return name.length() <= 253 && SUBDOMAIN.matcher(name).matches();
  }

  /** An IANA service name: of ports (at most 15 characters, a letter among them). */
  static boolean isPortName(String name) {
    return name.length() <= 15 && PORT.matcher(name).matches() && !name.contains("--")
        && name.chars().anyMatch(Character::isLetter);
  }

  /** A label's or annotation's key: a name, with a DNS subdomain and a slash in front of it or without. */
  public static boolean isKey(String key) {
    int slash = key.indexOf('/');
    return (slash < 0 || isSubdomain(key.substring(0, slash))) && QUALIFIED.matcher(key.substring(slash + 1)).matches();
  }

  /** What a label may say. */
  public static boolean isLabelValue(String value) {
    return value.isEmpty() || QUALIFIED.matcher(value).matches();
  }

  /** What is wrong with a path that is compared as it is: clients take some parts out of a path before they ask. */
  static Optional<String> path(String path) {
    return Stream.of("//", "/./", "/../", "%2f", "%2F").filter(path::contains).map(p -> "must not contain '" + p + "'")
        .findFirst().or(() -> Stream.of("/..", "/.").filter(path::endsWith).map(e -> "cannot end with '" + e + "'")
            .findFirst());
  }

  /** A name that requests are for: a DNS name, with {@code *.} in front of it at most. */
  static boolean isHost(String host) {
    return isSubdomain(host.startsWith("*.") ? host.substring(2) : host);
  }

  /** Refuses labels that the API server refuses. */
  static void labels(View fields, String name) throws ManifestException {
    for (Map.Entry<String, String> label : fields.texts(name).entrySet()) {
      if (!isKey(label.getKey())) {
        throw fields.wrong(name, "\"" + label.getKey() + "\" cannot be the name of a label");
      }
      if (!isLabelValue(label.getValue())) {
        throw fields.wrong(name, "\"" + label.getValue() + "\" cannot be the value of a label: at most 63 letters, "
            + "digits, '-', '_' and '.', with a letter or digit at both ends");
      }
    }
  }
}
