package org.hopscope.lessons.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.lessons.check.Check;
import org.hopscope.lessons.check.PacketProperty;
import org.hopscope.model.codec.JsonText;
import org.hopscope.model.codec.MalformedException;

/**
 * One word of the check language. The reference page and the schema are written from these, and tests hold them against
 * the reader: each field is read, each that must be there is missed, and no other is taken.
 *
 * @param name the word
 * @param value what stands behind it when that is no object
 * @param fields the fields of the object that stands behind it, in order; none when it is no object
 * @param example one with every field
 */
public record CheckKind(String name, Optional<ValueKind> value, List<Field> fields, String example) {
  public CheckKind {
    fields = List.copyOf(fields);
  }

  /**
   * A field.
   *
   * @param name its name
   * @param kind what stands in it
   * @param required whether it must be there
   */
  public record Field(String name, ValueKind kind, boolean required) {
  }

  /** The check in words, as its example says it. */
  public Check exampleCheck() {
    try {
      return CheckReader.read(JsonText.read(example));
    } catch (MalformedException e) {
      throw new IllegalStateException(example + ": " + e.getMessage(), e);
    }
  }

  /** All of them, in the order of the reference page. */
  public static List<CheckKind> all() {
    return List.of(
        of("netns", ValueKind.PLACE, "{\"netns\": \"netns1\"}"),
        of("joined", ValueKind.TWO_PLACES, "{\"joined\": [\"netns1\", \"node2/pod2\"]}"),
        object("device",
            "{\"device\": {\"name\": \"netns1:veth1\", \"up\": true, \"state\": \"UP\", \"kind\": \"veth\","
                + " \"mtu\": 1500, \"peer\": \"netns2\", \"master\": \"br0\"}}",
            must("name", ValueKind.DEVICE),
            may("up", ValueKind.FLAG), may("state", ValueKind.STATE), may("kind", ValueKind.TEXT),
            may("mtu", ValueKind.NUMBER), may("peer", ValueKind.PLACE), may("master", ValueKind.TEXT)),
        object("address", "{\"address\": {\"in\": \"netns1\", \"device\": \"veth1\", \"address\": \"10.1.1.1/24\"}}",
            must("in", ValueKind.PLACE), must("address", ValueKind.ADDRESS_AND_LENGTH), may("device", ValueKind.TEXT)),
        object("route", "{\"route\": {\"in\": \"netns1\", \"to\": \"default\", \"via\": \"10.1.1.254\","
            + " \"device\": \"veth1\", \"linkdown\": false}}", must("in", ValueKind.PLACE),
            must("to", ValueKind.DESTINATION), may("via", ValueKind.ADDRESS), may("device", ValueKind.TEXT),
            may("linkdown", ValueKind.FLAG)),
        object("neighbour", "{\"neighbour\": {\"in\": \"a\", \"address\": \"10.0.0.2\", \"state\": \"REACHABLE\"}}",
            must("in", ValueKind.PLACE), must("address", ValueKind.ADDRESS), may("state", ValueKind.NEIGHBOUR_STATE)),
        object("learned", "{\"learned\": {\"bridge\": \"@host:br0\", \"station\": \"a:eth0\", \"port\": \"pa\"}}",
            must("bridge", ValueKind.DEVICE), must("station", ValueKind.DEVICE), may("port", ValueKind.TEXT)),
        object("sysctl", "{\"sysctl\": {\"in\": \"@host\", \"key\": \"net.ipv4.ip_forward\", \"value\": \"1\"}}",
            must("in", ValueKind.PLACE), must("key", ValueKind.TEXT), must("value", ValueKind.TEXT)),
        object("server", "{\"server\": {\"in\": \"web\", \"listens\": \"80/tcp\", \"on\": \"127.0.0.1\"}}",
            must("in", ValueKind.PLACE), must("listens", ValueKind.SOCKET), may("on", ValueKind.ADDRESS)),
        object("count", "{\"count\": {\"of\": \"ports\", \"in\": \"@host:br0\", \"at-least\": 2, \"at-most\": 3}}",
            must("of", ValueKind.COUNTED), must("in", ValueKind.THING), must("at-least", ValueKind.NUMBER),
            may("at-most", ValueKind.NUMBER)),
        object("reach", "{\"reach\": {\"probe\": \"netns1 -> web:80\", \"answered-by\": \"web\","
            + " \"source-seen\": \"10.1.1.1\", \"marks\": [\"routed\"], \"without\": [\"source-translated\"],"
            + " \"through\": [\"@host\"]}}", must("probe", ValueKind.PROBE), may("answered-by", ValueKind.TEXT),
            may("source-seen", ValueKind.ADDRESS), may("marks", ValueKind.MARKS), may("without", ValueKind.MARKS),
            may("through", ValueKind.PLACES)),
        object("no-reach", "{\"no-reach\": {\"probe\": \"netns1 -> 10.1.1.2 size 1472 df\","
            + " \"because\": [\"frag-needed\", \"silence\"], \"marks\": [\"routed\"], \"without\": [\"storm\"],"
            + " \"through\": [\"@host\"]}}", must("probe", ValueKind.PROBE), may("because", ValueKind.OUTCOMES),
            may("marks", ValueKind.MARKS), may("without", ValueKind.MARKS), may("through", ValueKind.PLACES)),
        object("shared", "{\"shared\": {\"probe\": \"pod:default/client -> svc:default/web:80\","
            + " \"among\": [\"web-0\", \"web-1\"], \"source-seen\": \"10.244.0.2\"}}", must("probe", ValueKind.PROBE),
            must("among", ValueKind.TEXTS), may("source-seen", ValueKind.ADDRESS)),
        object("rule-hit",
            "{\"rule-hit\": {\"probe\": \"pod:default/client -> 10.96.0.50:80\", \"in\": \"@demo-node1\","
                + " \"table\": \"nat\", \"chain\": \"KUBE-SERVICES\", \"words\": [\"--dport 80\"],"
                + " \"for\": \"svc:default/web\"}}",
            must("probe", ValueKind.PROBE),
            must("in", ValueKind.PLACE), must("words", ValueKind.TEXTS), may("table", ValueKind.TEXT),
            may("chain", ValueKind.TEXT), may("for", ValueKind.SERVICE)),
        packet(),
        object("shows", "{\"shows\": {\"in\": \"@host\", \"command\": \"bridge link show\","
            + " \"words\": [\"state blocking\"], \"at-least\": 1}}", must("in", ValueKind.PLACE),
            must("command", ValueKind.TEXT), must("words", ValueKind.TEXTS), may("at-least", ValueKind.NUMBER)),
        object("watched",
            "{\"watched\": {\"probe\": \"a -> b\", \"outcome\": \"answered\", \"marks\": [\"one-port\"]}}",
            must("probe", ValueKind.PROBE), may("outcome", ValueKind.OUTCOMES), may("marks", ValueKind.MARKS)),
        object("kept", "{\"kept\": {\"gone\": [\"host gw eth0: mtu 1300\"], \"back\": [\"host gw eth0: mtu 1500\"],"
            + " \"room\": 8}}", may("gone", ValueKind.TEXTS), may("back", ValueKind.TEXTS),
            may("room", ValueKind.NUMBER)),
        of("predicted", ValueKind.PREDICTION, "{\"predicted\": \"first-frame\"}"),
        of("predicted-right", ValueKind.PREDICTION, "{\"predicted-right\": \"first-frame\"}"),
        of("quiz", ValueKind.QUIZ, "{\"quiz\": \"which-is-which\"}"),
        of("any", ValueKind.CHECKS, "{\"any\": [{\"netns\": \"left\"}, {\"netns\": \"right\"}]}"),
        of("all", ValueKind.CHECKS, "{\"all\": [{\"netns\": \"left\"}, {\"netns\": \"right\"}]}"),
        of("not", ValueKind.CHECK, "{\"not\": {\"device\": {\"name\": \"near:green0\"}}}"),
        object("after", "{\"after\": {\"seconds\": 30, \"check\": {\"reach\": {\"probe\": \"a -> b\"}}}}",
            must("seconds", ValueKind.NUMBER), must("check", ValueKind.CHECK)));
  }

  private static CheckKind packet() {
    List<Field> fields = Stream.concat(Stream.of(must("probe", ValueKind.PROBE), must("at", ValueKind.THING)),
        Arrays.stream(PacketProperty.values()).map(p -> may(p.word(), ValueKind.TEXT))).toList();
    return object("packet", "{\"packet\": {\"probe\": \"pod1 -> node2/pod2\", \"at\": \"@node2:eth0\","
        + " \"source\": \"192.168.50.1\", \"inner-source\": \"10.244.1.2\", \"vni\": \"1\", \"destination-port\": \"8472\"}}",
        fields.toArray(Field[]::new));
  }

  private static CheckKind of(String name, ValueKind value, String example) {
    return new CheckKind(name, Optional.of(value), List.of(), example);
  }

  private static CheckKind object(String name, String example, Field... fields) {
    return new CheckKind(name, Optional.empty(), List.of(fields), example);
  }

  private static Field must(String name, ValueKind kind) {
    return new Field(name, kind, true);
  }

  private static Field may(String name, ValueKind kind) {
    return new Field(name, kind, false);
  }
}
