package org.hopscope.model.ipvs;

import org.hopscope.model.packet.Header;

/**
 * How far a balanced connection has come (kernel ip_vs_proto_tcp.c, ip_vs_proto_udp.c), and how long it is kept there in
 * seconds if nothing more comes.
 */
public enum IpvsState {
  NONE(2), ESTABLISHED(900), SYN_SENT(120), SYN_RECV(60), FIN_WAIT(120), TIME_WAIT(120), CLOSE(10), CLOSE_WAIT(60),
  LAST_ACK(30), LISTEN(120), SYNACK(120), UDP(300), ASSURED(0);

  /** Which packets a connection's state follows. */
  public enum Way {
    /** From the client, where answers come by too. */
    INPUT,
    /** From the real server. */
    OUTPUT,
    /** From the client, where answers go another way. */
    INPUT_ONLY
  }

  /** The columns are the first eleven states; rows: syn, fin, ack, rst (tcp_states). */
  private static final String[][] TCP = {
      {"3 1 1 3 3 3 3 3 3 3 3", "6 7 2 5 5 5 6 7 8 9 5", "6 1 2 1 4 5 6 7 6 9 1", "6 6 6 3 6 6 6 6 8 9 3"},
      {"2 1 2 3 2 2 2 2 2 9 3", "5 4 2 5 4 5 6 5 8 9 5", "1 1 2 1 4 5 6 7 8 1 1", "6 6 2 6 6 5 6 6 6 6 6"},
      {"3 1 1 3 3 3 3 3 3 3 3", "6 4 2 5 4 5 6 7 8 9 5", "6 1 2 1 4 5 6 7 6 9 1", "6 6 6 3 6 6 6 6 8 9 6"}};

  private final int seconds;

  IpvsState(int seconds) {
    this.seconds = seconds;
  }

  /** What a segment makes of this state (set_tcp_state). */
  public IpvsState after(Way way, Header.Flags flags) {
    int row = flags.rst() ? 3 : flags.syn() ? 0 : flags.fin() ? 1 : flags.ack() ? 2 : -1;
    return row < 0 ? CLOSE : values()[TCP[way.ordinal()][row].charAt(2 * ordinal()) - '0'];
  }

  /** How long a connection in this state is kept, in seconds. */
  public int seconds(Ipvs.Timeouts timeouts) {
    return switch (this) {
      case ESTABLISHED -> timeouts.tcp();
      case FIN_WAIT -> timeouts.tcpFin();
      case UDP -> timeouts.udp();
      case NONE, SYN_SENT, SYN_RECV, TIME_WAIT, CLOSE, CLOSE_WAIT, LAST_ACK, LISTEN, SYNACK, ASSURED -> seconds;
    };
  }
}
