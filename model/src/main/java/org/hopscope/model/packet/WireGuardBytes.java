package org.hopscope.model.packet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.hopscope.model.addr.WireGuardKey;

/**
 * WireGuard's messages as they are on the wire (kernel drivers/net/wireguard/messages.h). Packets are really enciphered,
 * with ChaCha20-Poly1305; but the key follows from the receiver's number alone, as the model does no key exchange. What a
 * handshake would prove is filled with bytes that follow from the keys.
 */
final class WireGuardBytes {
  private WireGuardBytes() {
  }

  /**
   * All bytes of a message.
   *
   * @param inner what it carries, without any header when that is nothing
   */
  static byte[] of(WireGuard message, Packet inner) {
    return switch (message) {
      case WireGuard.Initiation(int sender, WireGuardKey from, WireGuardKey to) ->
          filled(message, from + " " + to + " " + sender, sender);
      case WireGuard.Response(int sender, int receiver, WireGuardKey preshared) ->
          filled(message, preshared + " " + sender + " " + receiver, sender, receiver);
      case WireGuard.Data(int receiver, long counter, int padding) -> {
        byte[] plain = inner.headers().isEmpty() ? new byte[0] : PacketBytes.of(inner);
        byte[] padded = Arrays.copyOf(plain, plain.length + padding);
        byte[] sealed = seal(padded, receiver, counter);
        yield ByteBuffer.allocate(WireGuard.Data.FRONT + sealed.length).order(ByteOrder.LITTLE_ENDIAN)
            .putInt(message.type()).putInt(receiver).putLong(counter).put(sealed).array();
      }
    };
  }

  private static byte[] filled(WireGuard message, String from, int... numbers) {
    ByteBuffer out = ByteBuffer.allocate(message.length()).order(ByteOrder.LITTLE_ENDIAN).putInt(message.type());
    for (int number : numbers) {
      out.putInt(number);
    }
    for (int part = 0; out.hasRemaining(); part++) {
      byte[] bytes = WireGuardKey.drawn(from + " " + part).bytes();
      out.put(bytes, 0, Math.min(bytes.length, out.remaining()));
    }
    return out.array();
  }

  private static byte[] seal(byte[] plain, int receiver, long counter) {
    try {
      Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
      byte[] nonce =
          ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(0).putLong(counter).array();
      cipher.init(Cipher.ENCRYPT_MODE,
          new SecretKeySpec(WireGuardKey.drawn("session " + receiver).bytes(), "ChaCha20"),
          new IvParameterSpec(nonce));
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
