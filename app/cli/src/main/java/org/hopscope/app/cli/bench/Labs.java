package org.hopscope.app.cli.bench;

import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;

/** The labs that are measured, made by the commands that a learner would type. */
final class Labs {
  private static final NetnsId ROOT = NetnsId.root(LabState.FIRST_HOST);
  /** Where the servers listen. */
  static final int PORT = 9;

  private Labs() {
  }

  static NetnsId host(String name) {
    return new NetnsId(LabState.FIRST_HOST, name);
  }

  /** The namespace of host {@code i} of a star or an end of a chain. */
  static NetnsId host(int i) {
    return new NetnsId(LabState.FIRST_HOST, "h" + i);
  }

  /** The address of host {@code i} of a star. */
  static String address(int i) {
    return "10.1." + (i >> 8) + "." + (i & 0xff);
  }

  /** Hosts 1 to {@code n} in one /16 on one bridge, a server in each. */
  static LabState star(int n) {
    Session session = new Session(Editor.fresh(1));
    type(session, "ip link add br0 type bridge", "ip link set br0 up");
    for (int i = 1; i <= n; i++) {
      type(session, "ip netns add h" + i, "ip link add p" + i + " type veth peer name eth0 netns h" + i,
          "ip link set p" + i + " master br0 up", "ip -n h" + i + " addr add " + address(i) + "/16 dev eth0",
          "ip -n h" + i + " link set lo up", "ip -n h" + i + " link set eth0 up",
          "ip -n h" + i + " route add default via 10.1.255.254", "serve h" + i + " " + PORT + "/udp");
    }
    return session.state();
  }

  /** Host 0 and host {@code routers} + 1 at the ends of a row of routers, a /30 on each link. */
  static LabState chain(int routers) {
    Session session = new Session(Editor.fresh(1));
    for (int i = 0; i <= routers + 1; i++) {
      type(session, "ip netns add h" + i, "ip -n h" + i + " link set lo up",
          "ip netns exec h" + i + " sysctl -w net.ipv4.ip_forward=1");
    }
    for (int i = 0; i <= routers; i++) {
      String left = "h" + i;
      String right = "h" + (i + 1);
      type(session, "ip -n " + left + " link add r type veth peer name w netns " + right,
          "ip -n " + left + " addr add 10.0." + i + ".1/30 dev r",
          "ip -n " + right + " addr add 10.0." + i + ".2/30 dev w", "ip -n " + left + " link set r up",
          "ip -n " + right + " link set w up");
    }
    for (int i = 0; i <= routers + 1; i++) {
      for (int net = 0; net <= routers; net++) {
        if (net < i - 1) {
          type(session, "ip -n h" + i + " route add 10.0." + net + ".0/30 via 10.0." + (i - 1) + ".1");
        } else if (net > i) {
          type(session, "ip -n h" + i + " route add 10.0." + net + ".0/30 via 10.0." + i + ".2");
        }
      }
    }
    type(session, "serve h" + (routers + 1) + " " + PORT + "/udp");
    return session.state();
  }

  static void type(Session session, String... lines) {
    for (String line : lines) {
      Reply reply = Shell.run(session, ROOT, line);
      if (reply.exit() != 0) {
        throw new IllegalStateException(line + ": " + reply.err());
      }
    }
  }
}
