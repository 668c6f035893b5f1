package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.ingress.ProxyQuestion;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Header.Flags;
import org.hopscope.model.trace.PacketCopy;

/**
 * A connection that a program of the lab makes for a client of its own, as a reverse proxy to an endpoint: it connects, says its request and listens until the other end closes. It waits
 * 5 s to be connected and 60 s for an answer (ingress-nginx proxy-connect-timeout, proxy-read-timeout).
 */
final class Upstream implements TcpEnd {
  private static final long CONNECT = 5 * VirtualTime.SECOND;
  private static final long READ = 60 * VirtualTime.SECOND;

  private final Run run;
  private final Client client;
  private final int bytes;
  private final String request;
  private final TcpSocket socket;
  private final Optional<Long> limit;
  private String heard = "";
  private boolean connected;
  private boolean over;

  /** For whom it is. */
  interface Client {
    /** Which program connects. */
    String label();

    /**
     * The other end could not be reached, or did not answer: what follows is looked up, and done by {@link #again}.
     *
     * @param device where the packet came in that says so; none when nothing came
     */
    void failed(Skb cause, Optional<NetDev> device, boolean inVain);

    /** Does what follows from a failure. */
    void again(Skb cause);

    /** All that the other end said has come. */
    void answered(Skb cause, String text);

    /** Nobody answered although a connection was there. */
    void silent(Skb cause);
  }

  /** @param limit how long is waited altogether, in nanoseconds, when somebody says so */
  Upstream(Run run, Client client, NetnsId netns, ProxyQuestion.Endpoint to, int bytes, String request,
      Optional<Long> limit) {
    this.limit = limit;
    this.run = run;
    this.client = client;
    this.bytes = bytes;
    this.request = request;
    IpAddress any = to.address().family().unspecified();
    socket = new TcpSocket(run, new TcpSocket.Ends(netns, any, run.clientPort(netns), to.address(), to.port(),
        PacketCopy.Role.REQUEST, client.label()), run.routeOutput.mtu(netns, to.address(), Optional.empty()));
  }

  /** Begins to connect, because of the packet that brought the request. */
  void open(Skb cause) {
    switch (socket.sendSyn(Optional.of(cause), Flags.SYN)) {
      case Output.Outcome.Sent(IpAddress source, IpAddress destination, Dst dst) -> begun(cause, source, destination,
          dst);
      case Output.Outcome.Filtered(IpAddress source, IpAddress destination, Dst dst) -> begun(cause, source,
          destination, dst);
      case Output.Outcome.Undeliverable(IpAddress source, IpAddress destination, Dst dst, var _) -> begun(cause, source,
          destination, dst);
      case Output.Outcome.Refused _,Output.Outcome.TooLong _ -> {
        fail(cause, Optional.empty(), false);
        client.again(cause);
      }
    }
  }

  private void begun(Skb cause, IpAddress source, IpAddress destination, Dst dst) {
    socket.connected(socket.ends().from(source, destination), dst.mtu());
    run.sockets.add(socket.ends(), this);
    limit.ifPresent(nanos -> run.queue.after(nanos, () -> silent(cause)));
    run.queue.after(CONNECT, () -> {
      if (!connected && !over) {
        fail(cause, Optional.empty(), true);
        client.again(cause);
      }
    });
    repeat(cause, 0);
  }

  /** Kernel tcp_retransmit_timer in SYN-SENT: after 1 and 3 seconds, before patience ends. */
  private void repeat(Skb cause, int number) {
    run.queue.after(VirtualTime.SECOND << number, () -> {
      if (!connected && !over && number < 2) {
        socket.sendSyn(Optional.of(cause), Flags.SYN);
        repeat(cause, number + 1);
      }
    });
  }

  private void fail(Skb cause, Optional<NetDev> device, boolean inVain) {
    over = true;
    client.failed(cause, device, inVain);
  }

  @Override
  public String label() {
    return client.label();
  }

  @Override
  public boolean isClosed() {
    return over;
  }

  @Override
  public void read(Skb skb, NetDev device, Header.Tcp tcp) {
    if (tcp.flags().rst() && !over) {
      fail(skb, Optional.of(device), false);
    }
  }

  @Override
  public void receive(Skb skb, Header.Tcp tcp) {
    if (tcp.flags().rst()) {
      client.again(skb);
    } else if (tcp.flags().syn()) {
      establish(skb, tcp);
    } else {
      TcpSocket.Arrived arrived = socket.take(skb, tcp);
      socket.acknowledge(skb);
      heard += arrived.text();
      if (arrived.finished()) {
        socket.sendFin(skb);
      }
      if (arrived.finished() && !over) {
        over = true;
        client.answered(skb, heard);
      }
    }
  }

  private void establish(Skb skb, Header.Tcp tcp) {
    if (connected || over) {
      socket.sendAck(skb);
      return;
    }
    connected = true;
    socket.synchronize(tcp);
    socket.sendAck(skb);
    socket.sendData(skb, bytes, request);
    run.queue.after(READ, () -> silent(skb));
  }

  private void silent(Skb cause) {
    if (!over) {
      over = true;
      client.silent(cause);
    }
  }

  @Override
  public void told(Skb cause) {
    if (!connected && !over) {
      fail(cause, Optional.empty(), false);
      client.again(cause);
    }
  }

  @Override
  public void narrower(Skb cause, int mtu) {
    socket.narrower(cause, mtu);
  }
}
