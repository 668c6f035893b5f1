package org.hopscope.model.netfilter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/** Walks a packet through the chains of a table (kernel net/ipv4/netfilter/ip_tables.c ipt_do_table, sem-N11). */
public final class Walker {
  private final RuleTable table;
  private final Matching matching;
  private final List<Walk.Hit> hits = new ArrayList<>();
  private final List<Walk.Copied> copies = new ArrayList<>();
  private final Deque<Place> callers = new ArrayDeque<>();
  private PacketView view;

  private Walker(RuleTable table, PacketView view, Surroundings around, NetfilterState state) {
    this.table = table;
    this.view = view;
    matching = new Matching(around, state);
  }

  /** Where the walk goes on: rule {@code index} of a chain, counted from 0. */
  private record Place(Chain chain, int index) {
  }

  /** Shows a packet to the table's built-in chain of the packet's hook, which must exist. */
  public static Walk walk(RuleTable table, PacketView view, Surroundings around, NetfilterState state) {
    return new Walker(table, view, around, state).run();
  }

  private Walk run() {
    Chain start = table.chain(view.path().hook().name()).orElseThrow();
    Optional<Place> place = Optional.of(new Place(start, 0));
    while (place.isPresent()) {
      Chain chain = place.get().chain();
      FlatChain rules = chain.flat();
      int i = next(rules, place.get().index());
      while (i < rules.size() && !passes(rules.rule(i))) {
        i = next(rules, i + 1);
      }
      if (i == rules.size()) {
        place = back();
      } else {
        Rule rule = rules.rule(i);
        hits.add(new Walk.Hit(chain.name(), i + 1, rule));
        Optional<Verdict> verdict = decides(rule.target());
        if (verdict.isPresent()) {
          return end(verdict.get(), false, List.of());
        }
        place = after(rule.target(), chain, i);
      }
    }
    Verdict verdict = start.policy().orElseThrow() == Policy.ACCEPT ? new Verdict.Accept() : new Verdict.Drop();
    return end(verdict, true, start.isMade() ? List.of(start.handle()) : List.of());
  }

  private int next(FlatChain rules, int from) {
    return rules.next(from, bits(view.source()), bits(view.destination()), view.protocol());
  }

  private static int bits(IpAddress address) {
    return switch (address) {
      case Ipv4Address(int bits) -> bits;
      case Ipv6Address _ -> 0;
    };
  }

  private boolean passes(Rule rule) {
    if (!rule.ip().holds(view)) {
      return false;
    }
    boolean passes = matching.firstFailure(rule, view) == rule.matches().size();
    view = matching.after().orElse(view);
    return passes;
  }

  private Optional<Place> back() {
    return Optional.ofNullable(callers.poll());
  }

  private Walk end(Verdict verdict, boolean byPolicy, List<Integer> also) {
    List<Integer> counted = new ArrayList<>(hits.size() + 1);
    hits.forEach(h -> counted.add(h.rule().handle()));
    counted.addAll(also);
    List<NetfilterChange> changes = new ArrayList<>(matching.changes());
    changes.addFirst(new NetfilterChange.Counted(counted, view.length()));
    return new Walk(verdict, hits, byPolicy, view, changes, copies);
  }

  private Optional<Verdict> decides(Target target) {
    return switch (target) {
      case Target.Accept _ -> Optional.of(new Verdict.Accept());
      case Target.Drop _ -> Optional.of(new Verdict.Drop());
      case Target.Reject(RejectWith with) -> Optional.of(new Verdict.Reject(with));
      case Target.Dnat _,Target.Snat _,Target.Masquerade _,Target.Redirect _,Target.Netmap _ ->
          Optional.of(new Verdict.Translate(target));
      case Target.Nothing _,Target.Return _,Target.Jump _,Target.Goto _,Target.Log _,Target.Mark _,Target.Connmark _,Target.Notrack _,Target.Track _,Target.Trace _,Target.Ttl _,Target.Tcpmss _ ->
          Optional.empty();
      case Target.Other(var _, Deed deed) -> switch (deed) {
        case Deed.Queue(boolean bypass) -> Optional.of(bypass ? new Verdict.Accept() : new Verdict.Drop());
        case Deed.Unheard _ -> Optional.of(new Verdict.Drop());
        case Deed.Prefix prefix when Deeds.mapped(prefix, view).isEmpty() -> Optional.of(new Verdict.Drop());
        case Deed.Unseen _,Deed.Reclassify _,Deed.Strip _,Deed.Prefix _,Deed.HashMark _,Deed.Sets _,Deed.Copy _ ->
            Optional.empty();
      };
    };
  }

