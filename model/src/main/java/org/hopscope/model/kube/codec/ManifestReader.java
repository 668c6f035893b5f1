package org.hopscope.model.kube.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.words.Nearest;
import org.pcollections.PSortedMap;

/**
 * Reads manifests strictly: a field that the official models do not have, or of the wrong type, is an error at its place,
 * and then nothing is read at all. Fields that exist but are not modelled are noted; kinds that are not modelled are
 * skipped by name.
 */
public final class ManifestReader {
  /** The models of the kinds, where they are not called {@code V1} and the kind. */
  private static final Map<String, String> GROUPS = Stream.of(Kind.values())
      .collect(Collectors.toMap(Kind::word, Kind::apiVersion));

  private ManifestReader() {
  }

  /** What a document came to. */
  public sealed interface Item {
    /**
     * An object.
     *
     * @param mark where its document begins
     * @param notes the paths of fields that are not modelled
     */
    record Read(Mark mark, KubeObject object, List<String> notes) implements Item {
      public Read {
        notes = List.copyOf(notes);
      }
    }

    /** An object of a kind that is not modelled. */
    record Skipped(Mark mark, String apiVersion, String kind, String name) implements Item {
    }
  }

  /**
   * Reads all documents of a text.
   *
   * @param namespace where objects go that do not say
   */
  public static List<Item> read(String text, String namespace) throws ManifestException {
    List<Item> items = new ArrayList<>();
    for (Tree document : YamlReader.read(text)) {
      document(document, namespace, items);
    }
    return items;
  }

  /** Reads an object as {@link ObjectWriter} writes it, with its status. */
  public static KubeObject stored(Tree document) throws ManifestException {
    return object(mapping(document), "default", true, new ArrayList<>());
  }

  private static void document(Tree document, String namespace, List<Item> items) throws ManifestException {
    Tree.Mapping mapping = mapping(document);
    String apiVersion = word(mapping, "apiVersion");
    String kind = word(mapping, "kind");
    if (kind.equals("List") && apiVersion.equals("v1")) {
      Tree.Entry all = mapping.entries().get("items");
      if (all != null && all.value() instanceof Tree.Sequence(Mark _, List<Tree> each)) {
        for (Tree item : each) {
          document(item, namespace, items);
        }
      }
      return;
    }
    if (kind.equals("Endpoints") && apiVersion.equals("v1")) {
      endpoints(mapping, namespace, items);
      return;
    }
    if (Kind.of(apiVersion, kind).isEmpty()) {
      items.add(skipped(mapping, apiVersion, kind));
      return;
    }
    List<String> notes = new ArrayList<>();
    items.add(new Item.Read(mapping.mark(), object(mapping, namespace, false, notes), notes));
  }

  private static void endpoints(Tree.Mapping mapping, String namespace, List<Item> items) throws ManifestException {
    Shape.checkEndpoints(mapping);
    List<String> notes = new ArrayList<>();
    List<EndpointSlice> slices = View.read(mapping, notes, fields -> {
      fields.leave("apiVersion", "kind");
      return EndpointsReader.slices(fields, MetaReader.read(fields, Kind.ENDPOINT_SLICE, namespace));
    });
    slices.forEach(s -> items.add(new Item.Read(mapping.mark(), s, notes)));
  }

  private static Item skipped(Tree.Mapping mapping, String apiVersion, String kind) throws ManifestException {
    String should = GROUPS.get(kind);
    if (should != null) {
      throw new ManifestException(mapping.entries().get("apiVersion").mark(), "no matches for kind \"" + kind
          + "\" in version \"" + apiVersion + "\"; did you mean \"" + should + "\"?");
    }
    Optional<String> near = Nearest.to(kind, GROUPS.keySet());
    if (near.filter(n -> GROUPS.get(n).equals(apiVersion)).isPresent() && !Skippable.KINDS.contains(kind)) {
      throw new ManifestException(mapping.entries().get("kind").mark(), "no matches for kind \"" + kind
          + "\" in version \"" + apiVersion + "\"; did you mean \"" + near.get() + "\"?");
    }
    Tree.Entry meta = mapping.entries().get("metadata");
    String name = meta != null && meta.value() instanceof Tree.Mapping fields && fields.entries().get("name") != null
        ? View.text(fields.entries().get("name").value())
        : "";
    return new Item.Skipped(mapping.mark(), apiVersion, kind, name);
  }

  private static Tree.Mapping mapping(Tree tree) throws ManifestException {
    if (tree instanceof Tree.Mapping mapping) {
      return mapping;
    }
    throw new ManifestException(tree.mark(), "an object is expected, not " + tree.what());
  }

  private static String word(Tree.Mapping mapping, String name) throws ManifestException {
    Tree.Entry entry = mapping.entries().get(name);
    if (entry == null || !(entry.value() instanceof Tree.Text(Mark _, String text)) || text.isEmpty()) {
      throw new ManifestException(entry == null ? mapping.mark() : entry.mark(), "field \"" + name + "\" is required");
    }
    return text;
  }

  private static KubeObject object(Tree.Mapping document, String namespace, boolean stored, List<String> notes)
      throws ManifestException {
    Kind kind = Kind.of(word(document, "apiVersion"), word(document, "kind"))
        .orElseThrow(() -> new ManifestException(document.mark(), "this kind is not known here"));
    Shape.check(document, kind);
    return View.read(document, notes, fields -> {
      fields.leave("apiVersion", "kind");
      return object(fields, kind, MetaReader.read(fields, kind, namespace), stored);
    });
  }

  private static KubeObject object(View fields, Kind kind, Meta meta, boolean stored) throws ManifestException {
    return switch (kind) {
      case NAMESPACE -> {
        fields.leave("spec", "status");
        yield new KubeNamespace(meta.withLabels(meta.labels().plus(KubeNamespace.NAME_LABEL, meta.name())));
      }
      case NODE -> NodeReader.node(fields, meta);
      case CONFIG_MAP -> {
        fields.leave("immutable", "binaryData");
        yield new ConfigData(kind, meta, "", fields.texts("data"));
      }
      case SECRET -> {
        fields.leave("immutable", "stringData");
        PSortedMap<String, String> data = fields.texts("data");
        for (Map.Entry<String, String> plain : fields.texts("stringData").entrySet()) {
          data = data.plus(plain.getKey(), Base64.getEncoder().encodeToString(plain.getValue().getBytes(
              StandardCharsets.UTF_8)));
        }
        yield new ConfigData(kind, meta, fields.text("type").orElse("Opaque"), data);
      }
      case DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET -> PodReader.workload(fields, kind, meta);
      case POD -> PodReader.pod(fields, meta, stored);
      case SERVICE -> ServiceReader.service(fields, meta);
      case ENDPOINT_SLICE -> ServiceReader.slice(fields, meta);
      case NETWORK_POLICY -> RuleReader.policy(fields, meta);
      case INGRESS_CLASS -> RuleReader.ingressClass(fields, meta);
      case INGRESS -> RuleReader.ingress(fields, meta, stored);
      case GATEWAY_CLASS -> GatewayReader.gatewayClass(fields, meta);
      case GATEWAY -> GatewayReader.gateway(fields, meta, stored);
      case HTTP_ROUTE -> GatewayReader.route(fields, meta);
      case REFERENCE_GRANT -> GatewayReader.grant(fields, meta);
    };
  }
}
