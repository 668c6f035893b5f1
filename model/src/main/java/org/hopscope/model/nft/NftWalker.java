package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.AddressRange;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.CtView;
import org.hopscope.model.netfilter.CtZone;
import org.hopscope.model.netfilter.MatchState;
import org.hopscope.model.netfilter.NatRange;
import org.hopscope.model.netfilter.NetfilterChange;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.PacketView;
import org.hopscope.model.netfilter.Policy;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.RejectWith;
import org.hopscope.model.netfilter.Surroundings;
import org.hopscope.model.netfilter.Target;

/** Walks a packet through chains of a table (kernel net/netfilter/nf_tables_core.c nft_do_chain). */
public final class NftWalker {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private final NftTable table;
  private final Surroundings around;
  private final List<NftWalk.Hit> hits = new ArrayList<>();
  private final List<NetfilterChange> changes = new ArrayList<>();
  private final Deque<Place> callers = new ArrayDeque<>();
  private NetfilterState state;
  private PacketView view;
  private int done;

  private NftWalker(NftTable table, PacketView view, Surroundings around, NetfilterState state) {
    this.table = table;
    this.view = view;
    this.around = around;
    this.state = state;
  }

  private record Place(NftChain chain, int index) {
  }

  /** What a rule came to. */
  private sealed interface Outcome {
    /** A condition did not hold. */
    record Broke() implements Outcome {
    }

    /** Every condition held. */
    record Said(Verdict verdict) implements Outcome {
    }

    /** The packet's connection is to be translated, or its sender told. */
    record Ends(org.hopscope.model.netfilter.Verdict verdict) implements Outcome {
    }
  }

  private static final Outcome BROKE = new Outcome.Broke();
  private static final Outcome ON = new Outcome.Said(new Verdict.Continue());

  /** Shows a packet to a base chain. */
  public static NftWalk walk(NftTable table, NftChain base, PacketView view, Surroundings around,
      NetfilterState state) {
    return new NftWalker(table, view, around, state).run(base);
  }

  /** The statement of a rule that a packet did not pass, by its place; the number of statements when it passed all. */
  public static int firstFailure(NftTable table, NftRule rule, PacketView view, Surroundings around,
      NetfilterState state) {
    NftWalker walker = new NftWalker(table, view, around, state);
    return walker.evaluate(rule) instanceof Outcome.Broke ? walker.done : rule.statements().size();
  }

  private NftWalk run(NftChain start) {
    Optional<Place> place = Optional.of(new Place(start, 0));
    while (place.isPresent()) {
      Place at = place.get();
      if (at.index() == at.chain().rules().size()) {
        place = Optional.ofNullable(callers.poll());
        continue;
      }
      NftRule rule = at.chain().rules().get(at.index());
      Place behind = new Place(at.chain(), at.index() + 1);
      switch (evaluate(rule)) {
        case Outcome.Broke() -> place = Optional.of(behind);
        case Outcome.Ends(var verdict) -> {
          hits.add(new NftWalk.Hit(at.chain().name(), rule, new Verdict.Accept()));
          return end(verdict, false);
        }
        case Outcome.Said(Verdict verdict) -> {
          hits.add(new NftWalk.Hit(at.chain().name(), rule, verdict));
          switch (verdict) {
            case Verdict.Accept() -> {
              return end(new org.hopscope.model.netfilter.Verdict.Accept(), false);
            }
            case Verdict.Drop() -> {
              return end(new org.hopscope.model.netfilter.Verdict.Drop(), false);
            }
            case Verdict.Continue() -> place = Optional.of(behind);
            case Verdict.Return() -> place = Optional.ofNullable(callers.poll());
            case Verdict.Jump(String to) -> {
              callers.push(behind);
              place = table.chain(to).map(c -> new Place(c, 0));
            }
            case Verdict.Goto(String to) -> place = table.chain(to).map(c -> new Place(c, 0));
          }
        }
      }
    }
    boolean accept = start.base().orElseThrow().policy() == Policy.ACCEPT;
    return end(accept ? new org.hopscope.model.netfilter.Verdict.Accept()
        : new org.hopscope.model.netfilter.Verdict.Drop(), true);
  }

