package org.hopscope.model.addr;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/**
 * A key of WireGuard: 32 bytes, written in base64 as {@code wg} does (wg(8)). Private and public keys are those of
 * Curve25519 (RFC 7748), preshared keys are any 32 bytes.
 *
 * @param base64 the 44 characters
 */
public record WireGuardKey(String base64) implements Comparable<WireGuardKey> {
  /** Stands for no key: all zeros. */
  public static final WireGuardKey ZERO = of(new byte[32]);
  private static final int BYTES = 32;
  /** The u coordinate of Curve25519's base point (RFC 7748 4.1). */
  private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

  private static WireGuardKey of(byte[] bytes) {
    return new WireGuardKey(Base64.getEncoder().encodeToString(bytes));
  }

  /** Reads 44 characters of base64 (wireguard-tools encoding.c key_from_base64); empty when it is no key. */
  public static Optional<WireGuardKey> parse(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return text.length() == 44 && bytes.length == BYTES ? Optional.of(of(bytes)) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** 32 bytes that follow from a text: what a program would draw at random. */
  public static WireGuardKey drawn(String from) {
    try {
      return of(MessageDigest.getInstance("SHA-256").digest(from.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** As a private key has to be: with the bits set and cleared that RFC 7748 5 says. */
  public WireGuardKey clamped() {
    byte[] bytes = bytes();
    bytes[0] &= (byte) 248;
    bytes[31] = (byte) (bytes[31] & 127 | 64);
    return of(bytes);
  }

  /** The public key of this private key (RFC 7748 6.1). */
  public WireGuardKey publicKey() {
    try {
      KeyFactory factory = KeyFactory.getInstance("X25519");
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, clamped().bytes())));
      agreement.doPhase(factory.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT)), true);
      return of(agreement.generateSecret());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }

  @Override
  public int compareTo(WireGuardKey other) {
    return base64.compareTo(other.base64);
  }

  @Override
  public String toString() {
    return base64;
  }
}
