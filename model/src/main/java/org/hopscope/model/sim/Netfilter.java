package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.AddressTypes;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.AddressType;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.CtState;
import org.hopscope.model.netfilter.CtView;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.NetfilterChange;
import org.hopscope.model.netfilter.PacketView;
import org.hopscope.model.netfilter.RejectWith;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Ruleset;
import org.hopscope.model.netfilter.Surroundings;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Verdict;
import org.hopscope.model.netfilter.Walk;
import org.hopscope.model.netfilter.Walker;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.pcollections.PSortedMap;

/**
 * Shows packets to the packet filter of a namespace (kernel net/netfilter/core.c nf_hook_slow; sem-N1). A namespace that
 * has no table and tracks nothing costs nothing.
 */
final class Netfilter {
  /** What is asked at a hook, in the order of priorities. */
  private enum Stage {
    DEFRAGMENT, RAW, TRACK, MANGLE, NAT, FILTER, SECURITY, CONFIRM;

    Optional<TableName> table() {
      return switch (this) {
        case RAW -> Optional.of(TableName.RAW);
        case MANGLE -> Optional.of(TableName.MANGLE);
        case NAT -> Optional.of(TableName.NAT);
        case FILTER -> Optional.of(TableName.FILTER);
        case SECURITY -> Optional.of(TableName.SECURITY);
        case DEFRAGMENT, TRACK, CONFIRM -> Optional.empty();
      };
    }
  }

  private static final Map<Hook, List<Stage>> STAGES = new EnumMap<>(Map.of(Hook.PREROUTING,
      List.of(Stage.DEFRAGMENT, Stage.RAW, Stage.TRACK, Stage.MANGLE, Stage.NAT), Hook.INPUT,
      List.of(Stage.MANGLE, Stage.FILTER, Stage.NAT, Stage.SECURITY, Stage.CONFIRM), Hook.FORWARD,
      List.of(Stage.MANGLE, Stage.FILTER, Stage.SECURITY), Hook.OUTPUT,
      List.of(Stage.RAW, Stage.TRACK, Stage.MANGLE, Stage.NAT, Stage.FILTER, Stage.SECURITY), Hook.POSTROUTING,
      List.of(Stage.MANGLE, Stage.NAT, Stage.CONFIRM)));

  private final Run run;
  private final Map<Key, Boolean> tracking = new HashMap<>();

  Netfilter(Run run) {
    this.run = run;
  }

  /**
   * Where a packet is shown.
   *
   * @param netns whose filter
   * @param hook at which hook
   * @param in the device it came in by
   * @param dst its way on, where that is known
   * @param bridgeOut the port of a bridge that it is to leave by
   * @param type for whom its frame was
   */
  record At(NetnsId netns, Hook hook, Optional<NetDev> in, Optional<Dst> dst, Optional<NetDev> bridgeOut,
      PacketType type) {
    static At incoming(Hook hook, NetDev in, PacketType type) {
      return new At(in.netns(), hook, Optional.of(in), Optional.empty(), Optional.empty(), type);
    }

    static At outgoing(Hook hook, NetnsId netns, Dst dst) {
      return new At(netns, hook, Optional.empty(), Optional.of(dst), Optional.empty(), PacketType.HOST);
    }

    static At forwarded(NetDev in, Dst dst) {
      return new At(in.netns(), Hook.FORWARD, Optional.of(in), Optional.of(dst), Optional.empty(), PacketType.HOST);
    }
  }

  private record Key(NetnsId netns, IpFamily family) {
  }

  /** Whether a namespace has any table that packets of this family are shown to. */
  static boolean sees(Net net, Skb skb) {
    return net.filters(skb.ip().family());
  }

  Ruleset ruleset(At at, Skb skb) {
    return run.fabric.netns(at.netns()).rulesets().of(skb.ip().family());
  }

  /** Whether a namespace tracks connections of a family: only while a rule needs it (sem-N14). */
  private boolean tracks(At at, Skb skb) {
    return tracking.computeIfAbsent(new Key(at.netns(), skb.ip().family()), _ -> ruleset(at, skb).needsTracking());
  }

  /** Shows what came in to PREROUTING, unless a bridge did already (kernel ip_sabotage_in). */
  Optional<Skb> prerouting(Skb skb, NetDev device, PacketType type) {
    Optional<SkbMeta.Bridged> bridged = skb.meta().bridged().filter(SkbMeta.Bridged::prerouted);
    return bridged.isPresent()
        ? Optional.of(skb.with(skb.meta().withBridged(bridged.map(b -> new SkbMeta.Bridged(b.in(), false)))))
        : sees(device.net(), skb) ? pass(At.incoming(Hook.PREROUTING, device, type), skb) : Optional.of(skb);
  }

  /** Shows a packet to all tables of a hook: the packet as it goes on; empty when it does not. */
  Optional<Skb> pass(At at, Skb skb) {
    if (ruleset(at, skb).tables().isEmpty()) {
      return Optional.of(skb);
    }
    Optional<Skb> left = Optional.of(skb);
    for (Stage stage : STAGES.get(at.hook())) {
      if (left.isPresent()) {
        left = stage(stage, at, left.get());
      }
    }
    return left;
  }

