package org.hopscope.model.trace;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.DeviceId;

/** What happens in a step. The set is closed: a window, a sentence or an export handles each. */
public sealed interface Event {
  /** A program or the kernel makes the packet. */
  record Made(String by) implements Event {
  }

  /** A table is asked. */
  record Looked(Lookup lookup) implements Event {
  }

  /** Header fields change: the packet before this step is kept so that the two can be compared. */
  record Rewritten(org.hopscope.model.packet.Packet before, String why) implements Event {
  }

  /** The frame leaves by the step's device and will be received at {@code to}. */
  record Transmitted(DeviceId to) implements Event {
  }

  /** The frame comes in at the step's device. */
  record Received() implements Event {
  }

  /** The frame is taken over by the bridge whose port it came in by, or goes from the bridge to its host side. */
  record Switched(DeviceId bridge) implements Event {
  }

  /** The frame goes on in several copies. */
  record Forked(List<Integer> copies) implements Event {
  }

  /** The packet waits until the next hop's hardware address is known. */
  record Parked(IpAddress nextHop) implements Event {
  }

  /** The packet goes on after waiting. */
  record Resumed() implements Event {
  }

  /** Time passes until a timer fires: a retransmission, or giving up. */
  record Waited(long nanos, String forWhat) implements Event {
  }

  /** The packet's way ends here. */
  record Ended(Fate fate) implements Event {
  }
}
