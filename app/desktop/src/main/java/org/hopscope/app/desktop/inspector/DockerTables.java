package org.hopscope.app.desktop.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.app.desktop.inspector.Row.Mood;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;

/** What a Docker daemon knows of a place, as rows: of a container its networks and ports, of a machine all that it keeps. */
final class DockerTables {
  private static final int ID = 12;

  private final LabState lab;
  private final NetnsId place;
  private final Engine engine;

  private DockerTables(LabState lab, NetnsId place) {
    this.lab = lab;
    this.place = place;
    engine = lab.engine(place.host());
  }

  /** The rows of a place; empty for what no daemon knows of. */
  static List<Row> of(LabState lab, NetnsId place) {
    DockerTables tables = new DockerTables(lab, place);
    return Sandbox.owner(lab, place).map(tables::container).orElseGet(() -> place.isRoot() ? tables.all() : List.of());
  }

  private List<Row> container(Container container) {
    List<Row> rows = new ArrayList<>();
    rows.add(line(container));
    rows.addAll(titled("inspector.docker.networks", container.attachments().stream().map(a -> new Row(a.network(),
        a.device() + a.address().map(at -> "  " + at).orElse(""), "", Mood.PLAIN, Optional.empty(),
        Optional.empty()))));
    rows.addAll(titled("inspector.docker.published", container.published().stream()
        .map(p -> Row.plain(p.bound() + " → " + p.port() + "/" + p.transport().word(), ""))));
    return rows;
  }

  private List<Row> all() {
    return Stream.concat(titled("inspector.docker.containers", engine.containers().stream().map(this::line)).stream(),
        titled("inspector.docker.networks", engine.networks().stream().map(this::network)).stream()).toList();
  }

  private Row line(Container container) {
    String ports =
        container.published().stream().map(p -> p.bound() + "→" + p.port()).collect(Collectors.joining("  "));
    return new Row(container.name(),
        (container.program().image() + "  " + container.id().substring(0, ID) + "  " + ports).strip(),
        Messages.text(container.isRunning() ? "inspector.docker.runs" : "inspector.docker.stopped"),
        container.isRunning() ? Mood.GOOD : Mood.CAREFUL, Optional.empty(),
        Sandbox.of(lab, place.host(), container).filter(n -> !n.isRoot()).map(Selection.OfNetns::new));
  }

  private Row network(DockerNetwork network) {
    Optional<Selection> bridge = network.driver() instanceof DockerNetwork.Bridge b
        ? lab.find(new DeviceRef(NetnsId.root(place.host()), b.device())).map(d -> new Selection.OfDevice(d.id()))
        : Sandbox.of(lab, place.host(), network).map(Selection.OfNetns::new);
    String members = engine.membersOf(network).stream().map(Container::name).collect(Collectors.joining(" "));
    return new Row(network.name(),
        (network.pool().map(p -> p.subnet().toString()).orElse("") + "  " + members).strip(), network.driver().word(),
        Mood.PLAIN, Optional.empty(), bridge);
  }

  private static List<Row> titled(String key, Stream<Row> rows) {
    List<Row> all = rows.toList();
    return all.isEmpty() ? List.of()
        : Stream.concat(Stream.of(Row.plain(Messages.text(key), "").set(Row.Form.TITLE)), all.stream()).toList();
  }
}
