package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.NodePortAddresses;
import org.hopscope.model.kube.Plugin;
import org.hopscope.model.kube.codec.ManifestException;
import org.hopscope.model.kube.codec.ManifestReader;
import org.hopscope.model.kube.codec.Mark;
import org.hopscope.model.kube.codec.ObjectWriter;
import org.hopscope.model.kube.codec.Tree;
import org.hopscope.model.kube.object.KubeObject;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Kubernetes clusters in lab files: their objects stand in them as the API server shows them. */
final class ClusterCodec {
  private ClusterCodec() {
  }

  static JsonArray write(PSortedMap<String, Cluster> clusters) {
    JsonArray json = new JsonArray();
    clusters.values().forEach(c -> json.add(write(c)));
    return json;
  }

  private static JsonObject write(Cluster cluster) {
    Choices choices = cluster.choices();
    JsonObject json = new JsonObject();
    json.addProperty("name", cluster.name());
    write(json, choices.blocks());
    choices.stacks().stream().skip(1).forEach(b -> {
      JsonObject second = new JsonObject();
      write(second, b);
      json.add("secondStack", second);
    });
    json.addProperty("cni", choices.plugin().word());
    json.addProperty("backend", choices.plugin().backend());
    json.addProperty("proxy", choices.proxy().word());
    json.addProperty("underlay", choices.underlay());
    if (choices.flags().masqueradeAll()) {
      json.addProperty("masqueradeAll", true);
    }
    if (!choices.flags().localhostNodePorts()) {
      json.addProperty("localhostNodePorts", false);
    }
    switch (choices.flags().nodePorts()) {
      case NodePortAddresses.Unset() -> {
      }
      case NodePortAddresses.Primary() -> json.addProperty("nodePortAddresses", NodePortAddresses.PRIMARY);
      case NodePortAddresses.Within(List<IpPrefix> blocks) -> json.addProperty("nodePortAddresses",
          blocks.stream().map(IpPrefix::toString).collect(Collectors.joining(",")));
    }
    JsonObject counters = new JsonObject();
    cluster.counters().forEach(counters::addProperty);
    json.add("counters", counters);
    JsonArray objects = new JsonArray();
    cluster.objects().values().forEach(o -> objects.add(ObjectWriter.write(o)));
    json.add("objects", objects);
    return json;
  }

  private static void write(JsonObject json, Choices.Blocks blocks) {
    json.addProperty("podCidr", blocks.pods().toString());
    json.addProperty("serviceCidr", blocks.services().toString());
    json.addProperty("nodeCidr", blocks.nodes().toString());
  }

  static PSortedMap<String, Cluster> read(Fields document, Directory directory) throws MalformedException {
    PSortedMap<String, Cluster> clusters = TreePMap.empty();
    for (Cluster cluster : document.list("clusters", f -> cluster(f, directory))) {
      clusters = clusters.plus(cluster.name(), cluster);
    }
    return clusters;
  }

  private static Cluster cluster(Fields fields, Directory directory) throws MalformedException {
    List<Choices.Blocks> stacks = new ArrayList<>(List.of(blocks(fields)));
    fields.optional("secondStack", j -> Fields.object(j, ClusterCodec::blocks)).ifPresent(stacks::add);
    if (stacks.stream().map(Choices.Blocks::family).distinct().count() < stacks.size()) {
      throw fields.malformed("secondStack", "blocks of the other family are wanted");
    }
    String underlay = fields.text("underlay");
    if (!directory.has(underlay)) {
      throw fields.malformed("underlay", "there is no host \"" + underlay + "\"");
    }
    String word = fields.text("cni");
    Plugin plugin = fields.parsed("backend", "a back end of " + word, t -> Plugin.of(word, t));
    Choices.ProxyMode mode = fields.parsed("proxy", "a mode of kube-proxy", Choices.ProxyMode::of);
    Cluster cluster = Cluster.empty(fields.text("name"), new Choices(stacks, plugin, mode, underlay,
        new Choices.ProxyFlags(fields.flag("masqueradeAll"), fields.flag("localhostNodePorts", true),
            fields.optionalParsed("nodePortAddresses", "primary, or blocks of addresses", NodePortAddresses::parse)
                .orElse(new NodePortAddresses.Unset()))));
    PSortedMap<String, Integer> counters = TreePMap.empty();
    for (Map.Entry<String, Json> entry : fields.map("counters").entrySet()) {
      counters = counters.plus(entry.getKey(), (int) Fields.whole(entry.getValue(), 0, Integer.MAX_VALUE));
    }
    for (Json item : fields.items("objects")) {
      KubeObject object = object(item);
      if (cluster.find(object.key()).isPresent()) {
        throw new MalformedException(item.place(), "there are two objects " + object.key());
      }
      cluster = cluster.with(object);
    }
    return cluster.withCounters(counters);
  }

  private static Choices.Blocks blocks(Fields fields) throws MalformedException {
    Choices.Blocks blocks = new Choices.Blocks(block(fields, "podCidr"), block(fields, "serviceCidr"),
        block(fields, "nodeCidr"));
    if (blocks.services().address().family() != blocks.family() || blocks.nodes().address().family() != blocks
        .family()) {
      throw fields.malformed("podCidr", "the blocks of a stack are of one family");
    }
    return blocks;
  }

  private static IpPrefix block(Fields fields, String name) throws MalformedException {
    return fields.parsed(name, "a block of addresses", IpPrefix::parse);
  }

  private static KubeObject object(Json item) throws MalformedException {
    try {
      return ManifestReader.stored(tree(item));
    } catch (ManifestException malformed) {
      throw new MalformedException(new Place.Known(malformed.mark().line(), malformed.mark().column()),
          Optional.ofNullable(malformed.getMessage()).orElse(""));
    }
  }

  private static Tree tree(Json json) {
    Mark mark = new Mark(json.place().line(), json.place().column());
    return switch (json) {
      case Json.Obj(Place _, var fields) -> {
        LinkedHashMap<String, Tree.Entry> entries = new LinkedHashMap<>();
        fields.forEach((name, value) -> entries.put(name, new Tree.Entry(mark, tree(value))));
        yield new Tree.Mapping(mark, entries);
      }
      case Json.Arr(Place _, var items) -> {
        List<Tree> trees = new ArrayList<>();
        items.forEach(i -> trees.add(tree(i)));
        yield new Tree.Sequence(mark, trees);
      }
      case Json.Str(Place _, String value) -> new Tree.Text(mark, value);
      case Json.Num(Place _, String value) -> new Tree.Number(mark, value);
      case Json.Bool(Place _, boolean value) -> new Tree.Flag(mark, value);
      case Json.Null _ -> new Tree.Nothing(mark);
    };
  }
}
