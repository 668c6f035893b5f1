package org.hopscope.model.sim;

import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.packet.Header;
import org.hopscope.model.probe.ProbeResult.ExchangeOutcome;
import org.hopscope.model.probe.ProbeResult.FailureKind;

/** What programs make of ICMP errors and of error numbers (kernel net/ipv4/icmp.c icmp_err_convert, sem-A5). */
final class IcmpKinds {
  private IcmpKinds() {
  }

  /** What an ICMP error says. */
  static FailureKind of(Header.Complaint error) {
    return switch (error) {
      case Header.IcmpError v4 -> of(v4);
      case Header.Icmpv6Error v6 -> of(v6);
    };
  }

  /** RFC 4443 3. */
  private static FailureKind of(Header.Icmpv6Error error) {
    return switch (error.type()) {
      case Header.Icmpv6Error.TIME_EXCEEDED -> FailureKind.TTL_EXCEEDED;
      case Header.Icmpv6Error.TOO_BIG -> FailureKind.FRAG_NEEDED;
      default -> switch (error.code()) {
        case Icmpv6Errors.NO_ROUTE -> FailureKind.NET_UNREACHABLE;
        case Icmpv6Errors.PROHIBITED -> FailureKind.PROHIBITED;
        case Icmpv6Errors.POLICY -> FailureKind.POLICY_FAILED;
        case Icmpv6Errors.REJECT -> FailureKind.ROUTE_REJECTED;
        case Icmpv6Errors.PORT -> FailureKind.PORT_UNREACHABLE;
        default -> FailureKind.HOST_UNREACHABLE;
      };
    };
  }

  private static FailureKind of(Header.IcmpError error) {
    return switch (error.type()) {
      case Header.IcmpError.TIME_EXCEEDED -> FailureKind.TTL_EXCEEDED;
      case Header.IcmpError.REDIRECT -> FailureKind.REDIRECT;
      default -> switch (error.code()) {
        case IcmpErrors.NET -> FailureKind.NET_UNREACHABLE;
        case IcmpErrors.PROTOCOL -> FailureKind.PROTO_UNREACHABLE;
        case IcmpErrors.PORT -> FailureKind.PORT_UNREACHABLE;
        case IcmpErrors.FRAGMENTATION_NEEDED -> FailureKind.FRAG_NEEDED;
        case IcmpErrors.NET_PROHIBITED -> FailureKind.NET_PROHIBITED;
        case IcmpErrors.HOST_PROHIBITED -> FailureKind.HOST_PROHIBITED;
        case IcmpErrors.FILTERED -> FailureKind.PROHIBITED;
        default -> FailureKind.HOST_UNREACHABLE;
      };
    };
  }

  /** What a program reports for an error number of its own kernel. */
  static FailureKind ofErrno(Errno errno) {
    return switch (errno) {
      case EHOSTUNREACH -> FailureKind.HOST_UNREACHABLE;
      case EACCES, EPERM -> FailureKind.PROHIBITED;
      case EADDRNOTAVAIL -> FailureKind.NO_SUCH_ADDRESS;
      case ENODEV -> FailureKind.NO_SUCH_DEVICE;
      case EINVAL -> FailureKind.INVALID;
      case EMSGSIZE -> FailureKind.FRAG_NEEDED;
      case ENOKEY -> FailureKind.NO_KEY;
      case EDESTADDRREQ -> FailureKind.NO_ENDPOINT;
      case ENOBUFS -> FailureKind.NO_BUFFER;
      case ENONET, ENETUNREACH, ENETDOWN, EEXIST, ENOENT, ESRCH, EOPNOTSUPP, EBUSY, ELOOP, ERANGE, EADDRINUSE, EXFULL,
          ENOTEMPTY, ENOTCONN, ENOSPC, EAFNOSUPPORT ->
          FailureKind.NET_UNREACHABLE;
    };
  }

  /** How a TCP or UDP client's try ends by such a failure; a filtered way reaches a socket as "no route to host". */
  static ExchangeOutcome outcome(FailureKind kind) {
    return switch (kind) {
      case HOST_UNREACHABLE, HOST_PROHIBITED, TTL_EXCEEDED -> ExchangeOutcome.HOST_UNREACHABLE;
      case NET_UNREACHABLE, NET_PROHIBITED, REDIRECT, NO_SUCH_DEVICE, NO_KEY, NO_ENDPOINT ->
          ExchangeOutcome.NET_UNREACHABLE;
      case PORT_UNREACHABLE -> ExchangeOutcome.REFUSED;
      case PROTO_UNREACHABLE -> ExchangeOutcome.PROTO_UNREACHABLE;
      case FRAG_NEEDED -> ExchangeOutcome.FRAG_NEEDED;
      case PROHIBITED, BROADCAST, FILTERED, POLICY_FAILED, ROUTE_REJECTED -> ExchangeOutcome.PROHIBITED;
      case INVALID -> ExchangeOutcome.INVALID;
      case NO_SUCH_ADDRESS -> ExchangeOutcome.NO_SUCH_ADDRESS;
      case NO_BUFFER -> ExchangeOutcome.NO_BUFFER;
    };
  }

  /** As {@link #outcome}, for what came by ICMP; ICMPv6 lets the program know what it was (kernel icmpv6_err_convert). */
  static ExchangeOutcome outcomeOfIcmp(FailureKind kind, IpFamily family) {
    return kind == FailureKind.PROHIBITED && family == IpFamily.INET ? ExchangeOutcome.HOST_UNREACHABLE : outcome(kind);
  }
}
