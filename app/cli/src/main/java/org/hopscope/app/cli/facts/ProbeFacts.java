package org.hopscope.app.cli.facts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.Exchange;
import org.hopscope.model.probe.ProbeResult.Exchanged;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.probe.ProbeResult.Pinged;
import org.hopscope.model.shell.Answer;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.TracepathText;
import org.hopscope.model.shell.TracerouteText;

/** Facts and classes of what {@code ping} and {@code probe} saw. */
final class ProbeFacts {
  private static final List<String> PRECEDENCE = List.of("host-unreachable", "net-unreachable", "ttl-exceeded",
      "frag-needed", "prohibited", "port-unreachable", "proto-unreachable", "invalid", "no-such-address",
      "no-such-device");

  private final Owners owners;

  private ProbeFacts(Owners owners) {
    this.owners = owners;
  }

  static Map<String, Object> of(Owners owners, Answer.Probed probed) {
    return new ProbeFacts(owners).of(probed);
  }

  private Map<String, Object> of(Answer.Probed probed) {
    return switch (probed.result()) {
      case ProbeResult.Traced traced -> traced(probed.probe(), traced);
      case ProbeResult.Paced paced -> paced(paced, probed.probe().to().family());
      case ProbeResult.Arped arped -> Map.of("answered_by", probed.detail() == Answer.Probed.Detail.SUM
          ? List.of()
          : distinct(arped.replies().stream().map(r -> owners.name(r.mac()))));
      case Pinged pinged -> pinged(pinged, probed.detail() == Answer.Probed.Detail.SUM);
      case Exchanged exchanged -> exchanged(exchanged, probed);
    };
  }

  /**
   * What the recorder hears of a reply: iputils 20221126 keeps to itself that its own filter refused a request (EPERM of
   * sendmsg). The recorder says it for {@code ping} when nothing came back at all, and for {@code probe} never.
   */
  static Reply heard(String program, Reply reply) {
    if (!(reply.answer() instanceof Answer.Probed(Probe probe, Pinged pinged, Answer.Probed.Detail detail))) {
      return reply;
    }
    boolean told = !program.equals("probe") && pinged.replies().isEmpty();
    List<ProbeResult.PingError> errors =
        pinged.errors().stream().filter(e -> told || !isOwnFilter(e)).toList();
    Pinged heard = new Pinged(pinged.source(), pinged.device(), pinged.transmitted(), pinged.replies(), errors,
        pinged.elapsedNanos());
    return errors.size() == pinged.errors().size() ? reply
        : new Reply(reply.exit(), reply.out(), reply.err(), reply.edits(), reply.traces(),
            new Answer.Probed(probe, heard, detail));
  }

  private static boolean isOwnFilter(ProbeResult.PingError error) {
    return error.from().isEmpty() && error.sequence() > 0
        && (error.kind() == FailureKind.PROHIBITED || error.kind() == FailureKind.FILTERED);
  }

  /** As the recorder reads it: the target stands in a line that has no mark, though it said no more than that time was up. */
  private static boolean isReached(Probe probe, ProbeResult.Traced traced) {
    return traced.hops().stream().map(hop -> hop.answers().stream().flatMap(Optional::stream).toList())
        .anyMatch(answers -> answers.stream().anyMatch(a -> a.from().equals(probe.to()))
            && answers.stream().flatMap(a -> a.kind().stream()).allMatch(k -> TracerouteText.mark(k).isEmpty()));
  }

  /** The one word for how it went. */
  static String className(Answer.Probed probed) {
    return switch (probed.result()) {
      case ProbeResult.Traced traced -> traced.refused().map(k -> "error:" + errorCode(k))
          .orElse(isReached(probed.probe(), traced) ? "reached" : "not-reached");
      case ProbeResult.Paced paced -> paced.succeeded() ? "reached" : "not-reached";
      case ProbeResult.Arped arped -> probed.probe().action() instanceof Probe.Arping arping
          ? className(arping.mode(), arped.succeeded() && probed.detail() != Answer.Probed.Detail.SUM)
          : "loss";
      case Pinged pinged -> className(pinged, errors(pinged, probed.detail() == Answer.Probed.Detail.SUM));
      case Exchanged exchanged -> {
        Set<String> outcomes = outcomes(exchanged);
        yield outcomes.size() == 1 ? outcomes.iterator().next() : "mixed";
      }
    };
  }

  /**
   * The errors that the recorder hears of what ping prints, with {@code -q} those of its own system calls only. That a device
   * was given more than it takes is no class: what was sent counts as lost.
   */
  private static List<ProbeResult.PingError> errors(Pinged pinged, boolean sum) {
    return pinged.errors().stream().filter(e -> e.kind() != FailureKind.NO_BUFFER && (!sum || e.from().isEmpty()))
        .toList();
  }

  private static String className(Probe.ArpMode mode, boolean answered) {
    return switch (mode) {
      case ASK -> answered ? "ok" : "loss";
      case DETECT -> answered ? "taken" : "free";
      case ANNOUNCE, ANSWER -> "sent";
    };
  }

