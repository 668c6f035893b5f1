package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerException;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.linux.Daemon;
import org.hopscope.model.docker.linux.Lifecycle;
import org.hopscope.model.docker.linux.Networks;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.lab.Edit;

/**
 * {@code docker} (docker-cli 29): talks to the daemon of the host it runs on, which starts with the first command. What a
 * command comes to is shown by {@code hop expand docker …}.
 */
final class DockerProgram {
  private static final Set<String> FLAGS = Set.of("-i", "-t", "-it", "-ti", "-d", "--interactive", "--tty", "--detach");

  private DockerProgram() {
  }

  /**
   * Where a command was given, and what the daemon keeps.
   *
   * @param prompt where
   * @param engine what the daemon keeps, started
   * @param line the command as it can be typed anywhere
   */
  record Context(Prompt prompt, Engine engine, String line) {
    String host() {
      return prompt.at().host();
    }

    Lifecycle lifecycle() {
      return new Lifecycle(prompt.lab(), host());
    }

    /** An edit that puts what the daemon keeps then, and what follows on the host. */
    Command put(Engine after, List<String> out) {
      return put(after, new Command.Said(0, out, List.of(), new Answer.Nothing()));
    }

    Command put(Engine after, Command.Said said) {
      return put(List.of(after), said);
    }

    /** As {@link #put(Engine, Command.Said)}, one time after another. */
    Command put(List<Engine> stages, Command.Said said) {
      return stages.stream().allMatch(prompt.lab().engine(host())::equals) ? said
          : new Command.Change(new Edit.Expanded(line, Daemon.put(prompt.lab(), host(), stages)), 1, said);
    }

    /** An answer to a question. */
    Command said(List<String> out) {
      return put(engine, out);
    }

    Container container(String called) throws Stop {
      return engine.container(called).orElseThrow(() -> error("No such container: " + called));
    }

    Networks networks() {
      return new Networks(prompt.lab(), host());
    }

    /** A network that a container may join: its swarm's too. */
    DockerNetwork network(String called) throws Stop {
      return lifecycle().find(engine, called).orElseThrow(() -> error("network " + called + " not found"));
    }
  }

  static Stop error(String message) {
    return Stop.exit(1, ("Error response from daemon: " + message).lines().toArray(String[]::new));
  }

  /** What the daemon does, its refusals in the words of the command line. */
  interface Work {
    Command done() throws DockerException, Stop;
  }

  static Command work(Work work) throws Stop {
    try {
      return work.done();
    } catch (DockerException refused) {
      throw error(Optional.ofNullable(refused.getMessage()).orElse(""));
    }
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    List<String> words = args.rest();
    if (words.isEmpty()) {
      throw Stop.exit(1, Help.of("docker").toArray(String[]::new));
    }
    String host = Places.isFirst(prompt.lab(), prompt.at().host()) ? ""
        : "hop on " + Words.quote(prompt.at().host()) + " ";
    String line = host + Commands.line(Stream.concat(Stream.of("docker"), words.stream()).toList());
    return work(() -> {
      Engine engine = new Lifecycle(prompt.lab(), prompt.at().host()).started();
      Args left = new Args(words);
      left.take("container");
      return command(new Context(prompt, engine, line), left.next(), left);
    });
  }

  private static Command command(Context where, String verb, Args args) throws Stop {
    return switch (verb) {
      case "swarm" -> DockerSwarmProgram.read(where, args);
      case "node" -> DockerSwarmProgram.nodes(where, args);
      case "network" -> DockerNetworkProgram.read(where, args);
      case "run" -> new DockerRun(where).run(args);
      case "ps", "ls" -> ps(where, args);
      case "exec" -> exec(where, args);
      case "port" -> port(where, args);
      case "stop", "kill" -> each(where, verb, args, Set.of(),
          (engine, c) -> List.of(where.lifecycle().stop(engine, c)));
      case "start" -> each(where, verb, args, Set.of(), (engine, c) -> List.of(where.lifecycle().start(engine, c)));
      case "restart" -> each(where, verb, args, Set.of(), (engine, c) -> {
        Engine stopped = where.lifecycle().stop(engine, c);
        return List.of(stopped, where.lifecycle().start(stopped, stopped.container(c.id()).orElseThrow()));
      });
      case "rm" -> rm(where, args);
      case "inspect" -> DockerInspect.containers(where, args);
      default -> throw Stop.unsupported("docker " + verb);
    };
  }

  /** What is done to a container: what the daemon keeps then, at one time after another. */
  private interface Step {
    List<Engine> on(Engine engine, Container container) throws DockerException;
  }

