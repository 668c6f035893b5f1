package org.hopscope.app.desktop.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.inspector.Row.Mood;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.ipvs.IpvsMemory;
import org.hopscope.model.ipvs.RealServer;
import org.hopscope.model.ipvs.VirtualService;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.trace.RowRef;

/** {@code ipvsadm -L}: a namespace's virtual services with their real servers, then the connections that were balanced. */
final class IpvsTables {
  private final NetnsId netns;
  private final IpvsMemory memory;
  private final long now;
  private final List<Row> rows = new ArrayList<>();

  private IpvsTables(LabState lab, NetnsId netns) {
    this.netns = netns;
    memory = lab.learned().netfilter(netns).ipvs();
    now = lab.now().nanos();
  }

  static List<Row> of(LabState lab, NetnsId netns) {
    IpvsTables tables = new IpvsTables(lab, netns);
    lab.find(netns).ifPresent(n -> n.ipvs().services().values().forEach(tables::add));
    tables.memory.connections().values().stream().filter(c -> tables.memory.isAlive(c, tables.now))
        .forEach(c -> tables.rows.add(new Row(c.flow().toString(), Messages.text("inspector.ipvs.to", c.server()), "",
            Mood.PLAIN, Optional.of(new RowRef.BalancedRow(netns, c.flow())), Optional.empty())));
    return tables.rows;
  }

  private void add(VirtualService service) {
    rows.add(new Row(service.key().toString(), "", service.scheduler().word(), Mood.PLAIN,
        Optional.of(new RowRef.ServiceRow(netns, service.key())), Optional.empty(), Row.Form.TITLE));
    service.servers().forEach(s -> rows.add(server(service, s)));
  }

  private Row server(VirtualService service, RealServer server) {
    IpvsMemory.Load load = memory.load(service.key(), server.key(), now);
    return new Row("→ " + server.key(), Messages.text("inspector.ipvs.load", load.active(), load.inactive()),
        Messages.text("inspector.ipvs.weight", server.weight()), server.weight() == 0 ? Mood.CAREFUL : Mood.PLAIN,
        Optional.of(new RowRef.RealServerRow(netns, service.key(), server.key())), Optional.empty());
  }
}
