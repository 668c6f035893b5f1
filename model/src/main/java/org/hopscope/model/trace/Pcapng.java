package org.hopscope.model.trace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.PacketBytes;

/**
 * A trace as a capture file that Wireshark and tcpdump read (draft-ietf-opsawg-pcapng): one interface for each device a
 * frame passed, named {@code namespace:device}, nanosecond times, and with each frame the step's sentence as a comment.
 */
public final class Pcapng {
  private static final int SECTION = 0x0A0D0D0A;
  private static final int MAGIC = 0x1A2B3C4D;
  private static final int INTERFACE = 1;
  private static final int PACKET = 6;
  private static final short ETHERNET = 1;
  private static final short OPTION_COMMENT = 1;
  private static final short OPTION_NAME = 2;
  private static final short OPTION_FLAGS = 2;
  private static final short OPTION_APPLICATION = 4;
  private static final short OPTION_RESOLUTION = 9;
  private static final byte NANOSECONDS = 9;
  private static final int INBOUND = 1;
  private static final int OUTBOUND = 2;

  private Pcapng() {
  }

  /** The whole file. */
  public static byte[] of(Trace trace) {
    Naming naming = new Naming(trace.start());
    List<Step> seen = trace.steps().stream().filter(Pcapng::isOnWire).toList();
    List<DeviceId> points = seen.stream().map(s -> s.device().orElseThrow()).distinct().toList();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(block(SECTION, body -> body.putInt(MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1),
        List.of(text(OPTION_APPLICATION, "Hopscope"))));
    for (DeviceId point : points) {
      file.writeBytes(block(INTERFACE, body -> body.putShort(ETHERNET).putShort((short) 0).putInt(0),
          List.of(text(OPTION_NAME, naming.place(point)),
              new Option(OPTION_RESOLUTION, new byte[] {NANOSECONDS}))));
    }
    for (Step step : seen) {
      file.writeBytes(packet(trace, step, points.indexOf(step.device().orElseThrow())));
    }
    return file.toByteArray();
  }

  /** Frames are captured where they leave a device and where they come in; on lo, where both are one, once. */
  private static boolean isOnWire(Step step) {
    return Capture.passes(step) || step.event() instanceof Event.Received
        && step.packet().ethernet().filter(e -> e.source().bits() != 0).isPresent();
  }

  private static byte[] packet(Trace trace, Step step, int point) {
    Packet frame = step.packet();
    byte[] bytes = PacketBytes.of(frame);
    long at = step.at().nanos();
    boolean inbound = Capture.isInbound(step);
    return block(PACKET,
        body -> body.putInt(point).putInt((int) (at >>> 32)).putInt((int) at).putInt(bytes.length).putInt(bytes.length)
            .put(bytes).put(new byte[padding(bytes.length)]),
        List.of(text(OPTION_COMMENT, Narrator.sentence(trace, step.index())),
            new Option(OPTION_FLAGS, ordered(4).putInt(inbound ? INBOUND : OUTBOUND).array())));
  }

  /** An option of a block; a class, since records do not compare arrays. */
  private static final class Option {
    private final short code;
    private final byte[] value;

    Option(short code, byte[] value) {
      this.code = code;
      this.value = value;
    }
  }

  private interface Body {
    void fill(ByteBuffer out);
  }

  private static Option text(short code, String value) {
    return new Option(code, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] block(int type, Body body, List<Option> options) {
    ByteBuffer content = ordered(1 << 17);
    body.fill(content);
    List<Option> all = new ArrayList<>(options);
    all.add(new Option((short) 0, new byte[0]));
    for (Option option : all) {
      content.putShort(option.code).putShort((short) option.value.length).put(option.value)
          .put(new byte[padding(option.value.length)]);
    }
    int length = content.position() + 12;
    return ordered(length).putInt(type).putInt(length).put(content.flip()).putInt(length).array();
  }

  private static ByteBuffer ordered(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int padding(int length) {
    return (4 - length % 4) % 4;
  }
}
