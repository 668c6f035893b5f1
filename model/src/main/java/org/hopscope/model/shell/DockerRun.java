package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.Container.Asked;
import org.hopscope.model.docker.Container.Attachment;
import org.hopscope.model.docker.Container.Published;
import org.hopscope.model.docker.Container.Wiring;
import org.hopscope.model.docker.DockerException;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.Image;
import org.hopscope.model.docker.linux.Identity;
import org.hopscope.model.docker.linux.Lifecycle;
import org.hopscope.model.net.Transport;

/**
 * {@code docker run [-d] [--rm] [--name NAME] [--network NET] [--ip ADDR] [-p [[ADDR:][PORT]:]PORT[/udp]]... [-P] IMAGE
 * [COMMAND...]}. Without {@code -d} a container lives as long as its one command. A container that cannot be started stays
 * behind, as with Docker.
 */
final class DockerRun {
  private static final int FIRST_DRAWN = 32768;
  private static final int LAST_DRAWN = 60999;

  private final DockerProgram.Context where;
  private Optional<String> name = Optional.empty();
  private final List<String> networks = new ArrayList<>();
  private Optional<Ipv4Address> address = Optional.empty();
  private Optional<Ipv6Address> address6 = Optional.empty();
  private final List<Published> published = new ArrayList<>();
  private final List<Drawn> drawn = new ArrayList<>();
  private boolean detached;
  private boolean removed;
  private boolean all;

  /** A port that is published at one of the host's that Docker draws. */
  private record Drawn(Optional<IpAddress> on, PortNumber port, Transport transport) {
  }

  DockerRun(DockerProgram.Context where) {
    this.where = where;
  }

  Command run(Args args) throws Stop {
    List<String> words = args.rest();
    Args left = new Args(words);
    while (left.peek().filter(w -> w.startsWith("-")).isPresent()) {
      option(left.next(), left);
    }
    List<String> named = left.rest();
    if (named.isEmpty()) {
      throw Stop.exit(125, "docker: 'docker run' requires at least 1 argument", "",
          "Usage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]", "", "See 'docker run --help' for more information");
    }
    String image = named.getFirst();
    if (Image.of(image).isEmpty()) {
      throw Stop.unsupported("image " + image);
    }
    if (all) {
      Image.of(image).flatMap(Image::port).ifPresent(p -> drawn.add(new Drawn(Optional.empty(), p, Transport.TCP)));
    }
    List<String> command = named.subList(1, named.size());
    if (!detached) {
      return once(words.subList(0, words.size() - named.size()), image, command);
    }
    if (removed) {
      throw Stop.unsupported("docker run -d --rm");
    }
    if (!command.isEmpty() && !waits(command)) {
      throw Stop.unsupported("docker run -d " + image + " " + command.getFirst());
    }
    try {
      Container container = container(image, command);
      Engine created = where.engine().with(container);
      return started(created, container);
    } catch (DockerException refused) {
      throw stop(refused.getMessage());
    }
  }

  /** A container for one command: made, used, and stopped or removed, each by a command of its own. */
  private Command once(List<String> options, String image, List<String> command) throws Stop {
    if (command.isEmpty() || waits(command)) {
      throw Stop.unsupported("docker run without -d of what does not end");
    }
    String called = name.orElseGet(() -> Identity.name(where.host(), where.engine()));
    List<String> kept = new ArrayList<>(List.of("docker", "run", "-d", "--name", called));
    Args left = new Args(options);
    while (!left.isEmpty()) {
      String word = left.next();
      if (word.equals("--name")) {
        left.next();
      } else if (!word.matches("--rm|--name=.*|-[it]+|--interactive|--tty")) {
        kept.add(word);
      }
    }
    kept.addAll(List.of(image, "sleep", "infinity"));
    String in = Words.quote(called);
    return new Command.Interpret(where.prompt().at(), Commands.line(kept) + " > /dev/null || exit $?\n"
        + "docker exec " + in + " " + Commands.line(command) + "\nended=$?\n"
        + "docker " + (removed ? "rm -f " : "stop ") + in + " > /dev/null\nexit $ended\n");
  }

