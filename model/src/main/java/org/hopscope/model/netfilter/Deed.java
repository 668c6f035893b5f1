package org.hopscope.model.netfilter;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv6Address;

/** What a target that is kept in the program's own words does. */
public sealed interface Deed {
  /**
   * Nothing that a lab could see: whom it would tell is not there (a program behind NFLOG, the audit log), or what it
   * changes nobody reads (the class of a queueing discipline, a checksum). The rule counts, and the walk goes on.
   */
  record Unseen() implements Deed {
  }

  /** {@code TOS} and {@code DSCP}: {@code field = (field & ~mask) ^ value} (kernel net/netfilter/xt_DSCP.c). */
  record Reclassify(int value, int mask) implements Deed {
  }

  /**
   * {@code NFQUEUE}: to a program that decides. A lab has none that listens, so the packet is thrown away; with
   * {@code --queue-bypass} the table is done with it (kernel net/netfilter/nf_queue.c nf_queue).
   */
  record Queue(boolean bypass) implements Deed {
  }

  /**
   * {@code SET}: the packet's addresses and ports become a member of a set, or are none any more (kernel net/netfilter/xt_set.c).
   *
   * @param map the set whose member says more of the packet
   * @param marks whether it says the mark; priorities and queues are asked for by nobody
   * @param exist whether a member that is there already gets its time anew
   * @param timeout for how many seconds it stays, 0 for ever; empty for as long as the set says
   */
  record Sets(Optional<Named> add, Optional<Named> delete, Optional<Named> map, boolean marks, boolean exist,
      Optional<Long> timeout) implements Deed {
    /** A set, and what of a packet makes each part of a member. */
    public record Named(String set, List<Match.Side> sides) {
      public Named {
        sides = List.copyOf(sides);
      }
    }

    /** The names of all sets that it needs. */
    public List<String> names() {
      return Stream.of(add, delete, map).flatMap(Optional::stream).map(Named::set).toList();
    }
  }

  /**
   * {@code TEE}: a copy goes to a gateway, and the packet goes on (kernel net/netfilter/xt_TEE.c, nf_dup_ipv4.c).
   *
   * @param device the one it has to leave by; any, where there is none of that name
   */
  record Copy(IpAddress gateway, Optional<String> device) implements Deed {
  }

  /** {@code TPROXY}: to a socket that takes what is for others. No program of a lab has one, so the packet is thrown away. */
  record Unheard() implements Deed {
  }

  /** {@code TCPOPTSTRIP}: options of TCP are overwritten with padding (kernel net/netfilter/xt_TCPOPTSTRIP.c). */
  record Strip(Set<Integer> options) implements Deed {
    public Strip {
      options = Set.copyOf(options);
    }
  }

  /**
   * {@code SNPT} and {@code DNPT}: another prefix, without a change of the checksum (RFC 6296; kernel net/ipv6/netfilter/ip6t_NPT.c).
   *
   * @param ofSource whether it is the source's address that changes
   * @param from the prefix that goes, and its length
   * @param to the prefix that comes, and its length
   */
  record Prefix(boolean ofSource, Ipv6Address from, int fromLength, Ipv6Address to, int toLength) implements Deed {
  }

  /**
   * {@code HMARK}: a mark that follows from who speaks to whom (kernel net/netfilter/xt_HMARK.c).
   *
   * @param byConnection whether the addresses are those of the connection
   * @param source which bits of the one address count
   * @param destination which bits of the other one count
   * @param portMask which bits of both ports count, the source's first
   * @param ports bits that are set in the ports
   * @param protocolMask which bits of the protocol's number count
   */
  record HashMark(boolean byConnection, IpAddress source, IpAddress destination, int portMask, int ports,
      int protocolMask,
      Range range) implements Deed {
    /** Which marks it comes to: {@code modulus} of them from {@code offset} on, both unsigned. */
    public record Range(int seed, int modulus, int offset) {
    }
  }
}
