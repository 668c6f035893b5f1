package org.hopscope.model.netfilter;

/** Bob Jenkins' lookup3 over whole words (kernel include/linux/jhash.h jhash2). */
final class JenkinsHash {
  private static final int INITIAL = 0xdead_beef;

  private JenkinsHash() {
  }

  /** The hash of some words; {@code seed} goes in first. */
  static int of(int[] words, int seed) {
    int a = INITIAL + (words.length << 2) + seed;
    int b = a;
    int c = a;
    int at = 0;
    int left = words.length;
    while (left > 3) {
      a += words[at];
      b += words[at + 1];
      c += words[at + 2];
      a -= c;
      a ^= Integer.rotateLeft(c, 4);
      c += b;
      b -= a;
      b ^= Integer.rotateLeft(a, 6);
      a += c;
      c -= b;
      c ^= Integer.rotateLeft(b, 8);
      b += a;
      a -= c;
      a ^= Integer.rotateLeft(c, 16);
      c += b;
      b -= a;
      b ^= Integer.rotateLeft(a, 19);
      a += c;
      c -= b;
      c ^= Integer.rotateLeft(b, 4);
      b += a;
      at += 3;
      left -= 3;
    }
    if (left == 0) {
      return c;
    }
    c += left > 2 ? words[at + 2] : 0;
    b += left > 1 ? words[at + 1] : 0;
    a += words[at];
    c ^= b;
    c -= Integer.rotateLeft(b, 14);
    a ^= c;
    a -= Integer.rotateLeft(c, 11);
    b ^= a;
    b -= Integer.rotateLeft(a, 25);
    c ^= b;
    c -= Integer.rotateLeft(b, 16);
    a ^= c;
    a -= Integer.rotateLeft(c, 4);
    b ^= a;
    b -= Integer.rotateLeft(a, 14);
    c ^= b;
    c -= Integer.rotateLeft(b, 24);
    return c;
  }
}
