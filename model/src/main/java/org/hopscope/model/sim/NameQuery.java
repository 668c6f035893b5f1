package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.kube.dns.CoreDns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.PacketCopy;

/**
 * A question that a name server was asked, on the way to its answer: where the server has to ask others first, it does so over
 * UDP, one after the other, and waits 2 s for each (CoreDNS plugin/pkg/proxy connect.go, readTimeout).
 */
final class NameQuery {
  private static final long PATIENCE = 2 * VirtualTime.SECOND;

  private final Run run;
  private final Place place;
  private final DnsMessage asked;
  private final Answer answer;
  private final List<CoreDns.Heard> heard = new ArrayList<>();
  /** What it waits for an answer to. */
  private Optional<Sent> sent = Optional.empty();

  /** Where it was asked: the server's namespace, address and program, and who asks. */
  record Place(NetnsId netns, IpAddress at, String label, IpAddress client) {
  }

  /** What is done with the answer, because of the packet that completed it. */
  interface Answer {
    void say(Skb cause, DnsMessage message);
  }

  private record Sent(CoreDns.Peer peer, DnsMessage message, int port) {
  }

  NameQuery(Run run, Place place, DnsMessage asked, Answer answer) {
    this.run = run;
    this.place = place;
    this.asked = asked;
    this.answer = answer;
  }

  /** Goes on with what is known. */
  void go(Skb cause) {
    switch (run.nameServers.after(place.netns, place.at, place.client, asked.question(), heard)) {
      case CoreDns.Progress.Done(var reply) -> answer.say(cause, asked.answered(reply));
      case CoreDns.Progress.Ask(CoreDns.Peer peer, DnsQuestion question) -> {
        Sent next = new Sent(peer, new DnsMessage(run.identities.draw(place.netns) & 0xffff, question, Optional.empty(),
            asked.extended()), run.clientPort(place.netns));
        sent = Optional.of(next);
        if (run.nameServers.mayAskOn()) {
          send(next, cause);
        } else {
          heard(next, Optional.empty(), cause);
        }
      }
    }
  }

  private void send(Sent next, Skb cause) {
    IpAddress to = next.peer.address();
    Packet packet = new Packet(List.of(run.output.header(place.netns, to.family().unspecified(), to, Header.Ip.UDP),
        new Header.Udp(next.port, next.peer.port())), next.message.size(), next.message.toString());
    run.sockets.add(place.netns, next.port, this);
    Output.Outcome outcome = run.output.send(new Output.Order(place.netns, Optional.of(cause),
        PacketCopy.Role.REQUEST, place.label, new Output.Options(Optional.empty(), Output.PathMtu.WANT, false)),
        packet);
    switch (outcome) {
      case Output.Outcome.Sent _,Output.Outcome.Filtered _,Output.Outcome.Undeliverable _ -> run.queue.after(PATIENCE,
          () -> heard(next, Optional.empty(), cause));
      case Output.Outcome.Refused _,Output.Outcome.TooLong _ -> heard(next, Optional.empty(), cause);
    }
  }

  String label() {
    return place.label;
  }

  /** Something came to the port that it asked from. */
  void receive(Skb skb) {
    Optional<DnsMessage> message = DnsMessage.parse(skb.packet().text()).filter(m -> m.reply().isPresent());
    sent.filter(s -> message.filter(m -> m.id() == s.message.id() && m.question().equals(s.message.question()))
        .isPresent() && skb.ip().source().equals(s.peer.address())).ifPresent(s -> heard(s, message, skb));
  }

  /** Somebody said that what it asked did not arrive. */
  void told(Skb error) {
    sent.ifPresent(s -> heard(s, Optional.empty(), error));
  }

  private void heard(Sent about, Optional<DnsMessage> message, Skb cause) {
    if (sent.equals(Optional.of(about))) {
      sent = Optional.empty();
      heard.add(new CoreDns.Heard(about.peer, about.message.question(), message.flatMap(DnsMessage::reply)));
      go(cause);
    }
  }
}
