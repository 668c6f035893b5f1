package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.codec.InspectFormat;
import org.hopscope.model.docker.codec.InspectText;

/** {@code docker inspect NAME...} of containers and networks, and {@code docker network inspect NAME...}, with {@code -f TEMPLATE}. */
final class DockerInspect {
  private DockerInspect() {
  }

  static Command networks(DockerProgram.Context where, Args args) throws Stop {
    return inspect(where, args, false);
  }

  static Command containers(DockerProgram.Context where, Args args) throws Stop {
    return inspect(where, args, true);
  }

  private static Command inspect(DockerProgram.Context where, Args args, boolean all) throws Stop {
    List<Container> containers = new ArrayList<>();
    List<DockerNetwork> networks = new ArrayList<>();
    List<String> err = new ArrayList<>();
    Optional<String> format = Optional.empty();
    if (args.isEmpty()) {
      throw Stop.exit(1, "docker: 'docker inspect' requires at least 1 argument");
    }
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.equals("-f") || word.equals("--format") || word.startsWith("--format=")) {
        format = Optional.of(word.startsWith("--format=") ? word.substring("--format=".length()) : args.next());
        continue;
      }
      if (word.startsWith("-")) {
        throw Stop.unsupported("docker inspect " + word);
      }
      Optional<Container> container = all ? where.engine().container(word) : Optional.empty();
      Optional<DockerNetwork> network = container.isPresent() ? Optional.empty() : where.engine().network(word);
      container.ifPresent(containers::add);
      network.ifPresent(networks::add);
      if (container.isEmpty() && network.isEmpty()) {
        err.add(all ? "error: no such object: " + word
            : "Error response from daemon: network " + word + " not found");
      }
    }
    List<String> out = format.isPresent() ? formatted(where, containers, networks, format.get())
        : InspectText.of(where.prompt().lab().engines(), where.engine(), containers, networks);
    return where.put(where.engine(), new Command.Said(err.isEmpty() ? 0 : 1, out, err, new Answer.Nothing()));
  }

  private static List<String> formatted(DockerProgram.Context where, List<Container> containers,
      List<DockerNetwork> networks, String format) throws Stop {
    try {
      return InspectText.formatted(where.prompt().lab().engines(), where.engine(), containers, networks, format)
          .stream()
          .flatMap(t -> t.isEmpty() ? Stream.of("") : t.lines()).toList();
    } catch (InspectFormat.TemplateException refused) {
      throw Stop.unsupported("docker inspect -f " + refused.getMessage());
    }
  }
}