  /** Where a rule that does not decide leads. */
  private Optional<Place> after(Target target, Chain chain, int index) {
    Place behind = new Place(chain, index + 1);
    return switch (target) {
      case Target.Return _ -> back();
      case Target.Jump(String to) -> {
        callers.push(behind);
        yield table.chain(to).map(c -> new Place(c, 0));
      }
      case Target.Goto(String to) -> table.chain(to).map(c -> new Place(c, 0));
      case Target.Mark(int value, int mask) -> {
        view = view.withMark((view.mark() & ~mask) ^ value);
        yield Optional.of(behind);
      }
      case Target.Connmark connmark -> {
        connmark(connmark);
        yield Optional.of(behind);
      }
      case Target.Notrack _ -> {
        view = view.tracking().connection().isPresent() ? view : view.with(CtView.UNTRACKED);
        yield Optional.of(behind);
      }
      case Target.Track(CtTemplate template) -> {
        boolean first = view.tracking().equals(CtView.INVALID);
        view = !first ? view : view.with(template.notrack() ? CtView.UNTRACKED
            : new CtView(CtState.INVALID, Optional.empty(), Direction.ORIGINAL, Optional.of(template.of(view.mark()))));
        yield Optional.of(behind);
      }
      case Target.Ttl(var _, var operation, int value) -> {
        ttl(operation, value);
        yield Optional.of(behind);
      }
      case Target.Tcpmss(Optional<Integer> size) -> {
        segmentSize(size);
        yield Optional.of(behind);
      }
      case Target.Other(var _, Deed deed) -> {
        view = Deeds.done(deed, view);
        if (deed instanceof Deed.Sets sets) {
          matching.fill(sets, view);
          if (sets.marks()) {
            view = view.withMark(matching.marked(sets.map().orElseThrow(), view));
          }
        } else if (deed instanceof Deed.Copy copy) {
          copies.add(new Walk.Copied(copy, view));
        }
        yield Optional.of(behind);
      }
      case Target.Nothing _,Target.Log _,Target.Trace _,Target.Accept _,Target.Drop _,Target.Reject _,Target.Dnat _,Target.Snat _,Target.Masquerade _,Target.Redirect _,Target.Netmap _ ->
          Optional.of(behind);
    };
  }

  /** Kernel net/netfilter/xt_connmark.c connmark_tg_shift. */
  private void connmark(Target.Connmark target) {
    Optional<Connection> connection = view.tracking().connection();
    if (connection.isEmpty()) {
      return;
    }
    int old = connection.get().mark();
    int fresh = switch (target.mode()) {
      case SET -> target.shifted((old & ~target.ctMask()) ^ target.value());
      case SAVE -> (old & ~target.ctMask()) ^ target.shifted(view.mark() & target.nfMask());
      case RESTORE -> old;
    };
    if (target.mode() == Target.Connmark.Mode.RESTORE) {
      view = view.withMark((view.mark() & ~target.nfMask()) ^ target.shifted(old & target.ctMask()));
    } else if (fresh != old) {
      CtView tracking = view.tracking();
      view = view.with(new CtView(tracking.state(), connection.map(c -> c.withMark(fresh)), tracking.direction()));
    }
  }

  private void ttl(Target.Ttl.Operation operation, int value) {
    Packet packet = view.packet();
    Header.Ip ip = packet.ip().orElseThrow();
    int changed = switch (operation) {
      case SET -> value;
      case DEC -> Math.max(0, ip.hops() - value);
      case INC -> Math.min(255, ip.hops() + value);
    };
    view = view.with(packet.replace(ip, ip.withHops(changed)));
  }

  private void segmentSize(Optional<Integer> size) {
    Packet packet = view.packet();
    if (packet.upper() instanceof Header.Tcp tcp && tcp.flags().syn()) {
      int most = size.orElse(view.path().pathMtu() - packet.ip().orElseThrow().length() - 20);
      boolean lower = tcp.options().maxSegment().filter(m -> m <= most).isEmpty();
      view = lower
          ? view.with(packet.replace(tcp, tcp.withOptions(tcp.options().withMaxSegment(most))))
          : view;
    }
  }
}
