package org.hopscope.model.kube.ingress;

/** How paths of rules are held against a request's. */
final class Paths {
  private Paths() {
  }

  /** Element by element between slashes; a slash at the end counts on neither side (sem-I1). */
  static boolean isPrefix(String prefix, String path) {
    String bare = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    return path.equals(bare) || path.startsWith(bare + "/");
  }
}