  private static String errorCode(FailureKind kind) {
    return switch (kind) {
      case NET_UNREACHABLE -> "ENETUNREACH";
      case HOST_UNREACHABLE -> "EHOSTUNREACH";
      case PROHIBITED, NET_PROHIBITED, HOST_PROHIBITED, POLICY_FAILED, ROUTE_REJECTED, BROADCAST -> "EACCES";
      case FILTERED -> "EPERM";
      case NO_KEY -> "ENOKEY";
      case NO_ENDPOINT -> "EDESTADDRREQ";
      case NO_BUFFER -> "OTHER";
      case NO_SUCH_ADDRESS -> "EADDRNOTAVAIL";
      case NO_SUCH_DEVICE -> "ENODEV";
      case PORT_UNREACHABLE, PROTO_UNREACHABLE, FRAG_NEEDED, TTL_EXCEEDED, INVALID, REDIRECT -> "EINVAL";
    };
  }

  /** Of a silent end only the first hop is told. */
  private Map<String, Object> traced(Probe probe, ProbeResult.Traced traced) {
    List<Object> hops = new ArrayList<>();
    for (ProbeResult.Hop hop : traced.hops()) {
      List<String> from = distinct(hop.answers().stream().flatMap(Optional::stream).map(a -> owners.text(a.from())));
      hops.add(new TreeMap<>(Map.of("ttl", hop.ttl(), "from", from.isEmpty() ? List.of("*") : from, "marks",
          distinct(hop.answers().stream().flatMap(Optional::stream).flatMap(a -> a.kind().stream())
              .flatMap(k -> TracerouteText.mark(k).map(m -> m.replaceFirst("<.*", "")).stream())))));
    }
    int last = hops.size();
    while (last > 1 && isSilent(traced.hops().get(last - 1)) && isSilent(traced.hops().get(last - 2))) {
      last--;
    }
    return new TreeMap<>(Map.of("reached", isReached(probe, traced), "hops", hops.subList(0, last)));
  }

  /** What was said line by line, without times. */
  private Map<String, Object> paced(ProbeResult.Paced paced, IpFamily family) {
    Map<String, Object> facts = new TreeMap<>(Map.of("pmtu", paced.mtu(), "path",
        paced.lines().stream().map(l -> new TreeMap<String, Object>(Map.of("ttl", l.ttl(), "from", teller(l), "says",
            l instanceof ProbeResult.PathLine.Told told ? TracepathText.says(told, family).strip().replaceAll(" +", " ")
                : unsaid(l))))
            .toList()));
    paced.hops().ifPresent(h -> facts.putAll(Map.of("hops", h.there(), "back", h.back())));
    return facts;
  }

  private String teller(ProbeResult.PathLine line) {
    return line instanceof ProbeResult.PathLine.Told told ? told.from().map(owners::text).orElse("local") : "*";
  }

  private static String unsaid(ProbeResult.PathLine line) {
    return switch (line) {
      case ProbeResult.PathLine.Silent _ -> "no reply";
      case ProbeResult.PathLine.Answered _ -> "reply received 8)";
      case ProbeResult.PathLine.Unsent _ -> "send failed";
      case ProbeResult.PathLine.Told _ -> "";
    };
  }

  private static boolean isSilent(ProbeResult.Hop hop) {
    return hop.answers().stream().allMatch(Optional::isEmpty);
  }

  private static String className(Pinged pinged, List<ProbeResult.PingError> errors) {
    if (!pinged.replies().isEmpty()) {
      return pinged.received() >= pinged.transmitted() ? "ok" : "partial";
    }
    Set<String> kinds = new TreeSet<>();
    errors.forEach(e -> kinds.add(word(e.kind())));
    return PRECEDENCE.stream().filter(kinds::contains).findFirst()
        .or(() -> kinds.stream().filter(k -> k.startsWith("other:")).findFirst()).orElse("loss");
  }

  private static String word(FailureKind kind) {
    return switch (kind) {
      case BROADCAST, FILTERED, NET_PROHIBITED, HOST_PROHIBITED -> "prohibited";
      case POLICY_FAILED -> "other:Destination unreachable: Unknown code 5";
      case ROUTE_REJECTED -> "other:Destination unreachable: Unknown code 6";
      case HOST_UNREACHABLE, NET_UNREACHABLE, PORT_UNREACHABLE, PROTO_UNREACHABLE, FRAG_NEEDED, TTL_EXCEEDED,
          PROHIBITED, INVALID, NO_SUCH_ADDRESS, NO_SUCH_DEVICE, REDIRECT, NO_KEY, NO_ENDPOINT,
          NO_BUFFER -> hyphened(kind);
    };
  }

  /** The oracle's word: a number of an error that has no class of its own stands for itself. */
  private static String outcome(ProbeResult.ExchangeOutcome outcome) {
    return outcome == ProbeResult.ExchangeOutcome.NO_BUFFER ? "error-ENOBUFS" : hyphened(outcome);
  }