  private NftWalk end(org.hopscope.model.netfilter.Verdict verdict, boolean byPolicy) {
    return new NftWalk(verdict, hits, byPolicy, view, changes);
  }

  private Outcome evaluate(NftRule rule) {
    Outcome outcome = ON;
    for (done = 0; done < rule.statements().size(); done++) {
      outcome = statement(rule.statements().get(done), new MatchState.Key(rule.id(), done));
      boolean on = outcome instanceof Outcome.Said(Verdict verdict) && verdict instanceof Verdict.Continue;
      if (!on) {
        return outcome;
      }
    }
    return outcome;
  }

  private void change(NetfilterChange change) {
    state = change.applyTo(state);
    changes.add(change);
  }

  private static Outcome when(boolean holds) {
    return holds ? ON : BROKE;
  }

  private Outcome statement(Statement statement, MatchState.Key key) {
    return switch (statement) {
      case Statement.Compare(Expr left, var relation, var right) -> compare(left, relation, right, key);
      case Statement.Count() -> count(key.rule());
      case Statement.CountIn(String name) -> count(table.counter(name).orElseThrow().place().id());
      case Statement.Log _ -> ON;
      case Statement.Limit(int rate, var per, int burst, boolean over) -> {
        long cost = per.seconds() * SECOND / rate;
        yield when(limit(key, cost, cost * burst) != over);
      }
      case Statement.LimitBytes(long rate, var per, long burst, boolean over) -> {
        BigInteger period = BigInteger.valueOf(per.seconds() * SECOND);
        long cost = period.multiply(BigInteger.valueOf(view.length())).divide(BigInteger.valueOf(rate)).longValue();
        long most = period.multiply(BigInteger.valueOf(rate + burst)).divide(BigInteger.valueOf(rate)).longValue();
        yield when(limit(key, cost, most) != over);
      }
      case Statement.Decide(Verdict verdict) -> new Outcome.Said(verdict);
      case Statement.Look(Expr wanted, SetRef map) -> data(wanted, map, key)
          .<Outcome>map(d -> new Outcome.Said(((NftSet.Data.Doing) d).verdict())).orElse(BROKE);
      case Statement.Reject(RejectWith with, boolean abstracted, boolean _) -> reject(with, abstracted);
      case Statement.Nat nat -> nat(nat, key);
      case Statement.Masquerade(var ports, var options) ->
          translate(new Target.Masquerade(ports.map(NftWalker::ports), options));
      case Statement.Redirect(var ports, var options) ->
          translate(new Target.Redirect(ports.map(NftWalker::ports), options));
      case Statement.Assign(Field field, Expr value) -> assign(field, value, key);
      case Statement.Notrack() -> {
        view = view.tracking().connection().isPresent() ? view : view.with(CtView.UNTRACKED);
        yield ON;
      }
      case Statement.Remember(boolean update, String set, Expr wanted, var timeout) ->
          remember(table.set(set).orElseThrow(), update, wanted, timeout, key);
    };
  }

  private Outcome count(int id) {
    change(new NetfilterChange.Counted(List.of(id), view.length()));
    return ON;
  }

  private static Outcome translate(Target target) {
    return new Outcome.Ends(new org.hopscope.model.netfilter.Verdict.Translate(target));
  }

  private Outcome reject(RejectWith with, boolean byFamily) {
    boolean six = view.source().family() == IpFamily.INET6;
    RejectWith said = !byFamily || with == RejectWith.TCP_RESET || !six ? with : switch (with) {
      case ICMP_NET_UNREACHABLE -> RejectWith.ICMP6_NO_ROUTE;
      case ICMP_HOST_UNREACHABLE -> RejectWith.ICMP6_ADDR_UNREACHABLE;
      case ICMP_ADMIN_PROHIBITED -> RejectWith.ICMP6_ADM_PROHIBITED;
      default -> RejectWith.ICMP6_PORT_UNREACHABLE;
    };
    boolean mine = said == RejectWith.TCP_RESET ? view.protocol() == 6 : said.type() == (six ? 1 : 3);
    return mine ? new Outcome.Ends(new org.hopscope.model.netfilter.Verdict.Reject(said)) : BROKE;
  }

