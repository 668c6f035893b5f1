package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.kube.ingress.HttpRequest;
import org.hopscope.model.kube.proxy.HealthCheck;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Header.Flags;

/**
 * A server's end of a connection: it waits for the whole question, answers, and closes. One that says nothing closes when
 * the client does.
 */
final class ServerConnection implements TcpEnd {
  private final String label;
  private final Server.Program program;
  private final boolean answers;
  private final Run run;
  private final TcpSocket socket;
  private int received;
  /** How long the question is; unknown before its first bytes have come. */
  private Optional<Integer> awaited = Optional.empty();
  private String question = "";
  private boolean answered;
  private boolean finished;

  ServerConnection(Run run, NetnsId netns, Server server, Skb syn) {
    label = server.label();
    program = server.program();
    answers = program != Server.Program.NC;
    this.run = run;
    socket = TcpSocket.answering(run, netns, syn, label);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public boolean isClosed() {
    return finished;
  }

  @Override
  public void receive(Skb skb, Header.Tcp tcp) {
    if (tcp.flags().rst()) {
      finished = true;
      return;
    }
    if (tcp.flags().syn()) {
      socket.sendSyn(Optional.of(skb), Flags.SYN_ACK);
      return;
    }
    TcpSocket.Arrived arrived = socket.take(skb, tcp);
    socket.acknowledge(skb);
    received += arrived.bytes();
    if (awaited.isEmpty() && !arrived.text().isEmpty()) {
      question = arrived.text();
      awaited = Optional.of(Banner.questionBytes(question));
    }
    if (program == Server.Program.DNS) {
      nameServer(skb, arrived);
      return;
    }
    if (answers && !answered && awaited.filter(n -> received >= n).isPresent()) {
      answered = true;
      TcpSocket.Ends ends = socket.ends();
      String text = health(ends).orElseGet(() -> Banner.answer(question, label, ends.remote(), ends.remotePort(), ends
          .local(), ends.localPort()));
      socket.sendData(skb, text.length(), text);
      socket.sendFin(skb);
    } else if (arrived.finished()) {
      finished = true;
      socket.sendFin(skb);
    }
  }

  /** What a health check says to a request of HTTP. */
  private Optional<String> health(TcpSocket.Ends ends) {
    return program != Server.Program.HEALTH || HttpRequest.parse(question).isEmpty() ? Optional.empty()
        : run.lab.clusterOf(ends.netns().host()).flatMap(c -> HealthCheck.of(c, ends.netns().host(), ends.localPort()))
            .map(h -> h.answer(question.startsWith("HEAD")));
  }

  /** A name server answers as often as it is asked, until the client closes. */
  private void nameServer(Skb skb, TcpSocket.Arrived arrived) {
    TcpSocket.Ends ends = socket.ends();
    DnsMessage.parse(arrived.text()).filter(m -> m.reply().isEmpty()).ifPresent(m -> new NameQuery(run,
        new NameQuery.Place(ends.netns(), ends.local(), label, ends.remote()), m, (cause, told) -> {
          if (!finished) {
            socket.sendData(cause, ConnectProgram.LENGTH + told.size(), told.toString());
          }
        }).go(skb));
    if (arrived.finished()) {
      finished = true;
      socket.sendFin(skb);
    }
  }

  @Override
  public void narrower(Skb cause, int mtu) {
    socket.narrower(cause, mtu);
  }
}
