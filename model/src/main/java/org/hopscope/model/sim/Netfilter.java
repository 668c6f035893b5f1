package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.AddressTypes;
import org.hopscope.model.lab.WayOut;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.AddressType;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.CtState;
import org.hopscope.model.netfilter.CtView;
import org.hopscope.model.netfilter.Deed;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.NetfilterChange;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.PacketView;
import org.hopscope.model.netfilter.RejectWith;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Surroundings;
import org.hopscope.model.netfilter.Verdict;
import org.hopscope.model.netfilter.Walk;
import org.hopscope.model.netfilter.Walker;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.nft.NftTable;
import org.hopscope.model.nft.NftWalk;
import org.hopscope.model.nft.NftWalker;
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
  private final Run run;
  private final Map<Key, List<Hooks.Stage>> stages = new HashMap<>();
  /** Whether a copy of a packet is on its way out. */
  private boolean duplicates;

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

  private record Key(NetnsId netns, IpFamily family, Hook hook) {
  }

  /** Whether a namespace has any chain that packets of this family are shown to. */
  static boolean sees(Net net, Skb skb) {
    return net.filters(skb.ip().family());
  }

  private List<Hooks.Stage> stages(At at, Skb skb) {
    return stages.computeIfAbsent(new Key(at.netns(), skb.ip().family(), at.hook()),
        k -> Hooks.of(run.fabric.netns(k.netns()), k.family(), k.hook()));
  }

  /** Shows what came in to PREROUTING, unless a bridge did already (kernel ip_sabotage_in). */
  Optional<Skb> prerouting(Skb skb, NetDev device, PacketType type) {
    Optional<SkbMeta.Bridged> bridged = skb.meta().bridged().filter(SkbMeta.Bridged::prerouted);
    return bridged.isPresent()
        ? Optional.of(skb.with(skb.meta().withBridged(bridged.map(b -> new SkbMeta.Bridged(b.in(), false)))))
        : sees(device.net(), skb) ? pass(At.incoming(Hook.PREROUTING, device, type), skb) : Optional.of(skb);
  }

  /** Shows a packet to all tables and chains of a hook: the packet as it goes on; empty when it does not. */
  Optional<Skb> pass(At at, Skb skb) {
    if (!run.fabric.net(at.netns()).filters(skb.ip().family())) {
      return Optional.of(skb);
    }
    Optional<Skb> left = Optional.of(skb);
    for (Hooks.Stage stage : stages(at, skb)) {
      if (left.isPresent()) {
        left = stage(stage, at, left.get());
      }
    }
    return left;
  }

  private Optional<Skb> stage(Hooks.Stage stage, At at, Skb skb) {
    return switch (stage) {
      case Hooks.Stage.Defragment() -> run.reassembly.gather(skb, at.in().orElseThrow());
      case Hooks.Stage.Track() -> run.conntrack.track(at, skb);
      case Hooks.Stage.Confirm() -> run.conntrack.confirm(at, skb);
      case Hooks.Stage.Translate(var lookups) -> run.nat.translate(at, skb, lookups);
      case Hooks.Stage.Balance() -> run.virtualServer.requests(at, skb);
      case Hooks.Stage.BalanceReplies() -> run.virtualServer.replies(at, skb);
      case Hooks.Stage.BalanceErrors() -> run.virtualServer.errors(at, skb);
      case Hooks.Stage.Table _,Hooks.Stage.Chain _ -> filter(at, skb, stage);
    };
  }

  private Optional<Skb> filter(At at, Skb skb, Hooks.Stage stage) {
    Walked walked = walk(at, skb, stage);
    return switch (walked.verdict()) {
      case Verdict.Accept _,Verdict.Translate _ -> Optional.of(at.hook() == Hook.OUTPUT && stage.reroutes()
          && walked.skb().meta().mark() != skb.meta().mark()
              ? walked.skb().with(walked.skb().meta().rerouting())
              : walked.skb());
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

  /** What came of a packet's walk, and the packet as it came out. */
  record Walked(Verdict verdict, Skb skb) {
  }

  /** Walks a packet through a table or chain and writes that down. */
  Walked walk(At at, Skb skb, Hooks.Stage stage) {
    PacketView view = view(at, skb);
    Surroundings around = surroundings(at);
    NetfilterState state = run.tables.netfilter(at.netns());
    return switch (stage) {
      case Hooks.Stage.Table(RuleTable table) -> {
        Walk walk = Walker.walk(table, view, around, state);
        Skb after = walked(at, skb, new Lookup.RuleWalk(at.netns(), table, view, walk),
            new Left(walk.after(), walk.changes()));
        walk.copies().forEach(c -> duplicate(at, after.with(c.packet().packet()), c.how()));
        yield new Walked(walk.verdict(), after);
      }
      case Hooks.Stage.Chain(NftTable table, NftChain chain) -> {
        NftWalk walk = NftWalker.walk(table, chain, view, around, state);
        yield new Walked(walk.verdict(), walked(at, skb, new Lookup.ChainWalk(at.netns(), table, chain, view, walk),
            new Left(walk.after(), walk.changes())));
      }
      case Hooks.Stage.Defragment _,Hooks.Stage.Track _,Hooks.Stage.Confirm _,Hooks.Stage.Translate _,Hooks.Stage.Balance _,Hooks.Stage.BalanceReplies _,Hooks.Stage.BalanceErrors _ ->
          throw new IllegalArgumentException("no rules: " + stage);
    };
  }

  /** A copy that is sent is not copied again (kernel nf_skb_duplicated). */
  private void duplicate(At at, Skb skb, Deed.Copy how) {
    if (!duplicates) {
      duplicates = true;
      run.output.duplicate(skb, at, how);
      duplicates = false;
    }
  }

  /** What a walk left: the packet, and changes of the filter's memory. */
  private record Left(PacketView view, List<NetfilterChange> changes) {
  }

  private Skb walked(At at, Skb skb, Lookup lookup, Left left) {
    Skb after = taken(skb, left.view());
    List<NetfilterChange> changes = new ArrayList<>(left.changes());
    Optional<Connection> connection = left.view().tracking().connection();
    after.meta().tracking().filter(t -> t.ct().isConfirmed())
        .filter(t -> connection.filter(t.ct().connection()::equals).isEmpty())
        .ifPresent(_ -> changes.add(new NetfilterChange.ConnectionSet(connection.orElseThrow())));
    after.meta().tracking().ifPresent(t -> connection.ifPresent(t.ct()::become));
    step(at, after, new Event.Looked(lookup), changes);
    return after;
  }

  private static Skb taken(Skb skb, PacketView after) {
    SkbMeta meta = skb.meta().withMark(after.mark());
    boolean taken = after.tracking().state() == CtState.UNTRACKED && meta.tracking().isEmpty();
    SkbMeta kept = taken ? meta.asUntracked() : meta;
    return skb.with(after.packet()).with(after.tracking().zone().map(kept::withZone).orElse(kept));
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
        kind, at.dst().map(d -> pathMtu(at, d, skb)).orElse(0), skb.meta().own() && at.hook().hasOutgoing());
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
        .orElseGet(() -> skb.meta().zone()
            .map(z -> new CtView(CtState.INVALID, Optional.empty(), Direction.ORIGINAL, Optional.of(z)))
            .orElse(CtView.INVALID));
  }

  private Surroundings surroundings(At at) {
    NetnsId netns = at.netns();
    return new Surroundings() {
      @Override
      public Optional<Socket> socket(PacketView view) {
        return at.in().flatMap(d -> run.sockets.socket(view, d));
      }

      @Override
      public AddressType typeOf(IpAddress address, Optional<String> device) {
        return AddressTypes.of(run.lab, netns, address, device);
      }

      @Override
      public Optional<Integer> wayOut(IpAddress to, Optional<String> only) {
        return WayOut.of(run.lab, netns, to, only);
      }

      @Override
      public boolean leadsBack(Back question) {
        return WayOut.leadsBack(run.lab, netns, question);
      }

      @Override
      public Optional<Integer> index(String device) {
        return run.lab.find(new DeviceRef(netns, device)).map(d -> d.place().ifindex());
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
