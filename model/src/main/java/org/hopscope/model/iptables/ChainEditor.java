package org.hopscope.model.iptables;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Policy;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;
import org.hopscope.model.netfilter.Target;

/** Makes, renames, empties and takes away chains (iptables/nft.c nft_cmd_chain_* and their kin). */
final class ChainEditor {
  private final Draft draft;

  ChainEditor(Draft draft) {
    this.draft = draft;
  }

  /** Empties a table of everything: restoring begins so. */
  void clear(TableName name) {
    if (!draft.isMade(name)) {
      return;
    }
    for (Chain chain : draft.table(name).chains().values()) {
      draft.forget(chain.handle());
      draft.forget(chain);
    }
    draft.drop(name);
  }

  /** A chain as a file declares it: empty, with its policy when it is a built-in one. */
  void declare(TableName name, String chain, String policy, Tally counted) throws Complaint {
    if (Hook.named(chain).filter(name.hooks()::contains).isPresent()) {
      policy(name, chain, policy);
      draft.count(draft.chain(name, chain).orElseThrow().handle(), counted);
      return;
    }
    Optional<Chain> old = draft.chain(name, chain);
    if (old.isEmpty()) {
      make(name, chain);
    } else {
      empty(name, old.get());
    }
  }

  void make(TableName name, String chain) throws Complaint {
    if (draft.chain(name, chain).isPresent()) {
      throw Complaint.result("Chain already exists.");
    }
    draft.make(name);
    draft.put(name, Chain.named(chain, draft.takeHandle(name)));
  }

  void empty(TableName name, Chain chain) {
    if (!chain.rules().isEmpty()) {
      draft.forget(chain);
      draft.put(name, chain.withRules(List.of()));
    }
  }

  /** Takes a built-in chain away if it has no rules and accepts (iptables/nft.c nft_may_delete_chain); says whether. */
  boolean retire(TableName name, Chain builtIn) {
    boolean may = builtIn.rules().isEmpty() && accepts(builtIn);
    if (may && builtIn.isMade()) {
      draft.forget(builtIn.handle());
      draft.put(name, builtIn.withHandle(0));
    }
    return may;
  }

  private static boolean accepts(Chain builtIn) {
    return builtIn.policy().equals(Optional.of(Policy.ACCEPT));
  }

  /**
   * A chain that something leads to, or that has rules, stays (kernel nf_tables_delchain: EBUSY), as does a built-in one that
   * drops.
   */
  void delete(TableName name, Chain chain) throws Complaint {
    if (chain.policy().isPresent() && !accepts(chain)) {
      throw Complaint.result("Directory not empty.");
    }
    if (chain.policy().isPresent() && retire(name, chain)) {
      return;
    }
    if (draft.jumps(name, chain.name()) > 0 || !chain.rules().isEmpty()) {
      throw Complaint.kernel("CHAIN_DEL failed (Device or resource busy): chain " + chain.name());
    }
    draft.forget(chain.handle());
    draft.put(draft.table(name).without(chain.name()));
  }

  void rename(TableName name, Chain chain, String fresh) throws Complaint {
    if (!chain.isMade()) {
      throw RuleEditor.noChain();
    }
    if (chain.policy().isPresent()) {
      throw Complaint.unsupported("-E " + chain.name());
    }
    RuleTable renamed = draft.table(name).without(chain.name()).with(chain.withName(fresh));
    for (Chain other : renamed.listed()) {
      renamed = renamed.with(other.withRules(
          other.rules().stream().map(r -> r.withTarget(renamed(r.target(), chain.name(), fresh))).toList()));
    }
    draft.put(renamed);
  }

  private static Target renamed(Target target, String old, String fresh) {
    return switch (target) {
      case Target.Jump(String to) when to.equals(old) -> new Target.Jump(fresh);
      case Target.Goto(String to) when to.equals(old) -> new Target.Goto(fresh);
      default -> target;
    };
  }

  void policy(TableName name, String chain, String word) throws Complaint {
    if (Hook.named(chain).filter(name.hooks()::contains).isEmpty()) {
      throw Complaint.result("Bad built-in chain name.");
    }
    Optional<Policy> policy = switch (word) {
      case "ACCEPT" -> Optional.of(Policy.ACCEPT);
      case "DROP" -> Optional.of(Policy.DROP);
      default -> Optional.empty();
    };
    draft.make(name, chain);
    Chain builtIn = draft.chain(name, chain).orElseThrow();
    draft.put(name, builtIn.withPolicy(
        policy.orElseThrow(() -> Complaint.result("Bad policy name. Run `dmesg' for more information."))));
  }
}
