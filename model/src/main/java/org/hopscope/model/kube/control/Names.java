package org.hopscope.model.kube.control;

import org.hopscope.model.kube.Digest;

/**
 * The endings of generated names. A real cluster draws them; here they follow from what they are for, so that the same
 * manifests always give the same names.
 */
final class Names {
  /** apimachinery pkg/util/rand: no vowels, so that no words come out, and no digits that look like them. */
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private Names() {
  }

  /** An ending of {@code length} letters for something. */
  static String ending(String what, int length) {
    byte[] digest = Digest.SHA_256.of(what);
    StringBuilder ending = new StringBuilder();
    for (int i = 0; i < length; i++) {
      ending.append(LETTERS.charAt((digest[i] & 0xff) % LETTERS.length()));
    }
    return ending.toString();
  }
}