  private Optional<BigInteger> value(Expr expr, MatchState.Key key) {
    return switch (expr) {
      case Expr.Read(Field field) -> new FieldReader(view, around).read(field);
      case Expr.Const(var _, BigInteger value) -> Optional.of(value);
      case Expr.Numgen(boolean random, int mod, int offset) -> {
        long number = random ? roll(key) % mod : asked(key) % mod;
        yield Optional.of(BigInteger.valueOf(number + offset));
      }
      case Expr.Bits(Expr of, var operation, BigInteger by) ->
          value(of, key).map(v -> operation.apply(v, by, expr.types().getFirst().most()));
      case Expr.Mapped(Expr wanted, SetRef map) -> data(wanted, map, key)
          .map(d -> ((NftSet.Data.Values) d).values().getFirst().low());
      case Expr.Concat _ -> Optional.empty();
    };
  }

  /** The values of an expression, side by side; empty when the packet lacks one. */
  private Optional<List<BigInteger>> values(Expr expr, MatchState.Key key) {
    List<Expr> parts = expr instanceof Expr.Concat(List<Expr> several) ? several : List.of(expr);
    List<BigInteger> all = new ArrayList<>(parts.size());
    for (Expr part : parts) {
      Optional<BigInteger> value = value(part, key);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      all.add(value.get());
    }
    return Optional.of(all);
  }

  private NftSet set(SetRef ref) {
    return switch (ref) {
      case SetRef.Named(String name, var _) -> table.set(name).orElseThrow();
      case SetRef.Anonymous(NftSet set) -> set;
    };
  }

  private Optional<NftSet.Data> data(Expr wanted, SetRef map, MatchState.Key key) {
    return values(wanted, key).flatMap(k -> set(map).find(k, around.now())).flatMap(NftSet.Element::data);
  }

  private Outcome compare(Expr left, Statement.Relation relation, Statement.Right right, MatchState.Key key) {
    if (right instanceof Statement.Right.In(SetRef ref)) {
      Optional<List<BigInteger>> values = values(left, key);
      return values.isEmpty() ? BROKE : when(holds(set(ref), values.get()) == (relation != Statement.Relation.NE));
    }
    Optional<BigInteger> value = value(left, key);
    if (value.isEmpty()) {
      return BROKE;
    }
    BigInteger have = value.get();
    boolean equal = switch (right) {
      case Statement.Right.Value(BigInteger wanted) -> have.equals(wanted);
      case Statement.Right.Masked(BigInteger wanted, BigInteger mask) -> have.and(mask).equals(wanted);
      case Statement.Right.AnyOf(BigInteger bits) -> have.and(bits).signum() != 0;
      case Statement.Right.Range(Span span) -> span.contains(have);
      case Statement.Right.Prefix(Span span) -> span.contains(have);
      case Statement.Right.In _ -> false;
    };
    if (relation == Statement.Relation.EQ || relation == Statement.Relation.NE) {
      return when(equal == (relation == Statement.Relation.EQ));
    }
    int order = right instanceof Statement.Right.Value(BigInteger wanted) ? have.compareTo(wanted) : 0;
    return when(switch (relation) {
      case LT -> order < 0;
      case GT -> order > 0;
      case LE -> order <= 0;
      case GE -> order >= 0;
      case EQ, NE -> false;
    });
  }

  private boolean holds(NftSet set, List<BigInteger> key) {
    if (set.find(key, around.now()).isPresent()) {
      return true;
    }
    Long learned = set.place().id() == 0 ? null
        : state.memory(set.place().id()).get(NftText.values(set.spec().keys(), key, Devices.NONE));
    return learned != null && learned > around.now();
  }

  private Outcome remember(NftSet set, boolean update, Expr wanted, Optional<Long> timeout, MatchState.Key key) {
    Optional<List<BigInteger>> values = values(wanted, key);
    if (values.isEmpty()) {
      return BROKE;
    }
    String text = NftText.values(set.spec().keys(), values.get(), Devices.NONE);
    long now = around.now();
    Optional<Long> lasting = timeout.or(() -> set.spec().options().timeout());
    Long old = state.memory(set.place().id()).get(text);
    boolean there = old != null && old > now;
    if (!there && set.find(values.get(), now).isPresent()) {
      return ON;
    }
    if (!there || update) {
      change(new NetfilterChange.SetRemembered(set.place().id(), text,
          lasting.map(t -> now + t * MILLI).orElse(Long.MAX_VALUE)));
    }
    return ON;
  }

