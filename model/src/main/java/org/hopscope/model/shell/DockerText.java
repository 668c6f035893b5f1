package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.Image;
import org.hopscope.model.net.VirtualTime;

/** Docker's tables (docker-cli cli/command/formatter: columns at least ten wide, three blanks between). */
final class DockerText {
  private DockerText() {
  }

  static List<String> networks(Engine engine, boolean quiet) {
    List<DockerNetwork> all = engine.networks().stream().sorted(Comparator.comparing(DockerNetwork::name)).toList();
    if (quiet) {
      return all.stream().map(n -> n.id().substring(0, 12)).toList();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NETWORK ID", "NAME", "DRIVER", "SCOPE"));
    all.forEach(n -> rows.add(List.of(n.id().substring(0, 12), n.name(), n.driver().word(), n.scope())));
    return table(rows);
  }

  static List<String> containers(DockerProgram.Context where, boolean all, boolean quiet) {
    List<Container> shown = where.engine().containers().reversed().stream().filter(c -> all || c.isRunning()).toList();
    if (quiet) {
      return shown.stream().map(c -> c.id().substring(0, 12)).toList();
    }
    VirtualTime now = where.prompt().lab().now();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"));
    for (Container container : shown) {
      rows.add(List.of(container.id().substring(0, 12), container.program().image(), command(container),
          duration(now.since(container.program().created())) + " ago", status(container, now),
          ports(where.engine(), container), container.name()));
    }
    return table(rows);
  }

  private static String command(Container container) {
    String whole = container.program().command().isEmpty()
        ? Image.of(container.program().image()).map(Image::command).orElse("")
        : String.join(" ", container.program().command());
    return "\"" + (whole.length() > 20 ? whole.substring(0, 19) + "…" : whole) + "\"";
  }

  private static String status(Container container, VirtualTime now) {
    return switch (container.state()) {
      case Container.State.Created() -> "Created";
      case Container.State.Running(VirtualTime since) -> "Up " + duration(now.since(since));
      case Container.State.Exited(VirtualTime at) -> "Exited (0) " + duration(now.since(at)) + " ago";
    };
  }

  /** Published ports while it runs, and ports of the image that are not. */
  private static String ports(Engine engine, Container container) {
    if (!container.isRunning() || !(container.wiring() instanceof Container.Wiring.Own)) {
      return "";
    }
    List<Container.Published> bound = container.gateway(engine).isPresent() ? container.published() : List.of();
    List<String> words = new ArrayList<>();
    Image.of(container.program().image()).flatMap(Image::port)
        .filter(p -> bound.stream().noneMatch(b -> b.port().equals(p))).ifPresent(p -> words.add(p + "/tcp"));
    boolean ipv6 = container.gateway(engine).filter(g -> g.address6().isPresent()).isPresent();
    bound.forEach(b -> b.bound(ipv6).forEach(h -> words.add(h + "->" + b.port() + "/" + b.transport().word())));
    return String.join(", ", words);
  }

  /** As people say how long something took (docker/go-units HumanDuration). */
  static String duration(long nanos) {
    long seconds = nanos / VirtualTime.SECOND;
    long minutes = seconds / 60;
    long hours = Math.round(minutes / 60.0);
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds == 1) {
      return "1 second";
    }
    if (seconds < 60) {
      return seconds + " seconds";
    }
    if (minutes == 1) {
      return "About a minute";
    }
    if (minutes < 60) {
      return minutes + " minutes";
    }
    return hours == 1 ? "About an hour" : hours < 48 ? hours + " hours" : hours / 24 + " days";
  }

  /** A table as docker writes it. */
  static List<String> table(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      int column = i;
      widths.add(Math.max(10, rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0) + 3));
    }
    return rows.stream().map(row -> {
      String line = "";
      for (int i = 0; i < columns - 1; i++) {
        line += row.get(i) + " ".repeat(widths.get(i) - row.get(i).length());
      }
      return line + row.getLast();
    }).collect(Collectors.toList());
  }
}