  /** What waits and does nothing else. */
  private static boolean waits(List<String> command) {
    String line = String.join(" ", command);
    return line.matches("sleep \\S+|tail -f /dev/null|/?(bin/)?(ba)?sh|top|cat");
  }

  private static Stop stop(String message) {
    List<String> lines = refusal(message);
    return Stop.exit(125, lines.toArray(String[]::new));
  }

  private static List<String> refusal(String message) {
    List<String> lines = new ArrayList<>(("docker: Error response from daemon: " + message).lines().toList());
    lines.add("");
    lines.add("Run 'docker run --help' for more information");
    return lines;
  }

  private Command started(Engine created, Container container) {
    List<String> id = List.of(container.id());
    try {
      return where.put(where.lifecycle().start(created, container), id);
    } catch (DockerException refused) {
      return where.put(created, new Command.Said(125, id,
          refusal(Optional.ofNullable(refused.getMessage()).orElse("")), new Answer.Nothing()));
    }
  }

  private Container container(String image, List<String> command) throws DockerException, Stop {
    Engine engine = where.engine();
    draw(engine);
    String called = name.orElseGet(() -> Identity.name(where.host(), engine));
    if (!called.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
      throw new DockerException("Invalid container name (" + called
          + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    Optional<Container> other = engine.containers().stream().filter(c -> c.name().equals(called)).findFirst();
    if (other.isPresent()) {
      throw new DockerException("Conflict. The container name \"/" + called + "\" is already in use by container \""
          + other.get().id() + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }
    return new Container(called, Identity.next(where.host(), engine, called),
        new Container.Program(image, command, where.prompt().lab().now()), wiring(),
        new Container.State.Created());
  }

  /** The ports of net.ipv4.ip_local_port_range one after the other (moby portallocator). */
  private void draw(Engine engine) throws DockerException {
    for (Drawn each : drawn) {
      int next =
          1 + Stream.concat(engine.containers().stream().flatMap(c -> c.published().stream()), published.stream())
              .mapToInt(p -> p.hostPort().value()).filter(p -> p >= FIRST_DRAWN && p <= LAST_DRAWN).max()
              .orElse(FIRST_DRAWN - 1);
      if (next > LAST_DRAWN) {
        throw new DockerException("all ports are allocated");
      }
      published.add(new Published(each.on, new PortNumber(next), each.port, each.transport));
    }
  }

  private Wiring wiring() throws DockerException, Stop {
    String first = networks.isEmpty() ? "bridge" : networks.getFirst();
    if (first.startsWith("container:")) {
      if (!published.isEmpty()) {
        throw new DockerException(
            "conflicting options: port publishing and the container type network mode");
      }
      String other = first.substring("container:".length());
      return new Wiring.OfContainer(where.engine().container(other).map(Container::id)
          .orElseThrow(() -> new DockerException("No such container: " + other)));
    }
    if (first.equals("host")) {
      return new Wiring.OfHost();
    }
    if (first.equals("none")) {
      return new Wiring.Own(
          List.of(new Attachment(first, Lifecycle.device(List.of()), Asked.NONE)), published);
    }
    List<Attachment> attachments = new ArrayList<>();
    for (String network : networks.isEmpty() ? List.of("bridge") : networks) {
      Optional<DockerNetwork> found =
          where.lifecycle().find(where.engine(), network.equals("default") ? "bridge" : network);
      if (found.isPresent() && found.get().pool().isEmpty()) {
        throw new DockerException("conflicting options: cannot attach both user-defined and non-user-defined "
            + "network-modes");
      }
      Asked asked = networks.size() < 2 ? new Asked(address, address6) : Asked.NONE;
      if (found.isPresent()) {
        DockerNetworkProgram.joinable(found.get());
        Lifecycle.check(found.get(), asked);
      }
      attachments
          .add(new Attachment(found.map(DockerNetwork::name).orElse(network), Lifecycle.device(attachments), asked));
    }
    return new Wiring.Own(attachments, published);
  }

  private void option(String word, Args args) throws Stop {
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    String key = equals < 0 ? word : word.substring(0, equals);
    if (key.matches("-[dit]+")) {
      detached |= key.contains("d");
      return;
    }
    switch (key) {
      case "--detach" -> detached = true;
      case "--interactive", "--tty", "--init" -> {
      }
      case "--rm" -> removed = true;
      case "-P", "--publish-all" -> all = true;
      case "--name" -> name = Optional.of(value(word, equals, args));
      case "--network", "--net" -> networks.add(value(word, equals, args));
      case "--ip" -> {
        String text = value(word, equals, args);
        address = Optional.of(Ipv4Address.parse(text).orElseThrow(() -> Stop.exit(125,
            "invalid argument \"" + text + "\" for \"--ip\" flag: failed to parse IP: \"" + text + "\"", "",
            "Usage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]", "",
            "Run 'docker run --help' for more information")));
      }
      case "--ip6" -> {
        String text = value(word, equals, args);
        address6 = Optional.of(Ipv6Address.parse(text).orElseThrow(() -> Stop.exit(125,
            "invalid argument \"" + text + "\" for \"--ip6\" flag: failed to parse IP: \"" + text + "\"", "",
            "Usage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]", "",
            "Run 'docker run --help' for more information")));
      }
      case "-p", "--publish" -> port(value(word, equals, args));
      default -> {
        if (key.matches("-p.+")) {
          port(key.substring(2));
        } else {
          throw Stop.unsupported("docker run " + key);
        }
      }
    }
  }

  private static String value(String word, int equals, Args args) throws Stop {
    if (equals >= 0) {
      return word.substring(equals + 1);
    }
    if (args.isEmpty()) {
      throw Stop.exit(125, "flag needs an argument: " + (word.startsWith("--") ? word
          : "'" + word.charAt(1) + "' in " + word), "", "Usage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]", "",
          "Run 'docker run --help' for more information");
    }
    return args.next();
  }

  /** {@code [[ADDR:][PORT]:]PORT[/tcp|/udp]}; ranges are refused by name. */
  private void port(String text) throws Stop {
    int slash = text.indexOf('/');
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
    Transport transport = switch (protocol) {
      case "tcp" -> Transport.TCP;
      case "udp" -> Transport.UDP;
      default -> throw protocol.equals("sctp") ? Stop.unsupported("-p " + text) : bad(text, "invalid proto: "
          + protocol);
    };
    String whole = slash < 0 ? text : text.substring(0, slash);
    Optional<IpAddress> on = Optional.empty();
    if (whole.matches("\\[.*]:.*")) {
      String said = whole.substring(1, whole.indexOf(']'));
      on = Optional.of(Ipv6Address.parse(said).orElseThrow(() -> bad(text, "invalid IP address: " + said)));
      if (on.get().isUnspecified()) {
        throw Stop.unsupported("-p " + text);
      }
      whole = whole.substring(whole.indexOf(']') + 1);
    }
    String[] parts = whole.split(":", -1);
    if (parts.length > 3 || text.contains("-")) {
      throw Stop.unsupported("-p " + text);
    }
    if (parts.length == 3 && !parts[0].isEmpty()) {
      on = Optional.of(Ipv4Address.parse(parts[0]).orElseThrow(() -> bad(text, "invalid IP address: " + parts[0])));
    }
    PortNumber port = number(parts[parts.length - 1])
        .orElseThrow(() -> bad(text, "invalid containerPort: " + parts[parts.length - 1]));
    on = on.filter(a -> !a.isUnspecified());
    if (parts.length == 1 || parts[parts.length - 2].isEmpty()) {
      drawn.add(new Drawn(on, port, transport));
      return;
    }
    PortNumber hostPort = number(parts[parts.length - 2])
        .orElseThrow(() -> bad(text, "invalid hostPort: " + parts[parts.length - 2]));
    published.add(new Published(on, hostPort, port, transport));
  }

  private static Optional<PortNumber> number(String text) {
    return PortNumber.parse(text).filter(p -> p.value() > 0);
  }

  private static Stop bad(String text, String why) {
    return Stop.exit(125, "invalid argument \"" + text + "\" for \"-p, --publish\" flag: " + why, "",
        "Usage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]", "", "Run 'docker run --help' for more information");
  }
}