  private Outcome assign(Field field, Expr expr, MatchState.Key key) {
    Optional<BigInteger> value = value(expr, key);
    if (value.isEmpty()) {
      return BROKE;
    }
    int mark = value.get().intValue();
    if (field == Field.META_MARK) {
      view = view.withMark(mark);
    } else if (field.isZone()) {
      layZone(field == Field.CT_REPLY_ZONE ? 0 : mark, field == Field.CT_ORIGINAL_ZONE ? 0 : mark);
    } else {
      CtView tracking = view.tracking();
      Optional<Connection> connection = tracking.connection().filter(c -> c.mark() != mark);
      if (connection.isPresent()) {
        view = view.with(new CtView(tracking.state(), connection.map(c -> c.withMark(mark)), tracking.direction()));
      }
    }
    return ON;
  }

  /** Only of a packet that nobody has looked at: neither tracked nor untracked, nor with a zone (kernel nft_ct_set_zone_eval). */
  private void layZone(int original, int reply) {
    CtView tracking = view.tracking();
    if (tracking.equals(CtView.INVALID)) {
      view = view.with(new CtView(tracking.state(), Optional.empty(), tracking.direction(),
          Optional.of(new CtZone(original, reply))));
    }
  }

  private static PortRange ports(Span span) {
    return new PortRange(span.low().intValue(), span.high().intValue());
  }

  private Outcome nat(Statement.Nat nat, MatchState.Key key) {
    IpFamily family = view.source().family();
    if (nat.family().filter(f -> f != family).isPresent()) {
      return BROKE;
    }
    DataType type = family == IpFamily.INET ? DataType.IPV4_ADDR : DataType.IPV6_ADDR;
    Optional<Span> address = Optional.empty();
    Optional<Span> ports = nat.ports();
    if (nat.address().isPresent()) {
      switch (nat.address().get()) {
        case Statement.Nat.To.Addresses(Span span) -> address = Optional.of(span);
        case Statement.Nat.To.Worked(Expr expr) -> {
          List<Span> found = spans(expr, key);
          if (found.isEmpty()) {
            return BROKE;
          }
          address = Optional.of(found.getFirst());
          ports = found.size() > 1 ? Optional.of(found.get(1)) : ports;
        }
      }
    }
    NatRange to = new NatRange(
        address.map(a -> new AddressRange(type.address(a.low()), type.address(a.high()))), ports.map(NftWalker::ports),
        nat.options());
    return translate(nat.source() ? new Target.Snat(to) : new Target.Dnat(to));
  }

  private List<Span> spans(Expr expr, MatchState.Key key) {
    return expr instanceof Expr.Mapped(Expr wanted, SetRef map)
        ? data(wanted, map, key).map(d -> ((NftSet.Data.Values) d).values()).orElse(List.of())
        : values(expr, key).map(v -> v.stream().map(Span::of).toList()).orElse(List.of());
  }

  private long asked(MatchState.Key key) {
    long before = state.matches().get(key) instanceof MatchState.Asked(long packets) ? packets : 0;
    change(new NetfilterChange.Remembered(key, new MatchState.Asked(before + 1)));
    return before;
  }

  private long roll(MatchState.Key key) {
    return key.roll(around.seed(), asked(key));
  }

  /** Kernel net/netfilter/nft_limit.c: tokens are nanoseconds saved up. */
  private boolean limit(MatchState.Key key, long cost, long most) {
    long now = around.now();
    long saved = state.matches().get(key) instanceof MatchState.Bucket(long tokens, long at)
        ? Math.min(most, tokens + now - at)
        : most;
    boolean has = saved >= cost;
    change(new NetfilterChange.Remembered(key, new MatchState.Bucket(has ? saved - cost : saved, now)));
    return has;
  }
}
