package org.hopscope.model.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of a TCP segment, in the places where Linux writes them (kernel net/ipv4/tcp_output.c
 * tcp_options_write): always a multiple of four bytes.
 *
 * @param maxSegment the longest segment the sender takes, said in SYN segments (RFC 9293 3.7.1): 4 bytes
 * @param sackPermitted whether the sender takes selective acknowledgments (RFC 2018): with stamps no bytes more, else 4
 * @param stamps when the segment was sent (RFC 7323 3): 12 bytes with what pads them
 * @param windowScale by how many bits windows are shifted, 0 to 14 (RFC 7323 2): 4 bytes with what pads them
 * @param padding how many bytes there are of options that somebody on the way has overwritten
 */
public record TcpOptions(Optional<Integer> maxSegment, boolean sackPermitted, Optional<Stamps> stamps,
    Optional<Integer> windowScale, int padding) {
  /** No option at all: resets. */
  public static final TcpOptions NONE =
      new TcpOptions(Optional.empty(), false, Optional.empty(), Optional.empty(), 0);
  /** Kernel tcp_select_initial_window with the usual {@code net.ipv4.tcp_rmem}. */
  private static final int SCALE = 7;
  private static final int NOP = 1;
  private static final int MSS = 2;
  private static final int WINDOW = 3;
  private static final int SACK = 4;
  private static final int TIMESTAMPS = 8;

  /**
   * Time stamps, both unsigned numbers of 32 bits.
   *
   * @param value the sender's clock in milliseconds, from a start of its own
   * @param echo the last stamp that the other end sent; 0 in a first SYN
   */
  public record Stamps(long value, long echo) {
    /** How many bytes they take, padded. */
    public static final int LENGTH = 12;
  }

  /** What a SYN of Linux carries: 20 bytes. */
  public static TcpOptions syn(int maxSegment, Stamps stamps) {
    return new TcpOptions(Optional.of(maxSegment), true, Optional.of(stamps), Optional.of(SCALE), 0);
  }

  /** What a SYN that has nothing but its segment size carries. */
  public static TcpOptions ofMaxSegment(int maxSegment) {
    return new TcpOptions(Optional.of(maxSegment), false, Optional.empty(), Optional.empty(), 0);
  }

  /** What every other segment carries, once both ends have agreed on stamps. */
  public static TcpOptions of(Optional<Stamps> stamps) {
    return new TcpOptions(Optional.empty(), false, stamps, Optional.empty(), 0);
  }

  /** The answer to a SYN: what both ends can (kernel tcp_synack_options). */
  public TcpOptions agreed(TcpOptions asked) {
    return new TcpOptions(maxSegment, sackPermitted && asked.sackPermitted,
        asked.stamps.isPresent() ? stamps : Optional.empty(),
        asked.windowScale.isPresent() ? windowScale : Optional.empty(), 0);
  }

  public TcpOptions withMaxSegment(int value) {
    return new TcpOptions(Optional.of(value), sackPermitted, stamps, windowScale, padding);
  }

  /** With padding in the place of some options, told by their numbers: as long as before. */
  public TcpOptions without(Set<Integer> gone) {
    TcpOptions left = new TcpOptions(maxSegment.filter(_ -> !gone.contains(MSS)), sackPermitted && !gone.contains(SACK),
        stamps.filter(_ -> !gone.contains(TIMESTAMPS)), windowScale.filter(_ -> !gone.contains(WINDOW)), 0);
    return new TcpOptions(left.maxSegment, left.sackPermitted, left.stamps, left.windowScale, length() - left.length());
  }

  /** Bytes on the wire, padding included. */
  public int length() {
    return (maxSegment.isPresent() ? 4 : 0) + (stamps.isPresent() ? Stamps.LENGTH : sackPermitted ? 4 : 0)
        + (windowScale.isPresent() ? 4 : 0) + padding;
  }

  /** The numbers of the options that are there, padding (1) included: what {@code --tcp-option} looks for. */
  public Set<Integer> kinds() {
    Set<Integer> kinds = new TreeSet<>();
    maxSegment.ifPresent(_ -> kinds.add(MSS));
    stamps.ifPresent(_ -> kinds.add(TIMESTAMPS));
    windowScale.ifPresent(_ -> kinds.add(WINDOW));
    if (sackPermitted) {
      kinds.add(SACK);
    }
    if (windowScale.isPresent() || stamps.isPresent() != sackPermitted || padding > 0) {
      kinds.add(NOP);
    }
    return kinds;
  }

  /** Their bytes as they stand behind the header. */
  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(length());
    maxSegment.ifPresent(m -> out.put((byte) MSS).put((byte) 4).putShort(m.shortValue()));
    if (sackPermitted || stamps.isPresent()) {
      out.put((byte) (stamps.isPresent() && sackPermitted ? SACK : NOP))
          .put((byte) (stamps.isPresent() && sackPermitted ? 2 : NOP));
    }
    stamps.ifPresentOrElse(
        s -> out.put((byte) TIMESTAMPS).put((byte) 10).putInt((int) s.value()).putInt((int) s.echo()), () -> {
          if (sackPermitted) {
            out.put((byte) SACK).put((byte) 2);
          }
        });
    windowScale.ifPresent(w -> out.put((byte) NOP).put((byte) WINDOW).put((byte) 3).put(w.byteValue()));
    out.put("\u0001".repeat(padding).getBytes(StandardCharsets.US_ASCII));
    return out.array();
  }
}
