package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;

/**
 * What a packet shows to policy rules and routing tables (kernel struct flowi4).
 *
 * @param destination where to
 * @param source where from, when that is known already
 * @param incoming the device it came in by; empty for the own host's packets, which to the rules come in by lo
 * @param outgoing the device it must leave by, or any
 * @param mark the mark that a filter or a socket put on it (fwmark), 0 when none
 * @param upper what it carries
 */
public record RouteKey(IpAddress destination, Optional<IpAddress> source, Optional<DeviceId> incoming,
    Optional<DeviceId> outgoing, int mark, Upper upper) {
  /**
   * What a packet says of itself and of what it carries above IP.
   *
   * @param protocol by number, 0 when nobody said
   * @param sourcePort 0 for none
   * @param destinationPort 0 for none
   * @param tos its type of service without the two bits of ECN (kernel inet_dsfield_to_dscp)
   */
  public record Upper(int protocol, int sourcePort, int destinationPort, int tos) {
    private static final int DSCP = 0xfc;
    /** Nothing said. */
    public static final Upper NONE = new Upper(0, 0, 0, 0);

    public Upper {
      tos &= DSCP;
    }

    /** As of any record, written out: it is asked for with every packet. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Upper that && protocol == that.protocol && sourcePort == that.sourcePort
          && destinationPort == that.destinationPort && tos == that.tos;
    }

    @Override
    public int hashCode() {
      return ((protocol * 31 + sourcePort) * 31 + destinationPort) * 31 + tos;
    }
  }

  /** With nothing said of what it carries. */
  public RouteKey(IpAddress destination, Optional<IpAddress> source, Optional<DeviceId> incoming,
      Optional<DeviceId> outgoing, int mark) {
    this(destination, source, incoming, outgoing, mark, Upper.NONE);
  }

  /** As of any record, written out: it is asked for with every packet. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RouteKey that && mark == that.mark && upper.equals(that.upper)
        && destination.equals(that.destination) && source.equals(that.source) && incoming.equals(that.incoming)
        && outgoing.equals(that.outgoing);
  }

  @Override
  public int hashCode() {
    int sum = destination.hashCode() * 31 + source.hashCode();
    return ((sum * 31 + incoming.hashCode()) * 31 + outgoing.hashCode()) * 961 + mark * 31 + upper.hashCode();
  }

  /** A destination alone, asked by the own host. */
  public static RouteKey to(IpAddress destination) {
    return new RouteKey(destination, Optional.empty(), Optional.empty(), Optional.empty(), 0);
  }

  /** The same with a device it must leave by. */
  public RouteKey by(Optional<DeviceId> device) {
    return new RouteKey(destination, source, incoming, device, mark, upper);
  }
}
