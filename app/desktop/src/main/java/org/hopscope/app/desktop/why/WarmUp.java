package org.hopscope.app.desktop.why;

import java.util.Optional;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.reach.Matrix;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.trace.Trace;
import org.hopscope.model.why.WhyNot;

/**
 * Asks "why not?" and who reaches whom of a small lab of its own, aside and unhurried, as soon as something was sent: the first
 * question of the learner then finds the program warm.
 */
public final class WarmUp {
  private static final int ROUNDS = 6;

  private WarmUp() {}

  /**
   * Does it once there is a trace to ask about, aside. The thread that it starts ends with the program.
   *
   * @param trace the open trace
   */
  public static void once(ObservableValue<Optional<Trace>> trace) {
    trace.addListener(new ChangeListener<>() {
      @Override
      public void changed(ObservableValue<? extends Optional<Trace>> value, Optional<Trace> was, Optional<Trace> is) {
        if (is.isPresent()) {
          trace.removeListener(this);
          Thread.ofPlatform().daemon().name("warm-up").priority(Thread.MIN_PRIORITY).start(() -> run(ROUNDS));
        }
      }
    });
  }

  /** Does so many rounds at once. */
  static void run(int rounds) {
    Session lab = new Session(Editor.fresh(1));
    NetnsId host = lab.state().firstHost().root();
    Shell.run(lab, host, """
        ip link add br0 type bridge
        ip addr add 10.0.0.254/24 dev br0
        ip link set br0 up
        sysctl -w net.ipv4.ip_forward=1
        for n in 1 2 3 4 5 6; do
          ip netns add n$n
          ip link add eth0 netns n$n type veth peer name v$n
          ip link set v$n master br0
          ip link set v$n up
          ip -n n$n addr add 10.0.0.$n/24 dev eth0
          ip -n n$n link set eth0 up
          ip -n n$n route add default via 10.0.0.254
        done
        """);
    for (int i = 0; i < rounds; i++) {
      for (String fault : new String[] {"ip -n n2 link set eth0 down", "ip -n n1 addr del 10.0.0.1/24 dev eth0",
          "ip netns exec n2 iptables -A INPUT -j DROP"}) {
        Session broken = new Session(lab.state());
        Shell.run(broken, host, fault);
        WhyNot.ask(broken.state(), Probe.ping(new NetnsId(host.host(), "n1"), IpAddress.of("10.0.0.2")));
        Matrix.of(broken.state());
      }
    }
  }
}
