package org.hopscope.model.codec;

import com.google.gson.JsonObject;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;
import org.hopscope.model.probe.Talk;
import org.hopscope.model.tls.Trust;

/** Writes probes. */
final class ProbeWriter {
  private ProbeWriter() {
  }

  static JsonObject saved(SavedProbe saved) {
    JsonObject object = new JsonObject();
    object.addProperty("name", saved.name());
    object.addProperty("expectSuccess", saved.expectSuccess());
    object.add("probe", probe(saved.probe()));
    return object;
  }

  static JsonObject probe(Probe probe) {
    JsonObject object = new JsonObject();
    object.addProperty("from", Words.of(probe.from()));
    object.addProperty("to", probe.to().toString());
    probe.source().ifPresent(s -> object.addProperty("source", s.toString()));
    probe.device().ifPresent(d -> object.addProperty("device", d));
    switch (probe.action()) {
      case Probe.Ping ping -> object.add("ping", ping(ping));
      case Probe.Connect(var port, var options) -> object.add("tcp", client(port.value(), options));
      case Probe.Traceroute traceroute -> object.add("traceroute", traceroute(traceroute));
      case Probe.Tracepath tracepath -> object.add("tracepath", tracepath(tracepath));
      case Probe.Arping arping -> object.add("arping", arping(arping));
      case Probe.Datagram(var port, var options) -> object.add("udp", client(port.value(), options));
    }
    return object;
  }

  private static JsonObject ping(Probe.Ping ping) {
    JsonObject object = new JsonObject();
    object.addProperty("count", ping.count());
    object.addProperty("size", ping.size());
    object.addProperty("dontFragment", ping.pathMtu() == Probe.PathMtu.DO);
    if (ping.pathMtu() == Probe.PathMtu.DONT) {
      object.addProperty("mayBeCut", true);
    }
    object.addProperty("intervalMillis", ping.intervalMillis());
    object.addProperty("waitMillis", ping.waitMillis());
    ping.ttl().ifPresent(t -> object.addProperty("ttl", t));
    object.addProperty("broadcast", ping.broadcast());
    if (ping.deadlineMillis() > 0) {
      object.addProperty("deadlineMillis", ping.deadlineMillis());
    }
    if (ping.stamp().mark() != 0) {
      object.addProperty("mark", ping.stamp().mark());
    }
    if (ping.stamp().tos() != 0) {
      object.addProperty("tos", ping.stamp().tos());
    }
    return object;
  }

  private static JsonObject traceroute(Probe.Traceroute traceroute) {
    JsonObject object = new JsonObject();
    object.addProperty("method", Words.of(traceroute.method()));
    object.addProperty("firstHop", traceroute.firstHop());
    object.addProperty("maxHops", traceroute.maxHops());
    object.addProperty("queries", traceroute.queries());
    object.addProperty("size", traceroute.size());
    object.addProperty("waitMillis", traceroute.waitMillis());
    object.addProperty("port", traceroute.port());
    if (traceroute.atOnce() != Probe.Traceroute.AT_ONCE) {
      object.addProperty("atOnce", traceroute.atOnce());
    }
    return object;
  }

  private static JsonObject tracepath(Probe.Tracepath tracepath) {
    JsonObject object = new JsonObject();
    object.addProperty("maxHops", tracepath.maxHops());
    object.addProperty("length", tracepath.length());
    object.addProperty("port", tracepath.port());
    return object;
  }

  private static JsonObject arping(Probe.Arping arping) {
    JsonObject object = new JsonObject();
    object.addProperty("mode", Words.of(arping.mode()));
    object.addProperty("count", arping.count());
    object.addProperty("deadlineMillis", arping.deadlineMillis());
    object.addProperty("intervalMillis", arping.intervalMillis());
    object.addProperty("broadcasting", arping.broadcasting());
    object.addProperty("untilReply", arping.untilReply());
    return object;
  }

  private static JsonObject client(int port, Probe.ClientOptions options) {
    JsonObject object = new JsonObject();
    object.addProperty("port", port);
    object.addProperty("count", options.count());
    options.sourcePort().ifPresent(p -> object.addProperty("sourcePort", p.value()));
    object.addProperty("size", options.size());
    object.addProperty("waitMillis", options.waitMillis());
    object.addProperty("dontFragment", options.dontFragment());
    switch (options.talk()) {
      case Talk.Question _ -> {
      }
      case Talk.Silence _ -> object.addProperty("silent", true);
      case Talk.Asks(var message) -> object.addProperty("asks", message.toString());
      case Talk.Says(String text) -> object.addProperty("says", text);
      case Talk.Secure(String host, String serverName, Trust trust, String text) -> {
        JsonObject tls = new JsonObject();
        tls.addProperty("host", host);
        tls.addProperty("serverName", serverName);
        tls.addProperty("insecure", trust.anything());
        trust.authority().ifPresent(a -> tls.addProperty("authority", a.text()));
        tls.addProperty("says", text);
        object.add("tls", tls);
      }
    }
    return object;
  }
}
