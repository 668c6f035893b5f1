package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.ipvs.IpvsMemory;
import org.hopscope.model.ipvs.IpvsMemory.Load;
import org.hopscope.model.ipvs.RealServer;
import org.hopscope.model.ipvs.Scheduling;
import org.hopscope.model.ipvs.ServiceKey;
import org.hopscope.model.ipvs.VirtualService;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/** The virtual services of a namespace and their real servers, and why each won or lost. */
final class ServiceRows {
  private final LabState lab;

  ServiceRows(LabState lab) {
    this.lab = lab;
  }

  private List<VirtualService> services(NetnsId netns) {
    return lab.find(netns).map(n -> List.copyOf(n.ipvs().services().values())).orElse(List.of());
  }

  List<Considered> consider(Lookup.ServiceLookup lookup) {
    List<Considered> rows = new ArrayList<>();
    for (VirtualService service : services(lookup.netns())) {
      ServiceKey key = service.key();
      boolean won = lookup.winner().filter(key::equals).isPresent();
      rows.add(new Considered(key + " " + service.scheduler().word(), won,
          won ? Sentences.say("ipvs.service.win") : whyNot(key, lookup),
          Optional.of(new RowRef.ServiceRow(lookup.netns(), key))));
    }
    if (lookup.winner().isEmpty()) {
      rows.add(new Considered(Sentences.say("ipvs.none"), true, Sentences.say("ipvs.none.why"), Optional.empty()));
    }
    return rows;
  }

  private static String whyNot(ServiceKey key, Lookup.ServiceLookup lookup) {
    if (key.isMark()) {
      return Sentences.say("ipvs.lose.mark", Integer.toUnsignedString(lookup.mark()));
    }
    if (key.protocol() != lookup.key().protocol()) {
      return Sentences.say("ipvs.lose.protocol", ServiceKey.protocolName(lookup.key().protocol()));
    }
    return key.address().equals(lookup.key().virtual())
        ? Sentences.say("ipvs.lose.port", Integer.toString(lookup.key().virtualPort()))
        : Sentences.say("ipvs.lose.address", lookup.key().virtual());
  }

  List<Considered> consider(Lookup.ServerLookup lookup) {
    List<Considered> rows = new ArrayList<>();
    IpvsMemory memory = lab.learned().netfilter(lookup.netns()).ipvs();
    Optional<VirtualService> service =
        services(lookup.netns()).stream().filter(s -> s.key().equals(lookup.service())).findFirst();
    if (service.isPresent()) {
      Scheduling scheduling = new Scheduling(service.get(), memory, lab.now().nanos());
      for (RealServer server : service.get().servers()) {
        rows.add(row(lookup, service.get(), scheduling, server));
      }
    }
    if (lookup.winner().isEmpty()) {
      rows.add(new Considered(Sentences.say("ipvs.nobody"), true, Sentences.say("ipvs.nobody.why"),
          Optional.empty()));
    }
    return rows;
  }

  private static Considered row(Lookup.ServerLookup lookup, VirtualService service, Scheduling scheduling,
      RealServer server) {
    boolean won = lookup.winner().filter(server.key()::equals).isPresent();
    String scheduler = service.scheduler().word();
    Load load = scheduling.load(server);
    String reason = lookup.template().isPresent()
        ? Sentences.say(won ? "ipvs.template.win" : "ipvs.template.lose")
        : server.weight() == 0 ? Sentences.say("ipvs.lose.quiesced")
        : !won && scheduling.isFull(server)
            ? Sentences.say("ipvs.lose.full", load.total(), server.thresholds().upper())
        : Sentences.say((won ? "ipvs.win." : "ipvs.lose.") + scheduler, load.active(), load.inactive(),
            scheduling.overhead(server), server.weight());
    return new Considered(server.key() + " " + server.forwarding().shown() + " weight " + server.weight(), won, reason,
        Optional.of(new RowRef.RealServerRow(lookup.netns(), service.key(), server.key())));
  }

  static Considered consider(Lookup.BalanceLookup lookup) {
    return new Considered(lookup.found().flow() + " → " + lookup.found().destination() + " " + lookup.found().state(),
        true, Sentences.say(lookup.reply() ? "ipvs.reply" : "ipvs.known"),
        Optional.of(new RowRef.BalancedRow(lookup.netns(), lookup.found().flow())));
  }

  static String sentence(Lookup.ServiceLookup lookup, String netns) {
    return lookup.winner().map(s -> Sentences.say("looked.ipvs.service", netns, s, lookup.key()))
        .orElseGet(() -> Sentences.say("looked.ipvs.service.none", netns, lookup.key()));
  }

  String sentence(Lookup.ServerLookup lookup, String netns) {
    String scheduler = services(lookup.netns()).stream().filter(s -> s.key().equals(lookup.service())).findFirst()
        .map(s -> s.scheduler().word()).orElse("");
    return lookup.winner()
        .map(w -> lookup.template().isPresent()
            ? Sentences.say("looked.ipvs.template", netns, w, lookup.service())
            : Sentences.say("looked.ipvs.server", netns, w, lookup.service(), scheduler))
        .orElseGet(() -> Sentences.say("looked.ipvs.server.none", netns, lookup.service(), scheduler));
  }

  static String sentence(Lookup.BalanceLookup lookup, String netns) {
    return lookup.reply()
        ? Sentences.say("looked.ipvs.reply", netns, lookup.found().destination(), lookup.found().flow())
        : Sentences.say("looked.ipvs.known", netns, lookup.found().flow(), lookup.found().destination());
  }
}
