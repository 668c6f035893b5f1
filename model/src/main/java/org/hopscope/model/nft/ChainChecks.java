package org.hopscope.model.nft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hopscope.model.netfilter.Hook;

/** What the kernel looks at before it takes chains (kernel nf_tables_api.c nft_chain_validate, nft_chain_validate_dependency). */
final class ChainChecks {
  private static final String NOT_SUPPORTED = "Operation not supported";
  private static final int CONNTRACK = -200;
  private static final int DEEPEST = 16;

  private ChainChecks() {
  }

  static void base(NftChain.Base base, Token command) throws NftComplaint {
    boolean fits = switch (base.type()) {
      case FILTER -> true;
      case ROUTE -> base.hook() == Hook.OUTPUT;
      case NAT -> base.hook() != Hook.FORWARD && base.priority() > CONNTRACK;
    };
    if (!fits) {
      throw NftComplaint.kernel(command, NOT_SUPPORTED);
    }
  }

  /** Whether a statement is only allowed in some chains. */
  static boolean matters(Statement statement) {
    return statement instanceof Statement.Nat || statement instanceof Statement.Masquerade
        || statement instanceof Statement.Redirect || statement instanceof Statement.Reject
        || statement instanceof Statement.Look
        || statement instanceof Statement.Compare(Expr left, var _, var _) && left.asksForWay();
  }

  private static boolean allowed(Statement statement, NftChain.Base base) {
    Hook hook = base.hook();
    boolean nat = base.type() == NftChain.Type.NAT;
    return switch (statement) {
      case Statement.Masquerade _ -> nat && hook == Hook.POSTROUTING;
      case Statement.Redirect _ -> nat && (hook == Hook.PREROUTING || hook == Hook.OUTPUT);
      case Statement.Nat(boolean source, var _, var _, var _, var _) -> nat && (source
          ? hook == Hook.POSTROUTING || hook == Hook.INPUT
          : hook == Hook.PREROUTING || hook == Hook.OUTPUT);
      case Statement.Reject _ -> hook != Hook.POSTROUTING;
      case Statement.Compare(Expr left, var _, var _) when left.asksForWay() -> isBeforeRouting(hook);
      case Statement.Look(Expr key, var _) when key.asksForWay() -> isBeforeRouting(hook);
      case Statement.Compare _,Statement.Count _,Statement.CountIn _,Statement.Log _,Statement.Limit _,Statement.LimitBytes _,Statement.Decide _,Statement.Look _,Statement.Assign _,Statement.Notrack _,Statement.Remember _ ->
          true;
    };
  }

  /** Where a packet has come in by a device (kernel nft_fib_validate). */
  private static boolean isBeforeRouting(Hook hook) {
    return hook == Hook.PREROUTING || hook == Hook.INPUT || hook == Hook.FORWARD;
  }

  static void rule(NftChain chain, List<Statement> statements, Token command) throws NftComplaint {
    if (chain.base().isPresent() && !statements.stream().allMatch(s -> allowed(s, chain.base().get()))) {
      throw NftComplaint.kernel(command, NOT_SUPPORTED);
    }
  }

  /** Follows every way from the base chains: no circle, none deeper than 16, nothing where it is not allowed. */
  static void check(NftTable table, Token command) throws NftComplaint {
    circles(table, command);
    for (NftChain start : table.chains()) {
      if (start.base().isEmpty()) {
        continue;
      }
      Set<String> seen = new HashSet<>(Set.of(start.name()));
      Deque<String> left = new ArrayDeque<>(seen);
      while (!left.isEmpty()) {
        NftChain chain = table.chain(left.pop()).orElseThrow();
        for (NftRule rule : chain.rules()) {
          if (!rule.statements().stream().allMatch(s -> allowed(s, start.base().get()))) {
            throw NftComplaint.kernel(command, NOT_SUPPORTED);
          }
        }
        for (String to : targets(table, chain)) {
          if (seen.add(to)) {
            left.push(to);
          }
        }
      }
    }
  }

  private static List<String> targets(NftTable table, NftChain chain) {
    List<String> all = new ArrayList<>();
    for (NftRule rule : chain.rules()) {
      for (Statement statement : rule.statements()) {
        all.addAll(statement.leads());
        if (statement instanceof Statement.Look(Expr _, SetRef.Named(String name, var _))) {
          table.set(name).ifPresent(s -> s.elements().forEach(e -> e.data().ifPresent(d -> {
            if (d instanceof NftSet.Data.Doing(Verdict verdict)) {
              verdict.leads().ifPresent(all::add);
            }
          })));
        }
      }
    }
    return all;
  }

  private static void circles(NftTable table, Token command) throws NftComplaint {
    Map<String, Integer> depths = new HashMap<>();
    for (NftChain chain : table.chains()) {
      if (chain.base().isPresent() && depth(table, chain, depths, new HashSet<>()) > DEEPEST) {
        throw NftComplaint.kernel(command, "Too many links");
      }
    }
  }

  /** How deep jumps lead from a chain; more than any depth for a circle. */
  private static int depth(NftTable table, NftChain chain, Map<String, Integer> depths, Set<String> above) {
    Integer known = depths.get(chain.name());
    if (known != null) {
      return known;
    }
    if (!above.add(chain.name()) || above.size() > DEEPEST + 1) {
      return DEEPEST + 1;
    }
    int deepest = 0;
    for (String to : new HashSet<>(targets(table, chain))) {
      deepest = Math.max(deepest, 1 + table.chain(to).map(c -> depth(table, c, depths, above)).orElse(0));
    }
    above.remove(chain.name());
    depths.put(chain.name(), deepest);
    return deepest;
  }
}
