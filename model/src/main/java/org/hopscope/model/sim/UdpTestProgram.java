package org.hopscope.model.sim;

import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult.ExchangeOutcome;
import org.hopscope.model.probe.ProbeResult.FailureKind;

/**
 * {@code nc -z -u} (netcat.c udptest): a letter, another at once, and one for each second of its patience, as long as nobody
 * refuses one. An error of another kind costs the letter that meets it in the socket. What is answered nobody reads.
 */
final class UdpTestProgram extends DatagramProgram {
  /** So long the kernel takes to bring one letter to its end, answer included, where nobody waits for anything. */
  private static final long AT_ONCE = VirtualTime.MILLI;

  private boolean failed;

  UdpTestProgram(Run run, Probe probe, PortNumber port, Probe.ClientOptions options) {
    super(run, probe, port, options);
  }

  @Override
  void waits(Output.Order order, Packet packet) {
    failed = false;
    again(order, packet, AT_ONCE);
    for (int second = 1; second * VirtualTime.SECOND <= options.waitMillis() * VirtualTime.MILLI; second++) {
      again(order, packet, AT_ONCE + second * VirtualTime.SECOND);
    }
    int number = tryNumber();
    run.queue.after(2 * AT_ONCE + options.waitMillis() * VirtualTime.MILLI, () -> {
      if (tryNumber() == number) {
        fail(ExchangeOutcome.TIMEOUT);
      }
    });
  }

  private void again(Output.Order order, Packet packet, long later) {
    int number = tryNumber();
    run.queue.after(later, () -> {
      if (tryNumber() == number && !failed) {
        run.output.sendConnected(order, packet);
      }
      failed = false;
    });
  }

  @Override
  public void receive(Skb skb) {
    // Nobody reads it.
  }

  @Override
  void complained(Skb error, FailureKind kind) {
    if (IcmpKinds.outcomeOfIcmp(kind, probe.to().family()) == ExchangeOutcome.REFUSED) {
      failedBy(error, kind);
    } else {
      failed = true;
    }
  }
}
