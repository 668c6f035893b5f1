package org.hopscope.model.kube.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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
    byte[] digest = sha256(what);
    StringBuilder ending = new StringBuilder();
    for (int i = 0; i < length; i++) {
      ending.append(LETTERS.charAt((digest[i] & 0xff) % LETTERS.length()));
    }
    return ending.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
