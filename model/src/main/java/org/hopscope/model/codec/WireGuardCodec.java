package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.net.WireGuardPeer;
import org.hopscope.model.net.WireGuardSession;
import org.hopscope.model.net.WireGuardSession.Keypair;
import org.hopscope.model.net.WireGuardSettings;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/** Writes and reads WireGuard devices, their peers, and what was exchanged with them. */
final class WireGuardCodec {
  private static final String KEY = "a key: 32 bytes in base64";
  private static final String ENDPOINT = "an endpoint such as 192.0.2.1:51820";

  private WireGuardCodec() {
  }

  static void write(JsonObject object, DeviceKind.WireGuard device) {
    device.home().ifPresent(h -> object.addProperty("home", Words.of(h)));
    WireGuardSettings settings = device.settings();
    settings.privateKey().ifPresent(k -> object.addProperty("privateKey", k.base64()));
    object.addProperty("port", settings.port());
    object.addProperty("mark", Integer.toUnsignedLong(settings.mark()));
    JsonArray peers = new JsonArray();
    settings.peers().forEach(p -> peers.add(peer(p)));
    object.add("peers", peers);
  }

  private static JsonObject peer(WireGuardPeer peer) {
    JsonObject object = new JsonObject();
    object.addProperty("key", peer.key().base64());
    peer.preshared().ifPresent(k -> object.addProperty("preshared", k.base64()));
    peer.endpoint().ifPresent(e -> object.addProperty("endpoint", e.toString()));
    object.addProperty("keepalive", peer.keepalive());
    JsonArray allowed = new JsonArray();
    peer.allowedIps().forEach(a -> allowed.add(a.toString()));
    object.add("allowedIps", allowed);
    return object;
  }

  static DeviceKind read(Directory directory, Fields fields) throws MalformedException {
    WireGuardSettings settings = new WireGuardSettings(
        fields.optionalParsed("privateKey", KEY, WireGuardKey::parse), fields.number("port", 0, 65_535),
        (int) fields.longNumber("mark", 0), TreePVector.from(fields.list("peers", WireGuardCodec::peer)));
    return new DeviceKind.WireGuard(fields.optional("home", directory::netns), settings);
  }

  private static WireGuardPeer peer(Fields fields) throws MalformedException {
    TreePVector<IpPrefix> allowed = TreePVector.empty();
    for (Json item : fields.items("allowedIps")) {
      allowed = allowed.plus(Fields.parsed(item, "a network such as 10.0.0.0/24", IpPrefix::parse));
    }
    return new WireGuardPeer(fields.parsed("key", KEY, WireGuardKey::parse),
        fields.optionalParsed("preshared", KEY, WireGuardKey::parse),
        fields.optionalParsed("endpoint", ENDPOINT, Endpoint::parse), fields.number("keepalive", 0, 65_535), allowed);
  }

  static JsonArray sessions(PSortedMap<WireGuardKey, WireGuardSession> sessions) {
    JsonArray array = new JsonArray();
    sessions.forEach((key, session) -> {
      JsonObject object = new JsonObject();
      object.addProperty("peer", key.base64());
      session.found().ifPresent(f -> {
        object.addProperty("endpoint", f.endpoint().toString());
        object.addProperty("local", f.local().toString());
      });
      session.keys().current().ifPresent(k -> object.add("current", keypair(k)));
      session.keys().previous().ifPresent(k -> object.add("previous", keypair(k)));
      session.keys().next().ifPresent(k -> object.add("next", keypair(k)));
      session.handshake().ifPresent(h -> object.addProperty("handshake", h.nanos()));
      session.unanswered().ifPresent(h -> object.addProperty("unanswered", h.nanos()));
      object.addProperty("received", session.traffic().received());
      object.addProperty("sent", session.traffic().sent());
      array.add(object);
    });
    return array;
  }

  private static JsonObject keypair(Keypair key) {
    JsonObject object = new JsonObject();
    object.addProperty("local", key.local());
    object.addProperty("remote", key.remote());
    object.addProperty("born", key.born().nanos());
    object.addProperty("initiator", key.initiator());
    object.addProperty("counter", key.counter());
    return object;
  }

  static PSortedMap<WireGuardKey, WireGuardSession> sessions(Fields fields, String name) throws MalformedException {
    PSortedMap<WireGuardKey, WireGuardSession> sessions = TreePMap.empty();
    for (Json item : fields.items(name)) {
      Peered read = Fields.object(item, WireGuardCodec::session);
      sessions = sessions.plus(read.peer(), read.session());
    }
    return sessions;
  }

  private record Peered(WireGuardKey peer, WireGuardSession session) {
  }

  private static Peered session(Fields fields) throws MalformedException {
    Optional<Endpoint> endpoint = fields.optionalParsed("endpoint", ENDPOINT, Endpoint::parse);
    Optional<IpAddress> local = fields.optionalParsed("local", "an address", IpAddress::parse);
    if (endpoint.isPresent() != local.isPresent()) {
      throw fields.malformed("endpoint", "\"endpoint\" and \"local\" stand together");
    }
    WireGuardSession.Keys keys = new WireGuardSession.Keys(fields.optional("current", WireGuardCodec::keypair),
        fields.optional("previous", WireGuardCodec::keypair), fields.optional("next", WireGuardCodec::keypair));
    return new Peered(fields.parsed("peer", KEY, WireGuardKey::parse),
        new WireGuardSession(endpoint.map(e -> new WireGuardSession.Found(e, local.orElseThrow())), keys,
            time(fields, "handshake"), time(fields, "unanswered"),
            new WireGuardSession.Traffic(fields.longNumber("received", 0), fields.longNumber("sent", 0))));
  }

  private static Optional<VirtualTime> time(Fields fields, String name) throws MalformedException {
    return fields.has(name) ? Optional.of(new VirtualTime(fields.longNumber(name, 0))) : Optional.empty();
  }

  private static Keypair keypair(Json value) throws MalformedException {
    return Fields.object(value, f -> new Keypair(f.number("local", Integer.MIN_VALUE, Integer.MAX_VALUE),
        f.number("remote", Integer.MIN_VALUE, Integer.MAX_VALUE), new VirtualTime(f.longNumber("born", 0)),
        f.flag("initiator"), f.longNumber("counter", 0)));
  }
}
