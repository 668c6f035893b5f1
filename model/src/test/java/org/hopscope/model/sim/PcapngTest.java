package org.hopscope.model.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Pcapng;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Traces as capture files")
class PcapngTest {
  @Test
  @DisplayName("blocks are well formed, one interface per device, one packet per passage")
  void wellFormed() {
    Wiring wiring = new Wiring().bridge("@host:br0").station("x", "@host:br0", "10.0.0.1/24")
        .station("y", "@host:br0", "10.0.0.2/24");
    Trace trace = wiring.run(Probe.ping(Wiring.id("x"), IpAddress.of("10.0.0.2")));
    byte[] file = Pcapng.of(trace);
    List<Integer> types = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      int start = in.position();
      types.add(in.getInt());
      int length = in.getInt();
      assertThat(length % 4).isZero();
      assertThat(in.getInt(start + length - 4)).isEqualTo(length);
      in.position(start + length);
    }
    assertThat(types.getFirst()).isEqualTo(0x0A0D0D0A);
    assertThat(types.stream().filter(t -> t == 1)).hasSize(5);
    long passages = trace.steps().stream().filter(s -> s.event() instanceof Event.Transmitted
        || s.event() instanceof Event.Received).count();
    assertThat(types.stream().filter(t -> t == 6).count()).isEqualTo(passages + 1);
    String text = new String(file, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("x:eth0", "host:p-x", "host:br0", "Hopscope");
  }
}
