package org.hopscope.model.kube;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that programs make names of. */
public enum Digest {
  SHA_1("SHA-1"), SHA_224("SHA-224"), SHA_256("SHA-256");

  /** Copied for each use: looking for an algorithm among the providers takes longer than most digests. */
  private final MessageDigest fresh;

  Digest(String algorithm) {
    try {
      fresh = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** The digest of a text in UTF-8. */
  public byte[] of(String text) {
    try {
      return ((MessageDigest) fresh.clone()).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException never) {
      throw new IllegalStateException(never);
    }
  }
}
