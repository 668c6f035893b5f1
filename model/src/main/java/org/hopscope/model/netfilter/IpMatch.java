package org.hopscope.model.netfilter;

import java.util.Optional;

/**
 * What every rule can ask by itself, without {@code -m} (kernel struct ipt_ip).
 *
 * @param source {@code -s}
 * @param destination {@code -d}
 * @param in {@code -i}
 * @param out {@code -o}
 * @param protocol {@code -p}
 * @param fragment {@code -f}
 */
public record IpMatch(Optional<AddressMatch> source, Optional<AddressMatch> destination, Optional<NameMatch> in,
    Optional<NameMatch> out, Optional<ProtocolMatch> protocol, Fragment fragment) {
  /** Asks nothing. */
  public static final IpMatch ANY = new IpMatch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), Fragment.ANY);

  /** {@code -f}: later pieces of a packet, which have no ports; {@code ! -f}: all else. */
  public enum Fragment {
    ANY, LATER, FIRST_OR_WHOLE
  }

  /** Whether a packet passes all of it. */
  public boolean holds(PacketView view) {
    return protocol.map(p -> p.holds(view.protocol())).orElse(true) && source.map(s -> s.holds(view.source())).orElse(
        true) && destination.map(d -> d.holds(view.destination())).orElse(true)
        && in.map(n -> n.holds(view.path().in())).orElse(true)
        && out.map(n -> n.holds(view.path().out())).orElse(true) && switch (fragment) {
          case ANY -> true;
          case LATER -> view.fragmentOffset() > 0;
          case FIRST_OR_WHOLE -> view.fragmentOffset() == 0;
        };
  }
}
