package org.hopscope.model.kube.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.cni.Conflist;

/** Reads network configurations of CNI, lists or single ones; JSON is read as the YAML that it is too. */
public final class ConflistReader {
  private ConflistReader() {
  }

  /** The configuration in a text. */
  public static Conflist read(String text) throws ManifestException {
    List<Tree> trees = YamlReader.read(text);
    if (trees.size() != 1 || !(trees.getFirst() instanceof Tree.Mapping top)) {
      throw new ManifestException(new Mark(1, 1), "a network configuration is one JSON object");
    }
    List<Conflist.Plugin> plugins = new ArrayList<>();
    if (top.entries().get("plugins") instanceof Tree.Entry(Mark _, Tree.Sequence(Mark _, List<Tree> items))) {
      for (Tree item : items) {
        plugins.add(plugin(mapping(item)));
      }
    } else {
      plugins.add(plugin(top));
    }
    String name = text(top, "name").orElseThrow(() -> new ManifestException(top.mark(), "missing network name"));
    return new Conflist(text(top, "cniVersion").orElse("0.1.0"), name, plugins);
  }

  private static Tree.Mapping mapping(Tree tree) throws ManifestException {
    if (tree instanceof Tree.Mapping mapping) {
      return mapping;
    }
    throw new ManifestException(tree.mark(), "an object is expected, not " + tree.what());
  }

  private static Optional<String> scalar(Tree tree) {
    return switch (tree) {
      case Tree.Text(Mark _, String value) -> Optional.of(value);
      case Tree.Number(Mark _, String value) -> Optional.of(value);
      case Tree.Flag(Mark _, boolean value) -> Optional.of("" + value);
      case Tree.Mapping _,Tree.Sequence _,Tree.Nothing _ -> Optional.empty();
    };
  }

  private static Optional<String> text(Tree.Mapping object, String name) {
    return Optional.ofNullable(object.entries().get(name)).map(Tree.Entry::value).flatMap(ConflistReader::scalar);
  }

  private static Map<String, String> scalars(Tree.Mapping object) {
    Map<String, String> scalars = new LinkedHashMap<>();
    object.entries().forEach((name, entry) -> scalar(entry.value()).ifPresent(v -> scalars.put(name, v)));
    return scalars;
  }

  private static Optional<Tree.Mapping> object(Tree.Mapping object, String name) {
    return object.entries().get(name) instanceof Tree.Entry(Mark _, Tree.Mapping inner) ? Optional.of(inner)
        : Optional.empty();
  }

  private static List<Tree.Mapping> objects(Tree.Mapping object, String name) throws ManifestException {
    List<Tree.Mapping> all = new ArrayList<>();
    if (object.entries().get(name) instanceof Tree.Entry(Mark _, Tree.Sequence(Mark _, List<Tree> items))) {
      for (Tree item : items) {
        // Ranges are lists of lists: each set gives one address, out of the first range that has one left.
        all.add(
            mapping(item instanceof Tree.Sequence(Mark _, List<Tree> set) && !set.isEmpty() ? set.getFirst() : item));
      }
    }
    return all;
  }

  private static Conflist.Plugin plugin(Tree.Mapping object) throws ManifestException {
    String type = text(object, "type").orElseThrow(() -> new ManifestException(object.mark(),
        "error parsing configuration: missing 'type'"));
    Optional<Tree.Mapping> ipam = object(object, "ipam");
    Map<String, String> delegate = object(object, "delegate").map(ConflistReader::scalars).orElse(Map.of());
    List<Conflist.PortMapping> mappings = new ArrayList<>();
    for (Tree.Mapping row : objects(object(object, "runtimeConfig").orElse(object), "portMappings")) {
      mappings.add(new Conflist.PortMapping(number(row, "hostPort"), number(row, "containerPort"), text(row, "protocol")
          .orElse("tcp")));
    }
    return new Conflist.Plugin(type, scalars(object),
        ipam.isPresent() ? Optional.of(ipam(ipam.get())) : Optional.empty(),
        mappings, delegate);
  }

  private static int number(Tree.Mapping object, String name) throws ManifestException {
    String text = text(object, name).orElse("");
    if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > 65_535) {
      throw new ManifestException(object.mark(), "Invalid " + name + ": " + text);
    }
    return Integer.parseInt(text);
  }

  private static Conflist.Ipam ipam(Tree.Mapping object) throws ManifestException {
    List<Conflist.Range> ranges = new ArrayList<>();
    for (Tree.Mapping each : text(object, "subnet").isPresent() ? List.of(object) : objects(object, "ranges")) {
      IpPrefix subnet =
          text(each, "subnet").flatMap(InterfaceAddress::parse).map(InterfaceAddress::network).orElseThrow(
              () -> new ManifestException(each.mark(), "invalid CIDR address: " + text(each, "subnet").orElse("")));
      ranges.add(new Conflist.Range(subnet, address(each, "rangeStart"), address(each, "rangeEnd"), address(each,
          "gateway")));
    }
    List<Conflist.Route> routes = new ArrayList<>();
    for (Tree.Mapping row : objects(object, "routes")) {
      routes.add(new Conflist.Route(text(row, "dst").flatMap(InterfaceAddress::parse).map(InterfaceAddress::network)
          .orElseThrow(() -> new ManifestException(row.mark(), "invalid CIDR address: " + text(row, "dst").orElse(""))),
          address(row, "gw")));
    }
    return new Conflist.Ipam(text(object, "type").orElse(""), ranges, routes);
  }

  private static Optional<IpAddress> address(Tree.Mapping object, String name) throws ManifestException {
    Optional<String> typed = text(object, name);
    Optional<IpAddress> address = typed.flatMap(IpAddress::parse);
    if (typed.isPresent() && address.isEmpty()) {
      throw new ManifestException(object.mark(), "invalid IP address: " + typed.get());
    }
    return address;
  }
}
