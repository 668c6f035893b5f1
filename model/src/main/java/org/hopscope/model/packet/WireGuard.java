package org.hopscope.model.packet;

import org.hopscope.model.addr.WireGuardKey;

/**
 * A message of WireGuard, which travels in UDP (kernel drivers/net/wireguard/messages.h). What the handshake proves by
 * cryptography is kept as the keys themselves: they are not on the wire. Cookies, which answer floods, are left out.
 */
public sealed interface WireGuard extends Header {
  /** What stands at the end of everything that is enciphered (Poly1305). */
  int TAG = 16;

  /** The type, the first byte on the wire. */
  int type();

  /**
   * Somebody wants to agree on a key: 148 bytes.
   *
   * @param sender the number by which its sender finds what follows
   * @param from the sender's public key, which only the receiver can read
   * @param to whom it is for: another one cannot read it
   */
  record Initiation(int sender, WireGuardKey from, WireGuardKey to) implements WireGuard {
    @Override
    public int type() {
      return 1;
    }

    @Override
    public int length() {
      return 148;
    }
  }

  /**
   * The answer, with which both have a key: 92 bytes.
   *
   * @param sender the number by which its sender finds what follows
   * @param receiver the number that the first message bore
   * @param preshared the preshared key that was mixed in: who mixes in another one cannot read it
   */
  record Response(int sender, int receiver, WireGuardKey preshared) implements WireGuard {
    @Override
    public int type() {
      return 2;
    }

    @Override
    public int length() {
      return 92;
    }
  }

  /**
   * What carries a packet, enciphered, or nothing at all: 16 bytes in front of it, behind it zeros up to a multiple of
   * 16, and 16 more that prove that nobody changed it.
   *
   * @param receiver the number by which the receiver finds the key
   * @param counter counts the packets that bear this key
   * @param padding how many zeros stand behind the packet, 0 to 15
   */
  record Data(int receiver, long counter, int padding) implements WireGuard {
    /** What stands in front of what it carries. */
    public static final int FRONT = 16;

    @Override
    public int type() {
      return 4;
    }

    @Override
    public int length() {
      return FRONT + padding + TAG;
    }
  }
}
