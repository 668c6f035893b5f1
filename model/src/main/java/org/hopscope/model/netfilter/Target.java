package org.hopscope.model.netfilter;

import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;

/**
 * What a rule does with a packet that passes all it asks for. The set is closed: what is not here is refused by name when
 * a rule is read.
 */
public sealed interface Target {
  /** Nothing: the rule only counts. */
  record Nothing() implements Target {
  }

  /** The table is done with the packet (sem-N11). */
  record Accept() implements Target {
  }

  /** The packet is thrown away. */
  record Drop() implements Target {
  }

  /** Back to the rule behind the jump; in a built-in chain: the policy. */
  record Return() implements Target {
  }

  /** {@code -j CHAIN}: on in another chain, and back here from its end. */
  record Jump(String chain) implements Target {
  }

  /** {@code -g CHAIN}: on in another chain, and from its end back to where this one was called. */
  record Goto(String chain) implements Target {
  }

  /** Thrown away, and the sender is told. */
  record Reject(RejectWith with) implements Target {
  }

  /**
   * A line in the kernel's log; the walk goes on.
   *
   * @param level 0 to 7, as of syslog(3); 4 unless said
   * @param prefix what the line begins with
   * @param flags 1 TCP sequence, 2 TCP options, 4 IP options, 8 uid, 32 MAC decoding
   */
  record Log(int level, String prefix, int flags) implements Target {
  }

  /** {@code MARK}: {@code mark = (mark & ~mask) ^ value}. */
  record Mark(int value, int mask) implements Target {
  }

  /**
   * {@code CONNMARK}: moves bits between a packet's mark and its connection's.
   *
   * @param value for SET
   * @param ctMask which bits of the connection's mark
   * @param nfMask which bits of the packet's mark
   * @param shift by how many bits what is moved goes to the left; negative to the right
   */
  record Connmark(Mode mode, int value, int ctMask, int nfMask, int shift) implements Target {
    /** A mark moved by {@code shift} bits. */
    int shifted(int mark) {
      return (int) (shift >= 0 ? Integer.toUnsignedLong(mark) << shift : Integer.toUnsignedLong(mark) >>> -shift);
    }

    /** What is copied where. */
    public enum Mode {
      SET, SAVE, RESTORE
    }
  }

  /** {@code DNAT}. */
  record Dnat(NatRange to) implements Target {
  }

  /** {@code SNAT}. */
  record Snat(NatRange to) implements Target {
  }

  /** {@code MASQUERADE}: SNAT to the address of the device it leaves by. */
  record Masquerade(Optional<PortRange> ports, NatRange.Options options) implements Target {
  }

  /** {@code REDIRECT}: DNAT to an own address of the device it came in by. */
  record Redirect(Optional<PortRange> ports, NatRange.Options options) implements Target {
  }

  /** {@code NETMAP}: the network's part of an address is replaced, the host's part stays. */
  record Netmap(IpPrefix to) implements Target {
  }

  /**
   * {@code CT --notrack}: the packet is not tracked.
   *
   * @param oldWord whether the rule said {@code NOTRACK}
   */
  record Notrack(boolean oldWord) implements Target {
  }

  /** {@code CT}: lays down what its connection will be. */
  record Track(CtTemplate template) implements Target {
  }

  /** The packet is followed: its walks are written down, even where nothing decides. Here every walk is. */
  record Trace() implements Target {
  }

  /** {@code TTL} and {@code HL}. */
  record Ttl(IpFamily family, Operation operation, int value) implements Target {
    /** What is done with the field. */
    public enum Operation {
      SET, DEC, INC
    }
  }

  /** One of those beyond the teaching core. */
  record Other(Wording wording, Deed deed) implements Target {
  }

  /**
   * {@code TCPMSS}: lowers the segment size that a SYN announces.
   *
   * @param size to this; empty for what the path admits ({@code --clamp-mss-to-pmtu})
   */
  record Tcpmss(Optional<Integer> size) implements Target {
  }
}
