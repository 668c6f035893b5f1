package org.hopscope.model.kube.control;

import java.math.BigInteger;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;

/** Addresses within a block, by number. */
public final class Blocks {
  /** More addresses of a block than this are not counted. */
  private static final int MOST = 1 << 20;

  private Blocks() {
  }

  /** How many addresses a block has, 2^20 at most. */
  public static int size(IpPrefix block) {
    int bits = block.address().width() - block.length();
    return bits >= 20 ? MOST : 1 << bits;
  }

  /** The address with a number, counted from the block's own, which has 0. */
  public static IpAddress at(IpPrefix block, int number) {
    return switch (block.address()) {
      case Ipv4Address(int bits) -> new Ipv4Address(bits + number);
      case Ipv6Address first -> {
        BigInteger low = new BigInteger(Long.toUnsignedString(first.low())).add(BigInteger.valueOf(number));
        yield new Ipv6Address(first.high() + low.shiftRight(64).longValue(), low.longValue());
      }
    };
  }

  /** The {@code number}th smaller block of a given length. */
  public static IpPrefix part(IpPrefix block, int length, int number) {
    int below = block.address().width() - length;
    return switch (block.address()) {
      case Ipv4Address(int bits) -> new IpPrefix(new Ipv4Address(bits + (number << below)), length);
      case Ipv6Address first -> {
        BigInteger whole = new BigInteger(Long.toUnsignedString(first.high())).shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(first.low())))
            .add(BigInteger.valueOf(number).shiftLeft(below));
        yield new IpPrefix(new Ipv6Address(whole.shiftRight(64).longValue(), whole.longValue()), length);
      }
    };
  }
}
