package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerException;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.DockerNetwork.GatewayMode;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.linux.Identity;
import org.hopscope.model.docker.linux.Networks;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.net.MacvlanMode;
import org.hopscope.model.net.NetnsId;

/** {@code docker network create|ls|inspect|connect|disconnect|rm|prune}. */
final class DockerNetworkProgram {
  private static final String BRIDGE = "com.docker.network.bridge.";
  /** The shortest packets between hosts that leave room for IPv4's shortest inside, and the longest. */
  private static final int LEAST_MTU = 118;
  private static final int GREATEST_MTU = 65535;

  private final DockerProgram.Context where;
  private String driver = "bridge";
  private Optional<IpPrefix> subnet = Optional.empty();
  private Optional<Ipv4Address> gateway = Optional.empty();
  private Optional<IpPrefix> subnet6 = Optional.empty();
  private Optional<Ipv6Address> gateway6 = Optional.empty();
  private boolean ipv6;
  private boolean internal;
  private boolean attachable;
  private final Map<String, String> options = new LinkedHashMap<>();

  private DockerNetworkProgram(DockerProgram.Context where) {
    this.where = where;
  }

  static Command read(DockerProgram.Context where, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, Help.of("docker").toArray(String[]::new));
    }
    String verb = args.next();
    return switch (verb) {
      case "create" -> new DockerNetworkProgram(where).create(args);
      case "ls", "list" -> {
        boolean quiet = args.take("-q") || args.take("--quiet");
        if (!args.isEmpty()) {
          throw Stop.unsupported("docker network ls " + args.next());
        }
        yield where.said(DockerText.networks(where.engine(), quiet));
      }
      case "inspect" -> DockerInspect.networks(where, args);
      case "connect" -> connect(where, args);
      case "disconnect" -> disconnect(where, args);
      case "rm", "remove" -> remove(where, args);
      case "prune" -> prune(where, args);
      default -> throw Stop.unsupported("docker network " + verb);
    };
  }

  private Command create(Args args) throws Stop {
    List<String> names = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.startsWith("-")) {
        option(word, args);
      } else {
        names.add(word);
      }
    }
    if (names.size() != 1) {
      throw Stop.exit(1, "docker: 'docker network create' requires 1 argument", "",
          "Usage:  docker network create [OPTIONS] NETWORK", "",
          "See 'docker network create --help' for more information");
    }
    for (IpAddress asked : Stream.<IpAddress>concat(gateway.stream(), gateway6.stream()).toList()) {
      if (subnet.isEmpty() && subnet6.isEmpty()) {
        throw Stop.exit(1, "every ip-range or gateway must have a corresponding subnet");
      }
      if (Stream.concat(subnet.stream(), subnet6.stream()).noneMatch(s -> s.contains(asked))) {
        throw Stop.exit(1, "no matching subnet for gateway " + asked);
      }
    }
    String name = names.getFirst();
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
      throw DockerProgram.error("invalid network name \"" + name + "\": only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    if (ipv6 && !driver.equals("bridge") && !driver.equals("macvlan")) {
      throw Stop.unsupported("docker network create -d " + driver + " --ipv6");
    }
    if (driver.equals("overlay")) {
      return DockerProgram.work(() -> overlay(name));
    }
    if (attachable) {
      throw Stop.unsupported("docker network create --attachable without -d overlay");
    }
    String id = Identity.next(where.host(), where.engine(), name);
    GatewayMode mode6 = ipv6 ? mode("6") : GatewayMode.NAT;
    DockerNetwork network = new DockerNetwork(name, id, driver(id), Optional.empty());
    return DockerProgram.work(() -> {
      Engine made = where.networks().create(where.engine(), network, subnet, gateway);
      return where.put(ipv6 ? where.networks().with6(made, name, new Networks.Wish6(subnet6, gateway6, mode6)) : made,
          List.of(id));
    });
  }

  private void option(String word, Args args) throws Stop {
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    String key = equals < 0 ? word : word.substring(0, equals);
    if (key.equals("--internal")) {
      internal = true;
      return;
    }
    if (key.equals("--ipv6")) {
      ipv6 = equals < 0 || truth("--ipv6", word.substring(equals + 1));
      return;
    }
    if (key.equals("--attachable")) {
      attachable = true;
      return;
    }
    if (!Stream.of("-d", "--driver", "--subnet", "--gateway", "-o", "--opt").toList().contains(key)) {
      throw Stop.unsupported("docker network create " + key);
    }
    if (equals < 0 && args.isEmpty()) {
      throw Stop.exit(1, "flag needs an argument: " + key);
    }
    String value = equals < 0 ? args.next() : word.substring(equals + 1);
    switch (key) {
      case "--subnet" -> {
        IpPrefix block = subnet(value);
        boolean inet = block.address() instanceof Ipv4Address;
        if ((inet ? subnet : subnet6).isPresent()) {
          throw Stop.unsupported("docker network create with two blocks of " + (inet ? "IPv4" : "IPv6"));
        }
        subnet = inet ? Optional.of(block) : subnet;
        subnet6 = inet ? subnet6 : Optional.of(block);
      }
      case "--gateway" -> {
        switch (IpAddress.parse(value).orElseThrow(() -> Stop.exit(1, "invalid gateway address: " + value))) {
          case Ipv4Address asked -> gateway = Optional.of(asked);
          case Ipv6Address asked -> gateway6 = Optional.of(asked);
        }
      }
      case "-o", "--opt" -> {
        int at = value.indexOf('=');
        options.put(at < 0 ? value : value.substring(0, at), at < 0 ? "" : value.substring(at + 1));
      }
      default -> driver = value;
    }
  }

  private static IpPrefix subnet(String text) throws Stop {
    int slash = text.indexOf('/');
    Optional<IpAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    Optional<Integer> length = slash < 0 ? Optional.empty()
        : Numbers.whole(text.substring(slash + 1), 0, text.contains(":") ? 128 : 32);
    if (address.isEmpty() || length.isEmpty()) {
      throw Stop.exit(1, "invalid CIDR address: " + text);
    }
    IpPrefix block = IpPrefix.around(address.get(), length.get());
    if (!block.address().equals(address.get())) {
      throw DockerProgram.error("invalid network config:\ninvalid subnet " + text + ": it should be " + block);
    }
    return block;
  }

  private DockerNetwork.Driver driver(String id) throws Stop {
    return switch (driver) {
      case "bridge" -> bridge(id);
      case "macvlan" -> {
        String parent = parent();
        MacvlanMode mode = word("macvlan_mode", MacvlanMode.values(), MacvlanMode.BRIDGE);
        yield left(new DockerNetwork.Macvlan(parent, mode, internal));
      }
      case "ipvlan" -> {
        String parent = parent();
        IpvlanMode mode = word("ipvlan_mode", IpvlanMode.values(), IpvlanMode.L2);
        IpvlanFlag flag = word("ipvlan_flag", IpvlanFlag.values(), IpvlanFlag.BRIDGE);
        yield left(new DockerNetwork.Ipvlan(parent, mode, flag, internal));
      }
      case "host", "none", "null" -> throw DockerProgram
          .error("only one instance of \"" + driver + "\" network is allowed");
      default -> throw DockerProgram.error("could not find plugin " + driver
          + " in v1 plugin registry: plugin not found");
    };
  }

  private Command overlay(String name) throws DockerException, Stop {
    String text = taken("com.docker.network.driver.mtu").orElse(Integer.toString(DockerNetwork.Overlay.USUAL_MTU));
    int mtu = Numbers.whole(text, LEAST_MTU, GREATEST_MTU)
        .orElseThrow(() -> DockerProgram.error("invalid MTU value: " + text));
    if (!options.isEmpty()) {
      throw Stop.unsupported("docker network create -d overlay -o " + options.keySet().iterator().next());
    }
    Engine after = where.networks().create(where.engine(), name, attachable ? DockerNetwork.Overlay.Use.ATTACHABLE
        : DockerNetwork.Overlay.Use.SERVICES, mtu, internal, subnet, gateway);
    return where.put(after, List.of(after.network(name).orElseThrow().id()));
  }

  private DockerNetwork.Driver bridge(String id) throws Stop {
    String device = taken(BRIDGE + "name").orElse("br-" + id.substring(0, 12));
    boolean icc = truth(BRIDGE + "enable_icc");
    boolean masquerade = truth(BRIDGE + "enable_ip_masquerade");
    return left(new DockerNetwork.Bridge(device, icc, masquerade, internal, mode("4")));
  }

  private GatewayMode mode(String version) throws Stop {
    String key = "gateway_mode_ipv" + version;
    String mode = taken(BRIDGE + key).orElse("nat");
    Optional<GatewayMode> known = Stream.of(GatewayMode.values()).filter(m -> m.word().equals(mode)).findFirst();
    if (known.isEmpty()) {
      throw mode.equals("isolated") ? Stop.unsupported(key + "=isolated")
          : DockerProgram.error("unknown gateway mode " + mode);
    }
    return known.get();
  }

  private boolean truth(String key) throws Stop {
    return truth(key, taken(key).orElse("true"));
  }

  private static boolean truth(String key, String value) throws Stop {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1", "t" -> true;
      case "false", "0", "f" -> false;
      default -> throw key.startsWith("--") ? Stop.exit(125, "invalid argument \"" + value + "\" for \"" + key
          + "\" flag: strconv.ParseBool: parsing \"" + value + "\": invalid syntax")
          : DockerProgram.error("strconv.ParseBool: parsing \"" + value + "\": invalid syntax");
    };
  }

  private Optional<String> taken(String key) {
    return Optional.ofNullable(options.remove(key));
  }

  /** All options must have been understood. */
  private DockerNetwork.Driver left(DockerNetwork.Driver made) throws Stop {
    if (!options.isEmpty()) {
      throw Stop.unsupported("docker network create -o " + options.keySet().iterator().next());
    }
    return made;
  }

  private <E extends Enum<E>> E word(String key, E[] values, E usual) throws Stop {
    String said = taken(key).orElse(usual.name().toLowerCase(Locale.ROOT));
    return Stream.of(values).filter(v -> v.name().toLowerCase(Locale.ROOT).equals(said)).findFirst()
        .orElseThrow(() -> DockerProgram.error("unknown " + driver + " mode: " + said));
  }

  /** The card that is named: it is there, or it is {@code CARD.VLAN} of one that is (macvlan_network.go). */
  private String parent() throws Stop {
    String parent = taken("parent").orElseThrow(() -> Stop.unsupported("-d " + driver + " without -o parent="));
    NetnsId root = NetnsId.root(where.host());
    boolean there = where.prompt().lab().find(new DeviceRef(root, parent)).isPresent();
    boolean vlan = parent.matches(".+\\.[0-9]{1,4}")
        && where.prompt().lab().find(new DeviceRef(root, parent.substring(0, parent.lastIndexOf('.')))).isPresent();
    if (!there && !vlan) {
      throw DockerProgram.error("invalid subinterface vlan name " + parent + ", example formatting is eth0.10");
    }
    Optional<DockerNetwork> other = where.engine().networks().stream().filter(n -> switch (n.driver()) {
      case DockerNetwork.Macvlan(String used, var _, var _) -> used.equals(parent);
      case DockerNetwork.Ipvlan(String used, var _, var _, var _) -> used.equals(parent);
      case DockerNetwork.Bridge _ -> false;
      case DockerNetwork.Overlay _ -> false;
      case DockerNetwork.HostNetwork() -> false;
      case DockerNetwork.NoNetwork() -> false;
    }).findFirst();
    if (other.isPresent()) {
      throw DockerProgram
          .error("network dm-" + other.get().id().substring(0, 12) + " is already using parent interface "
              + parent);
    }
    return parent;
  }

  private static Command connect(DockerProgram.Context where, Args args) throws Stop {
    Optional<Ipv4Address> ip = Optional.empty();
    Optional<Ipv6Address> ip6 = Optional.empty();
    List<String> words = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.matches("--ip6?(=.*)?")) {
        int equals = word.indexOf('=');
        String key = equals < 0 ? word : word.substring(0, equals);
        String text = equals < 0 ? args.next() : word.substring(equals + 1);
        IpAddress address = IpAddress.parse(text).orElseThrow(() -> Stop.exit(1, "invalid argument \"" + text
            + "\" for \"" + key + "\" flag: failed to parse IP: \"" + text + "\""));
        switch (address) {
          case Ipv4Address four when key.equals("--ip") -> ip = Optional.of(four);
          case Ipv6Address six when key.equals("--ip6") -> ip6 = Optional.of(six);
          default -> throw DockerProgram.error("invalid IPv" + (key.equals("--ip") ? "4" : "6") + " address: " + text);
        }
      } else if (word.startsWith("-")) {
        throw Stop.unsupported("docker network connect " + word);
      } else {
        words.add(word);
      }
    }
    two("connect", words);
    DockerNetwork network = joinable(where.network(words.get(0)));
    Container container = where.container(words.get(1));
    Container.Asked asked = new Container.Asked(ip, ip6);
    return DockerProgram.work(
        () -> where.put(where.lifecycle().connect(where.engine(), network, container, asked), List.of()));
  }

  /** The network that Docker itself puts containers into is left to it. */
  static DockerNetwork joinable(DockerNetwork network) throws Stop {
    if (network.isGateway()) {
      throw Stop.unsupported("a container in " + network.name() + " by hand");
    }
    return network;
  }

  private static Command disconnect(DockerProgram.Context where, Args args) throws Stop {
    List<String> words = new ArrayList<>(args.rest());
    words.removeIf(w -> w.equals("-f") || w.equals("--force"));
    two("disconnect", words);
    DockerNetwork network = where.network(words.get(0));
    Container container = where.container(words.get(1));
    return DockerProgram.work(
        () -> where.put(where.lifecycle().disconnect(where.engine(), network, container), List.of()));
  }

  private static void two(String verb, List<String> words) throws Stop {
    if (words.size() != 2) {
      throw Stop.exit(1, "docker: 'docker network " + verb + "' requires 2 arguments", "",
          "Usage:  docker network " + verb + " [OPTIONS] NETWORK CONTAINER", "",
          "See 'docker network " + verb + " --help' for more information");
    }
  }

  /** {@code docker network prune -f}: those that somebody made and no container is on. */
  private static Command prune(DockerProgram.Context where, Args args) throws Stop {
    if (!args.take("-f") && !args.take("--force")) {
      throw Stop.unsupported("docker network prune without -f");
    }
    if (!args.isEmpty()) {
      throw Stop.unsupported("docker network prune " + args.next());
    }
    List<String> out = new ArrayList<>();
    Engine engine = where.engine();
    for (DockerNetwork network : where.engine().networks()) {
      try {
        engine = removed(where, engine, network);
        out.add(network.name());
      } catch (DockerException used) {
        // One that is in use, or that was there from the beginning, stays.
      } catch (Stop itself) {
        // So does one that Docker needs itself.
      }
    }
    if (!out.isEmpty()) {
      out.addFirst("Deleted Networks:");
      out.add("");
    }
    return where.put(engine, out);
  }

  private static Engine removed(DockerProgram.Context where, Engine engine, DockerNetwork network)
      throws DockerException, Stop {
    if (network.isIngress() || network.isGateway() && engine.swarm().isPresent()) {
      throw Stop.unsupported("docker network rm " + network.name());
    }
    return where.networks().remove(engine, network);
  }

  private static Command remove(DockerProgram.Context where, Args args) throws Stop {
    List<String> out = new ArrayList<>();
    List<String> err = new ArrayList<>();
    Engine engine = where.engine();
    for (String word : args.rest()) {
      try {
        engine = removed(where, engine, engine.network(word)
            .orElseThrow(() -> new DockerException("network " + word + " not found")));
        out.add(word);
      } catch (DockerException refused) {
        err.add("Error response from daemon: " + refused.getMessage());
      }
    }
    if (!err.isEmpty()) {
      err.add("exit status 1");
    }
    return where.put(engine, new Command.Said(err.isEmpty() ? 0 : 1, out, err, new Answer.Nothing()));
  }
}
