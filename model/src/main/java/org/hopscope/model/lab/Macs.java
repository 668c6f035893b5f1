package org.hopscope.model.lab;

import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.DeviceId;

/**
 * The hardware addresses that devices are given when nobody chooses one: locally administered and unicast (sem-L14),
 * and the same for the same seed and device. Every step is a bijection of 46 bits, so that no two devices of a lab get
 * the same.
 */
final class Macs {
  private static final int BITS = 46;
  private static final long MASK = (1L << BITS) - 1;
  private static final long LOW = (1L << 40) - 1;

  private Macs() {
  }

  static MacAddress of(long seed, DeviceId device) {
    long x = device.number() + mix(seed ^ seed >>> BITS) & MASK;
    x = mix(x);
    long firstOctet = x >>> 40 << 2 | 2;
    return new MacAddress(firstOctet << 40 | x & LOW);
  }

  private static long mix(long value) {
    long x = value & MASK;
    x = x * 0x2545_F491_4F6D_DD1DL & MASK;
    x ^= x >>> 23;
    x = x * 0x1B87_3593_CC9E_2D51L & MASK;
    return x ^ x >>> 23;
  }
}