  private Optional<Skb> stage(Stage stage, At at, Skb skb) {
    Ruleset rules = ruleset(at, skb);
    boolean tracks = tracks(at, skb);
    return switch (stage) {
      case DEFRAGMENT -> tracks ? run.reassembly.gather(skb, at.in().orElseThrow()) : Optional.of(skb);
      case TRACK -> tracks ? run.conntrack.track(at, skb) : Optional.of(skb);
      case CONFIRM -> run.conntrack.confirm(at, skb);
      case NAT -> rules.table(TableName.NAT).map(table -> run.nat.translate(at, skb, table)).orElse(Optional.of(skb));
      case RAW, MANGLE, FILTER, SECURITY ->
          rules.table(stage.table().orElseThrow()).map(table -> filter(at, skb, table)).orElse(Optional.of(skb));
    };
  }

  private Optional<Skb> filter(At at, Skb skb, RuleTable table) {
    Walked walked = walk(at, skb, table);
    return switch (walked.walk().verdict()) {
      case Verdict.Accept _,Verdict.Translate _ -> Optional.of(walked.skb());
      case Verdict.Drop _ -> dropped(at, walked.skb());
      case Verdict.Reject(RejectWith with) -> {
        dropped(at, walked.skb());
        run.rejects.reject(walked.skb(), at, with);
        yield Optional.empty();
      }
    };
  }

  Optional<Skb> dropped(At at, Skb skb) {
    step(at, skb, new Event.Ended(new Fate.Died(DropReason.NETFILTER_DROP)), List.of());
    return Optional.empty();
  }

  /** A packet's walk, and the packet as it came out. */
  record Walked(Walk walk, Skb skb) {
  }

  /** Walks a packet through a table and writes that down. */
  Walked walk(At at, Skb skb, RuleTable table) {
    PacketView view = view(at, skb);
    Walk walk = Walker.walk(table, view, surroundings(at.netns()), run.tables.netfilter(at.netns()));
    Skb after = taken(skb, walk.after());
    List<NetfilterChange> changes = new ArrayList<>(walk.changes());
    after.meta().tracking().filter(t -> t.ct().isConfirmed())
        .filter(t -> walk.after().tracking().connection().filter(t.ct().connection()::equals).isEmpty())
        .ifPresent(_ -> changes.add(
            new NetfilterChange.ConnectionSet(walk.after().tracking().connection().orElseThrow())));
    after.meta().tracking().ifPresent(t -> walk.after().tracking().connection().ifPresent(t.ct()::become));
    step(at, after, new Event.Looked(new Lookup.RuleWalk(at.netns(), table, view, walk)), changes);
    return new Walked(walk, after);
  }

  private static Skb taken(Skb skb, PacketView after) {
    SkbMeta meta = skb.meta().withMark(after.mark());
    boolean taken = after.tracking().state() == CtState.UNTRACKED && meta.tracking().isEmpty();
    return skb.with(after.packet()).with(taken ? meta.asUntracked() : meta);
  }

  /** Something happens to a packet at a hook. */
  void step(At at, Skb skb, Event event, List<NetfilterChange> changes) {
    List<Effect> effects =
        changes.stream().<Effect>map(c -> new Effect.Netfiltered(at.netns(), c)).toList();
    run.recorder.step(skb, at.netns(), at.in().or(() -> at.dst().map(Dst::device)), event, effects);
  }

  private PacketView view(At at, Skb skb) {
    Optional<SkbMeta.Bridged> bridged = skb.meta().bridged();
    PacketView.Path.Kind kind = switch (at.type()) {
      case BROADCAST -> PacketView.Path.Kind.BROADCAST;
      case MULTICAST -> PacketView.Path.Kind.MULTICAST;
      case HOST, OTHERHOST -> PacketView.Path.Kind.UNICAST;
    };
    String out = at.hook().hasOutgoing() ? at.dst().map(d -> d.device().device().name()).orElse("") : "";
    PacketView.Path path = new PacketView.Path(at.hook(),
        at.hook().hasIncoming() ? at.in().map(d -> d.device().name()).orElse("") : "", out,
        bridged.map(b -> b.in().device().name()).orElse(""), at.bridgeOut().map(d -> d.device().name()).orElse(""),
        kind, at.dst().map(d -> pathMtu(at, d, skb)).orElse(0));
    return new PacketView(skb.packet(), path, skb.meta().mark(), tracking(skb));
  }

  /** The narrower of the two ways (kernel xt_TCPMSS.c tcpmss_mangle_packet). */
  private int pathMtu(At at, Dst dst, Skb skb) {
    return Math.min(dst.mtu(), run.routeOutput.mtu(at.netns(), skb.ip().source(), Optional.empty()));
  }

  private static CtView tracking(Skb skb) {
    if (skb.meta().untracked()) {
      return CtView.UNTRACKED;
    }
    return skb.meta().tracking().map(t -> new CtView(t.state(), Optional.of(t.ct().connection()), t.direction()))
        .orElse(CtView.INVALID);
  }

  Surroundings surroundings(NetnsId netns) {
    return new Surroundings() {
      @Override
      public AddressType typeOf(IpAddress address, Optional<String> device) {
        return AddressTypes.of(run.lab, netns, address, device);
      }

      @Override
      public PSortedMap<String, IpSet> sets() {
        return run.fabric.netns(netns).rulesets().sets();
      }

      @Override
      public long now() {
        return run.queue.now().nanos();
      }

      @Override
      public long seed() {
        return run.lab.basis().seed();
      }
    };
  }

  /** A change of a connection, as it is written down: nothing for one that is not in the table yet. */
  static List<NetfilterChange> written(Ct ct) {
    Connection connection = ct.connection();
    return ct.isConfirmed() ? List.of(new NetfilterChange.ConnectionSet(connection)) : List.of();
  }
}
