package org.hopscope.model.kube.proxy;

import org.hopscope.model.kube.Digest;

/**
 * The names of kube-proxy's chains (pkg/proxy/iptables/proxier.go): a prefix and 16 letters of a hash, since a chain's name
 * has at most 28 characters.
 */
final class ChainNames {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LENGTH = 16;

  private ChainNames() {
  }

  /** A chain of a Service's port: KUBE-SVC, KUBE-SVL, KUBE-EXT or KUBE-FW. */
  static String of(String prefix, ServicePort port) {
    return prefix + hash(port.name() + port.protocol().word(), LENGTH);
  }

  /** The chain of one endpoint of a Service's port. */
  static String of(ServicePort port, ProxyEndpoint endpoint) {
    return "KUBE-SEP-" + hash(port.name() + port.protocol().word() + endpoint, LENGTH);
  }

  /** The first characters of the SHA-256 in base 32 (RFC 4648 6). */
  static String hash(String text, int length) {
    byte[] digest = Digest.SHA_256.of(text);
    StringBuilder hash = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int bit = i * 5;
      int pair = (digest[bit / 8] & 0xff) << 8 | digest[bit / 8 + 1] & 0xff;
      hash.append(BASE32.charAt(pair >> 11 - bit % 8 & 31));
    }
    return hash.toString();
  }
}
