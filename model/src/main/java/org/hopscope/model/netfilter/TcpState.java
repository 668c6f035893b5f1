package org.hopscope.model.netfilter;

import java.util.Optional;
import org.hopscope.model.packet.Header;

/**
 * How far conntrack has seen a TCP connection come (kernel net/netfilter/nf_conntrack_proto_tcp.c). Windows and sequence
 * numbers are not checked.
 */
public enum TcpState {
  NONE, SYN_SENT, SYN_RECV, ESTABLISHED, FIN_WAIT, CLOSE_WAIT, LAST_ACK, TIME_WAIT, CLOSE, SYN_SENT2;

  /** What a segment does to a connection. */
  public sealed interface Step {
    /** It goes on, in this state. */
    record To(TcpState state) implements Step {
    }

    /** The segment is let pass and changes nothing: it may answer what was not seen. */
    record Ignore() implements Step {
    }

    /** The segment cannot be part of the connection. */
    record Invalid() implements Step {
    }
  }

  /** Rows: syn, synack, fin, ack, rst; columns: the states in their order. I ignores, - is invalid. */
  private static final String[] ORIGINAL = {"1 1 I I I I I 1 1 9", "- - 2 - - - - - - 2", "- - 4 4 6 6 6 7 8 -",
      "3 - 3 3 5 5 7 7 8 -", "- 8 8 8 8 8 8 8 8 8"};
  private static final String[] REPLY = {"- 9 - - - - - 1 - 9", "- 2 I I I I I I I 2", "- - 4 4 6 6 6 7 8 -",
      "- I 2 3 5 5 7 7 8 I", "- 8 8 8 8 8 8 8 8 8"};

  /** What a segment that goes in {@code direction} makes of this state. */
  public Step after(Direction direction, Header.Flags flags) {
    int row = row(flags);
    char sign = row < 0 ? '-' : (direction == Direction.ORIGINAL ? ORIGINAL : REPLY)[row].charAt(2 * ordinal());
    return switch (sign) {
      case '-' -> new Step.Invalid();
      case 'I' -> new Step.Ignore();
      default -> new Step.To(values()[sign - '0']);
    };
  }

  /** Kernel get_conntrack_index; -1 for a segment without any of these flags. */
  private static int row(Header.Flags flags) {
    if (flags.rst()) {
      return 4;
    }
    if (flags.syn()) {
      return flags.ack() ? 1 : 0;
    }
    if (flags.fin()) {
      return 2;
    }
    return flags.ack() ? 3 : -1;
  }

  /** The setting that says how long an entry in this state is kept: {@code net.netfilter.nf_conntrack_tcp_timeout_*}. */
  public Optional<String> timeout() {
    return switch (this) {
      case NONE -> Optional.empty();
      case SYN_SENT, SYN_SENT2 -> Optional.of("syn_sent");
      case SYN_RECV -> Optional.of("syn_recv");
      case ESTABLISHED -> Optional.of("established");
      case FIN_WAIT -> Optional.of("fin_wait");
      case CLOSE_WAIT -> Optional.of("close_wait");
      case LAST_ACK -> Optional.of("last_ack");
      case TIME_WAIT -> Optional.of("time_wait");
      case CLOSE -> Optional.of("close");
    };
  }
}
