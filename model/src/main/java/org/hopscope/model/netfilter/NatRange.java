package org.hopscope.model.netfilter;

import java.util.Optional;

/**
 * Into what a translation may map (kernel struct nf_nat_range2).
 *
 * @param addresses the addresses; empty leaves the address as it is
 * @param ports the ports; empty keeps the port if it is free
 * @param options how to choose
 */
public record NatRange(Optional<AddressRange> addresses, Optional<PortRange> ports, Options options) {
  /**
   * How a mapping is chosen.
   *
   * @param random {@code --random}: ports at random
   * @param fullyRandom {@code --random-fully}
   * @param persistent {@code --persistent}: one client always gets the same address
   * @param base the old port that becomes the first of the range, those behind it in step (kernel
   *     NF_NAT_RANGE_PROTO_OFFSET)
   */
  public record Options(boolean random, boolean fullyRandom, boolean persistent, Optional<Integer> base) {
    public static final Options NONE = new Options(false, false, false, Optional.empty());
  }

  /** Nothing is asked: the null binding of a connection that no rule translates. */
  public static final NatRange ANY = new NatRange(Optional.empty(), Optional.empty(), Options.NONE);

  /** With ports from 0 on shifted: the older form that SNAT still has knows no base. */
  public NatRange withoutBase() {
    return new NatRange(addresses, ports, new Options(options.random(), options.fullyRandom(), options.persistent(),
        options.base().map(_ -> 0)));
  }

  /** Maps to these addresses. */
  public NatRange to(AddressRange value) {
    return new NatRange(Optional.of(value), ports, options);
  }
}
