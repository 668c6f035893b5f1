package org.hopscope.app.desktop.canvas.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Netns;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * What a lookup card says.
 *
 * @param pill which table
 * @param layer whose colour it wears
 * @param where whose table it is
 * @param key what it was asked
 * @param rows every row that was considered
 * @param changes what changed with it
 * @param place which step of how many
 * @param walk whether it is a walk over rules, chain by chain
 */
public record Card(String pill, Layer layer, String where, String key, List<Considered> rows, List<Change> changes,
    String place, boolean walk) {
  /** The same with other rows. */
  public Card with(List<Considered> others) {
    return new Card(pill, layer, where, key, others, changes, place, walk);
  }

  /** A change: of what, from what if it was something before, to what. */
  public record Change(String what, Optional<String> before, String after) {
  }

  /**
   * The card of a step: of a death the one that decided it. Empty when it looks nothing up and rewrites nothing.
   */
  public static Optional<Card> of(Trace trace, Step step, CanvasTexts texts) {
    return switch (step.event()) {
      case Event.Looked(Lookup lookup) -> Optional.of(looked(trace, step, lookup, texts));
      case Event.Rewritten(var before, var why) -> Optional.of(new Card(texts.get("card.rewrite"), Layer.of(step),
          texts.get("card.rewrite." + why), "", List.of(), HeaderChanges.between(before, step.packet(), texts),
          place(trace, step, texts), false));
      case Event.Ended(Fate.Died _) ->
          lastLookup(trace, step).map(s -> looked(trace, s, ((Event.Looked) s.event()).lookup(),
              texts));
      case Event.Made _,Event.Transmitted _,Event.HandedDown _,Event.HandedUp _,Event.Received _,Event.Switched _,Event.Forked _,Event.Parked _,Event.Resumed _,Event.Waited _,Event.Confirmed _,Event.Tunnelled _,Event.Learned _,Event.Narrowed _,Event.Staged _,Event.Ended _ ->
          Optional.empty();
    };
  }

  /** What a packet was held against last, in the kernel where it died. */
  private static Optional<Step> lastLookup(Trace trace, Step death) {
    return trace.steps().subList(0, death.index()).reversed().stream()
        .filter(s -> s.copy() == death.copy() && s.where().equals(death.where()))
        .filter(s -> s.event() instanceof Event.Looked).findFirst();
  }

  private static Card looked(Trace trace, Step step, Lookup lookup, CanvasTexts texts) {
    LabState before = trace.stateAt(step.index());
    List<Considered> rows = Considerations.of(lookup, before);
    String[] head = switch (lookup) {
      case Lookup.RouteLookup l -> heading("route", table(l.table()), l.destination());
      case Lookup.NeighbourLookup l -> heading("neighbour", name(before, l.device()), l.nextHop());
      case Lookup.FdbLookup l -> heading("fdb", name(before, l.bridge()), l.mac());
      case Lookup.VlanLookup l -> heading("vlan", name(before, l.bridge()), name(before, l.at()));
      case Lookup.ArpTargetLookup l -> heading("target", name(before, l.device()), l.target());
      case Lookup.ListenerLookup l -> heading("listener", l.transport().name().toLowerCase(Locale.ROOT),
          Integer.toString(l.port()));
      case Lookup.RuleWalk l -> heading("rules", l.table().name().word(), l.view().path().hook());
      case Lookup.ChainWalk l -> heading("rules", l.table().key().toString(), l.chain().name());
      case Lookup.ConntrackLookup l -> heading("conntrack", l.netns().toString(), l.state());
      case Lookup.ServiceLookup l -> heading("ipvs", l.netns().toString(), l.key());
      case Lookup.ServerLookup l -> heading("ipvs.servers", l.service().toString(), l.key());
      case Lookup.BalanceLookup l -> heading("ipvs.connection", l.netns().toString(), l.found().flow());
      case Lookup.FlowLookup l -> heading("flows", l.bridge(), "table " + l.table());
      case Lookup.MacLookup l -> heading("mac", l.address().bridge(), l.address().mac());
      case Lookup.ProxyLookup l -> heading("proxy", l.question().program(), l.question().key());
      case Lookup.LinkLookup l -> heading("link", name(before, l.device()), "");
      case Lookup.CryptokeyLookup l -> heading("cryptokey", name(before, l.device()), l.address());
      case Lookup.PeerLookup l -> heading("handshake", name(before, l.device()), l.from().base64().substring(0, 8));
      case Lookup.MapLookup l -> heading("map", l.map(), l.key());
      case Lookup.RelayLookup l -> heading("relay", name(before, l.device()), l.destination());
      case Lookup.BondLookup l -> heading("bond", name(before, l.bond()), l.mode().word());
      case Lookup.StackedLookup l -> heading("stacked", name(before, l.lower()), l.key());
      case Lookup.TunnelLookup l -> heading("tunnel", l.netns().toString(), l.key());
      case Lookup.ReversePathLookup l -> heading("reverse", name(before, l.incoming()), l.source());
    };
    return new Card(texts.get("card." + head[0]), Layer.of(lookup), texts.get("card." + head[0] + ".where", head[1]),
        head[2], rows, changes(trace, step, texts), place(trace, step, texts), lookup instanceof Lookup.RuleWalk);
  }

  private static String[] heading(String kind, String where, Object key) {
    return new String[] {kind, where, key.toString()};
  }

  private static String place(Trace trace, Step step, CanvasTexts texts) {
    return texts.get("card.place", step.index() + 1, trace.steps().size());
  }

  private static String table(int number) {
    return switch (number) {
      case Netns.MAIN -> "main";
      case Netns.LOCAL -> "local";
      case Netns.DEFAULT -> "default";
      default -> Integer.toString(number);
    };
  }

  private static String name(LabState lab, DeviceId device) {
    return Optional.ofNullable(lab.devices().get(device)).map(Device::name).orElse("");
  }

  /** What this step, and those of its copy since the lookup before, wrote into tables. */
  private static List<Change> changes(Trace trace, Step step, CanvasTexts texts) {
    List<Change> changes = new ArrayList<>();
    int i = step.index();
    do {
      Step at = trace.steps().get(i);
      if (at.copy() == step.copy()) {
        at.effects().forEach(e -> change(trace.start(), e, texts).ifPresent(c -> changes.addFirst(c)));
      }
      i--;
    } while (i >= 0 && !(trace.steps().get(i).event() instanceof Event.Looked));
    return changes.stream().distinct().toList();
  }

  private static Optional<Change> change(LabState lab, Effect effect, CanvasTexts texts) {
    return switch (effect) {
      case Effect.FdbSet(var _, var row) -> Optional.of(
          new Change(texts.get("card.learned"), Optional.empty(), row.mac() + " → "
              + (row.remotes().isEmpty() ? name(lab, row.device()) : row.remotes().getFirst().address())));
      case Effect.FdbGone(var _, var key) -> Optional.of(
          new Change(texts.get("card.forgotten"), Optional.of(key.mac().toString()), ""));
      case Effect.NeighbourSet(var _, var row) -> Optional.of(new Change(texts.get("card.neighbours"),
          Optional.empty(), row.key().address() + row.mac().map(m -> " → " + m).orElse("") + " " + row.state()));
      case Effect.NeighbourGone(var _, var key) -> Optional.of(
          new Change(texts.get("card.forgotten"), Optional.of(key.address().toString()), ""));
      case Effect.Netfiltered(var _, var _),Effect.OvsSet(var _, var _),Effect.SessionSet(var _, var _, var _),Effect.RouteExceptionSet(var _, var _),Effect.Counted(var _, var _),Effect.Originated(var _, var _) ->
          Optional.empty();
    };
  }
}