  /** One container after the other; those that cannot be done are told of, and the others are done. */
  private static Command each(Context where, String verb, Args args, Set<String> options, Step step) throws Stop {
    List<String> out = new ArrayList<>();
    List<String> err = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    Engine engine = where.engine();
    List<Engine> stages = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (options.contains(word)) {
        continue;
      }
      if (word.startsWith("-")) {
        throw Stop.unsupported("docker " + verb + " " + word);
      }
      Optional<Container> found = engine.container(word);
      try {
        Container container = found.orElseThrow(() -> new DockerException("No such container: " + word));
        stages.addAll(step.on(engine, container));
        engine = stages.getLast();
        out.add(word);
      } catch (DockerException refused) {
        err.add("Error response from daemon: " + refused.getMessage());
        failed.add(word);
      }
    }
    if (out.isEmpty() && err.isEmpty()) {
      throw Stop.exit(1, "docker: 'docker " + verb + "' requires at least 1 argument", "",
          "Usage:  docker " + verb + " [OPTIONS] CONTAINER [CONTAINER...]", "",
          "See 'docker " + verb + " --help' for more information");
    }
    if (!failed.isEmpty() && verb.equals("start")) {
      err.add("failed to start containers: " + String.join(", ", failed));
    }
    return where.put(stages.isEmpty() ? List.of(engine) : stages,
        new Command.Said(err.isEmpty() ? 0 : 1, out, err, new Answer.Nothing()));
  }

  private static Command rm(Context where, Args args) throws Stop {
    List<String> words = args.rest();
    boolean force = words.contains("-f") || words.contains("--force");
    return each(where, "rm", new Args(words), Set.of("-f", "--force", "-v"), (engine, c) -> {
      if (c.isRunning() && !force) {
        throw new DockerException("cannot remove container \"" + c.name()
            + "\": container is running: stop the container before removing or force remove");
      }
      return List.of(where.lifecycle().stop(engine, c).without(c));
    });
  }

  private static Command ps(Context where, Args args) throws Stop {
    boolean all = false;
    boolean quiet = false;
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "-a", "--all" -> all = true;
        case "-q", "--quiet" -> quiet = true;
        case "-aq", "-qa" -> {
          all = true;
          quiet = true;
        }
        default -> throw Stop.unsupported("docker ps " + word);
      }
    }
    return where.said(DockerText.containers(where, all, quiet));
  }

  private static Command exec(Context where, Args args) throws Stop {
    while (args.peek().filter(w -> w.startsWith("-")).isPresent()) {
      String word = args.next();
      if (!FLAGS.contains(word)) {
        throw Stop.unsupported("docker exec " + word);
      }
    }
    List<String> words = args.rest();
    if (words.size() < 2) {
      throw Stop.exit(1, "docker: 'docker exec' requires at least 2 arguments", "",
          "Usage:  docker exec [OPTIONS] CONTAINER COMMAND [ARG...]", "",
          "See 'docker exec --help' for more information");
    }
    Container container = where.container(words.getFirst());
    return Programs.readReal(where.prompt().in(Sandbox.of(where.prompt().lab(), where.host(), container)
        .filter(n -> where.prompt().lab().find(n).isPresent())
        .orElseThrow(() -> error("container " + container.id() + " is not running"))),
        words.subList(1, words.size()));
  }

  private static Command port(Context where, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "docker: 'docker port' requires at least 1 and at most 2 arguments", "",
          "Usage:  docker port CONTAINER [PRIVATE_PORT[/PROTO]]", "", "See 'docker port --help' for more information");
    }
    Container container = where.container(args.next());
    List<Container.Published> bound = container.isRunning() && container.gateway(where.engine()).isPresent()
        ? container.published()
        : List.of();
    boolean ipv6 = container.gateway(where.engine()).filter(g -> g.address6().isPresent()).isPresent();
    if (args.isEmpty()) {
      return where
          .said(bound.stream().flatMap(p -> p.bound(ipv6).stream().map(h -> p.port() + "/" + p.transport().word()
              + " -> " + h)).toList());
    }
    String typed = args.next();
    String wanted = typed.contains("/") ? typed : typed + "/tcp";
    List<String> out = bound.stream().filter(p -> (p.port() + "/" + p.transport().word()).equals(wanted))
        .flatMap(p -> p.bound(ipv6).stream()).toList();
    if (out.isEmpty()) {
      throw Stop.exit(1, "no public port '" + wanted + "' published for " + container.name());
    }
    return where.said(out);
  }
}
