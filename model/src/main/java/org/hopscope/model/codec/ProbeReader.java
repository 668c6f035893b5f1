package org.hopscope.model.codec;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;
import org.hopscope.model.probe.Talk;
import org.hopscope.model.tls.Certificate;
import org.hopscope.model.tls.Trust;

/** Reads probes. */
final class ProbeReader {
  private static final int MANY = 1_000_000;
  private static final int LARGEST = 65527;
  private static final int LONG_WAIT = 24 * 3600 * 1000;

  private ProbeReader() {
  }

  static SavedProbe saved(Fields fields) throws MalformedException {
    String name = fields.text("name");
    if (name.isBlank()) {
      throw fields.malformed("name", "a saved probe needs a name");
    }
    boolean expectSuccess = fields.flag("expectSuccess");
    return new SavedProbe(name, Fields.object(fields.required("probe"), ProbeReader::probe), expectSuccess);
  }

  static Probe probe(Fields fields) throws MalformedException {
    NetnsId from = fields.parsed("from", "a namespace such as host/web or @host", Words::netns);
    IpAddress to = fields.parsed("to", "an address", IpAddress::parse);
    Optional<IpAddress> source = fields.optionalParsed("source", "an address", IpAddress::parse);
    if (source.filter(s -> s.family() != to.family()).isPresent()) {
      throw fields.malformed("source", "an address of the family of " + to + " is expected");
    }
    Optional<String> device = fields.optional("device", Fields::text);
    return new Probe(from, to, source, device, action(fields));
  }

  private static Probe.Action action(Fields fields) throws MalformedException {
    if (fields.has("ping")) {
      return Fields.object(fields.required("ping"), ProbeReader::ping);
    }
    if (fields.has("tcp")) {
      return Fields.object(fields.required("tcp"), f -> new Probe.Connect(port(f), client(f)));
    }
    if (fields.has("udp")) {
      return Fields.object(fields.required("udp"), f -> new Probe.Datagram(port(f), client(f)));
    }
    if (fields.has("traceroute")) {
      return Fields.object(fields.required("traceroute"), ProbeReader::traceroute);
    }
    if (fields.has("tracepath")) {
      return Fields.object(fields.required("tracepath"), f -> new Probe.Tracepath(f.number("maxHops", 0, 255),
          f.number("length", 29, Integer.MAX_VALUE), f.number("port", 1, 65535)));
    }
    if (fields.has("arping")) {
      return Fields.object(fields.required("arping"), ProbeReader::arping);
    }
    throw new MalformedException(fields.place(), "one of \"ping\", \"tcp\" and \"udp\" is missing");
  }

  private static Probe.Traceroute traceroute(Fields fields) throws MalformedException {
    return new Probe.Traceroute(fields.word("method", Probe.TraceMethod.class, Probe.TraceMethod.UDP),
        fields.number("firstHop", 1, 255), fields.number("maxHops", 1, 255), fields.number("queries", 1, 10),
        fields.number("size", 28, LARGEST), fields.number("waitMillis", 0, LONG_WAIT), fields.number("port", 0, 65535),
        fields.has("atOnce") ? fields.number("atOnce", 1, MANY) : Probe.Traceroute.AT_ONCE);
  }

  private static Probe.Arping arping(Fields fields) throws MalformedException {
    return new Probe.Arping(fields.word("mode", Probe.ArpMode.class, Probe.ArpMode.ASK),
        fields.number("count", 0, MANY), fields.number("deadlineMillis", 0, LONG_WAIT),
        fields.number("intervalMillis", 1, LONG_WAIT), fields.flag("broadcasting"), fields.flag("untilReply"));
  }

  private static Probe.Ping ping(Fields fields) throws MalformedException {
    Optional<Integer> ttl =
        fields.has("ttl") ? Optional.of(fields.number("ttl", 0, 255)) : Optional.empty();
    Probe.PathMtu pathMtu = fields.flag("dontFragment") ? Probe.PathMtu.DO : Probe.PathMtu.WANT;
    return new Probe.Ping(fields.number("count", 1, Integer.MAX_VALUE), fields.number("size", 0, LARGEST),
        fields.flag("mayBeCut") ? Probe.PathMtu.DONT : pathMtu, fields.number("intervalMillis", 0, LONG_WAIT),
        fields.number("waitMillis", 0, LONG_WAIT), ttl, fields.flag("broadcast"),
        fields.number("deadlineMillis", 0, LONG_WAIT, 0),
        new Probe.Stamp(fields.number("mark", Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
            fields.number("tos", 0, 255, 0)));
  }

  private static PortNumber port(Fields fields) throws MalformedException {
    return new PortNumber(fields.number("port", 1, 65535));
  }

  private static Probe.ClientOptions client(Fields fields) throws MalformedException {
    Optional<PortNumber> sourcePort = fields.has("sourcePort")
        ? Optional.of(new PortNumber(fields.number("sourcePort", 0, 65535)))
        : Optional.empty();
    return new Probe.ClientOptions(fields.number("count", 1, MANY), sourcePort, fields.number("size", 0, MANY),
        fields.number("waitMillis", 0, LONG_WAIT), fields.flag("dontFragment"), talk(fields));
  }

  private static Talk talk(Fields fields) throws MalformedException {
    if (fields.has("asks")) {
      return new Talk.Asks(fields.parsed("asks", "a question of the Domain Name System", DnsMessage::parse));
    }
    if (fields.has("tls")) {
      return Fields.object(fields.required("tls"), tls -> new Talk.Secure(tls.text("host"), tls.text("serverName"),
          new Trust(tls.flag("insecure"), tls.optionalParsed("authority", "a certificate", Certificate::read)),
          tls.text("says")));
    }
    return fields.has("says") ? new Talk.Says(fields.text("says"))
        : fields.flag("silent") ? Talk.SILENCE
        : Talk.QUESTION;
  }
}
