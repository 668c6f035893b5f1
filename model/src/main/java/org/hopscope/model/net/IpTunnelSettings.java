package org.hopscope.model.net;

import java.util.Optional;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * What is peculiar to an IP tunnel (kernel struct ip_tunnel_parm). Keys are GRE's, kept as unsigned numbers.
 *
 * @param inKey what packets that come in must have; without one they must have none
 * @param outKey what packets that leave are given
 * @param flags what is switched on
 */
public record IpTunnelSettings(Optional<Integer> inKey, Optional<Integer> outKey, PSortedSet<IpTunnelFlag> flags) {
  /** Path MTU discovery alone. */
  public static final IpTunnelSettings USUAL =
      new IpTunnelSettings(Optional.empty(), Optional.empty(), TreePSet.singleton(IpTunnelFlag.PMTUDISC));

  public IpTunnelSettings {
    flags = TreePSet.from(flags);
  }

  public boolean has(IpTunnelFlag flag) {
    return flags.contains(flag);
  }

  /** With a flag switched on or off. */
  public IpTunnelSettings with(IpTunnelFlag flag, boolean on) {
    return new IpTunnelSettings(inKey, outKey, on ? flags.plus(flag) : flags.minus(flag));
  }

  /** With other keys. */
  public IpTunnelSettings withKeys(Optional<Integer> in, Optional<Integer> out) {
    return new IpTunnelSettings(in, out, flags);
  }
}