  private static String hyphened(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Map<String, Object> pinged(Pinged pinged, boolean sum) {
    Map<String, Object> facts = new TreeMap<>();
    List<ProbeResult.Reply> replies = sum ? List.of() : pinged.replies();
    facts.put("reply_from", distinct(replies.stream().map(r -> owners.text(r.from()))));
    facts.put("ttl", List.copyOf(new TreeSet<>(replies.stream().map(ProbeResult.Reply::ttl).toList())));
    Set<Object> errors = new LinkedHashSet<>();
    Set<String> redirects = new TreeSet<>();
    boolean gaveUp = false;
    for (ProbeResult.PingError error : errors(pinged, sum)) {
      gaveUp |= error.sequence() == 0;
      if (error.kind() == FailureKind.REDIRECT) {
        redirects.add(error.from().map(owners::text).orElse("?") + " says use "
            + error.gateway().map(owners::text).orElse("?"));
      } else {
        errors.add(error(error));
      }
    }
    facts.put("errors", List.copyOf(errors));
    Facts.putIf(facts, !redirects.isEmpty(), "redirects", List.copyOf(redirects));
    int got = pinged.received();
    Facts.putIf(facts, !gaveUp && pinged.transmitted() > 1, "lost_some", got > 0 && got < pinged.transmitted());
    return facts;
  }

  private Map<String, Object> error(ProbeResult.PingError error) {
    String kind = word(error.kind());
    Map<String, Object> one = new TreeMap<>(
        // The recorder takes a colon at an address's end for that of the sentence.
        Map.of("from", error.from().map(owners::text).map(f -> f.replaceFirst(":$", "")).orElse("local"), "kind",
            kind));
    Facts.putIf(one, error.mtu() > 0 || kind.equals("frag-needed"), "mtu", error.mtu());
    Facts.putIf(one, kind.equals("prohibited") && error.from().isPresent(), "text",
        error.from().filter(f -> f.family() == IpFamily.INET6).isPresent()
            ? "Destination unreachable: Administratively prohibited"
            : prohibited(error.kind()));
    return one;
  }

  /** What ping says of it. */
  private static String prohibited(FailureKind kind) {
    return kind == FailureKind.NET_PROHIBITED ? "Destination Net Prohibited"
        : kind == FailureKind.HOST_PROHIBITED ? "Destination Host Prohibited" : "Packet filtered";
  }

  private static Set<String> outcomes(Exchanged exchanged) {
    return new TreeSet<>(exchanged.tries().stream().map(t -> outcome(t.outcome())).toList());
  }

  private Map<String, Object> exchanged(Exchanged exchanged, Answer.Probed probed) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("outcomes", List.copyOf(outcomes(exchanged)));
    facts.put("backends", answers(exchanged, ProbeResult.Answer::label));
    facts.put("seen_src", answers(exchanged, a -> owners.text(a.client())));
    facts.put("reached", answers(exchanged, a -> a.server().family() == IpFamily.INET6
        ? "[" + owners.text(a.server()) + "]:" + a.serverPort()
        : a.server() + ":" + a.serverPort()));
    facts.put("icmp", distinct(exchanged.tries().stream().filter(t -> t.icmp().isPresent())
        .map(t -> icmpName(t.icmp().orElseThrow()) + " from " + t.icmpFrom().map(owners::text).orElse("?"))));
    sourcePort(probed.probe()).ifPresent(port -> facts.put("seen_sport",
        answers(exchanged, a -> a.clientPort() == port.value() ? "same" : "changed")));
    if (probed.detail() == Answer.Probed.Detail.IN_ORDER) {
      List<String> sequence = new ArrayList<>();
      for (Exchange one : exchanged.tries()) {
        sequence.add(one.answer().map(ProbeResult.Answer::label).orElse(outcome(one.outcome())));
      }
      facts.put("sequence", sequence);
    }
    return facts;
  }

  private static Optional<PortNumber> sourcePort(Probe probe) {
    return switch (probe.action()) {
      case Probe.Ping _,Probe.Traceroute _,Probe.Tracepath _,Probe.Arping _ -> Optional.empty();
      case Probe.Connect(PortNumber _, Probe.ClientOptions options) -> options.sourcePort();
      case Probe.Datagram(PortNumber _, Probe.ClientOptions options) -> options.sourcePort();
    };
  }

  private static List<String> answers(Exchanged exchanged, Function<ProbeResult.Answer, String> what) {
    return distinct(exchanged.tries().stream().flatMap(t -> t.answer().stream()).map(what));
  }

  private static List<String> distinct(Stream<String> values) {
    return values.distinct().sorted().toList();
  }

  private static String icmpName(FailureKind kind) {
    return switch (kind) {
      case PROHIBITED -> "admin-prohibited";
      case POLICY_FAILED -> "policy-fail";
      case ROUTE_REJECTED -> "reject-route";
      case NET_PROHIBITED, HOST_PROHIBITED -> hyphened(kind);
      case HOST_UNREACHABLE, NET_UNREACHABLE, PORT_UNREACHABLE, PROTO_UNREACHABLE, FRAG_NEEDED, TTL_EXCEEDED, INVALID,
          NO_SUCH_ADDRESS, NO_SUCH_DEVICE, BROADCAST, FILTERED, REDIRECT, NO_KEY, NO_ENDPOINT, NO_BUFFER ->
          word(kind);
    };
  }
}
