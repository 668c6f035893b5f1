package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.RecordType;
import org.hopscope.model.dns.ResolvConf;
import org.hopscope.model.dns.StubResolver;
import org.hopscope.model.dns.StubResolver.Asked;
import org.hopscope.model.dns.StubResolver.Progress;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.Exchanged;
import org.hopscope.model.probe.Talk;

/**
 * A look-up with packets: one question after the other, to one server after the other when nobody answers (glibc
 * resolv/res_send.c). Left out: that glibc asks for A and AAAA at once.
 */
final class Inquiry {
  static final PortNumber PORT = new PortNumber(53);

  private final Prompt prompt;
  private final Order order;
  private final End end;
  private final StubResolver resolver;

  /**
   * What is looked up.
   *
   * @param conf whom to ask, and which domains are tried
   * @param types all of them are asked of each name that is tried
   * @param extended whether messages are those of {@code dig}, {@code host} and {@code nslookup}
   */
  record Order(ResolvConf conf, String name, List<RecordType> types, boolean extended) {
    Order {
      types = List.copyOf(types);
    }

    /** Programs of BIND ask three times, whatever the file says. */
    private int tries() {
      return extended ? 3 : conf.attempts() * conf.servers().size();
    }
  }

  /**
   * What came of it.
   *
   * @param resolution the answers
   * @param server who was asked last
   * @param failure how the last question failed, when nobody answered it
   * @param nanos how long the last answer took
   */
  record Heard(StubResolver.Resolution resolution, IpAddress server, Optional<ProbeResult.ExchangeOutcome> failure,
      long nanos) {
  }

  /** What a program does when its look-up is over. */
  interface End {
    Command of(Heard heard) throws Stop;
  }

  private Inquiry(Prompt prompt, Order order, End end) {
    this.prompt = prompt;
    this.order = order;
    this.end = end;
    resolver = new StubResolver(order.conf(), _ -> {
      throw new IllegalStateException("questions go by packet");
    });
  }

  /** Looks something up; {@code conf} has to have a server. */
  static Command of(Prompt prompt, Order order, End end) throws Stop {
    return new Inquiry(prompt, order, end).ask(List.of(), 0, 0);
  }

  private IpAddress server(int attempt) {
    return order.conf().servers().get(attempt % order.conf().servers().size());
  }

  private Command ask(List<Asked> heard, int attempt, long nanos) throws Stop {
    return switch (resolver.after(order.name(), order.types(), heard)) {
      case Progress.Done(StubResolver.Resolution resolution) ->
          end.of(new Heard(resolution, server(attempt), Optional.empty(), nanos));
      case Progress.Ask(DnsQuestion question) -> {
        DnsMessage message = new DnsMessage(id(question, heard.size()), question, Optional.empty(), order.extended());
        Probe.ClientOptions options = new Probe.ClientOptions(1, Optional.empty(), 0, 1000 * order.conf().timeout(),
            false, new Talk.Asks(message));
        Probe probe = new Probe(prompt.at(), server(attempt), Optional.empty(), Optional.empty(),
            new Probe.Datagram(PORT, options));
        yield new Command.First(probe, trace -> heard(heard, attempt, question, (Exchanged) trace.result()));
      }
    };
  }

  private Command heard(List<Asked> before, int attempt, DnsQuestion question, Exchanged result) throws Stop {
    ProbeResult.Exchange one = result.tries().getFirst();
    Optional<Asked> answer = DnsMessage.parse(one.heard()).flatMap(DnsMessage::reply)
        .map(r -> new Asked(question, r));
    if (answer.isPresent()) {
      List<Asked> heard = new ArrayList<>(before);
      heard.add(answer.get());
      return ask(heard, attempt, one.nanos());
    }
    return attempt + 1 < order.tries()
        ? ask(before, attempt + 1, one.nanos())
        : end.of(new Heard(new StubResolver.Resolution(before, StubResolver.Outcome.TRY_AGAIN, Optional.empty(),
            List.of()), server(attempt), Optional.of(one.outcome()), one.nanos()));
  }

  /** Numbers that nobody can guess are not needed here: they follow from the question and the time. */
  static int id(Prompt prompt, DnsQuestion question, int number) {
    return (question.hashCode() * 31 + Long.hashCode(prompt.lab().now().nanos() / VirtualTime.MILLI)) * 31 + number
        & 0xffff;
  }

  private int id(DnsQuestion question, int number) {
    return id(prompt, question, number);
  }
}
