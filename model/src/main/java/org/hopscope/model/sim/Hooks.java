package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Netns;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.nft.NftTable;

/**
 * What is asked at a hook of a namespace for packets of one family, in the order of priorities (kernel
 * net/netfilter/core.c nf_hook_entries_grow). Tables of iptables and chains of nftables stand in one row; of two with the
 * same priority the later one comes first.
 */
final class Hooks {
  private static final int DEFRAGMENT = -400;
  private static final int TRACK = -200;
  private static final int DESTINATION_NAT = -100;
  private static final int SOURCE_NAT = 100;

  private Hooks() {
  }

  /** Who is asked. */
  sealed interface Stage {
    /** Whether a mark that it changes at OUTPUT makes the way be looked for anew. */
    default boolean reroutes() {
      return switch (this) {
        case Table(RuleTable table) -> table.name() == TableName.MANGLE;
        case Chain(NftTable _, NftChain chain) ->
            chain.base().filter(b -> b.type() == NftChain.Type.ROUTE).isPresent();
        case Defragment _,Track _,Confirm _,Translate _,Balance _,BalanceReplies _,BalanceErrors _ -> false;
      };
    }

    /** Pieces are put together. */
    record Defragment() implements Stage {
    }

    /** The packet's connection is looked for. */
    record Track() implements Stage {
    }

    /** A new connection is written down. */
    record Confirm() implements Stage {
    }

    /** IPVS sends what is for a virtual service to a real server (kernel ip_vs_in_hook). */
    record Balance() implements Stage {
    }

    /** IPVS lets answers come from the virtual address (kernel ip_vs_out_hook). */
    record BalanceReplies() implements Stage {
    }

    /** IPVS passes errors on to real servers (kernel ip_vs_forward_icmp). */
    record BalanceErrors() implements Stage {
    }

    /** A table of iptables. */
    record Table(RuleTable table) implements Stage {
    }

    /** A base chain of nftables. */
    record Chain(NftTable table, NftChain chain) implements Stage {
    }

    /** Translation: the tables and chains that are asked for the first packet of a connection. */
    record Translate(List<Stage> lookups) implements Stage {
      public Translate {
        lookups = List.copyOf(lookups);
      }
    }
  }

  private record Placed(int priority, int registered, Stage stage) {
  }

  private static final Comparator<Placed> ORDER =
      Comparator.comparingInt(Placed::priority).thenComparing(Placed::registered, Comparator.reverseOrder());

  static List<Stage> of(Netns netns, IpFamily family, Hook hook) {
    List<Placed> all = new ArrayList<>();
    List<Placed> nat = new ArrayList<>();
    boolean translates = false;
    for (RuleTable table : netns.rulesets().of(family).tables().values()) {
      Optional<org.hopscope.model.netfilter.Chain> chain = table.chain(hook.name());
      translates |= table.name() == TableName.NAT && table.isHooked();
      chain.ifPresent(c -> (table.name() == TableName.NAT ? nat : all)
          .add(new Placed(table.name().priority(hook), c.handle(), new Stage.Table(table))));
    }
    for (NftTable table : netns.nft().tables()) {
      if (table.about().dormant() || !table.key().family().sees(family)) {
        continue;
      }
      for (NftChain chain : table.chains()) {
        boolean isNat = chain.base().filter(b -> b.type() == NftChain.Type.NAT).isPresent();
        translates |= isNat;
        chain.base().filter(b -> b.hook() == hook).ifPresent(b -> (isNat ? nat : all)
            .add(new Placed(b.priority(), chain.place().id(), new Stage.Chain(table, chain))));
      }
    }
    boolean tracks = netns.rulesets().of(family).needsTracking() || netns.nft().needsTracking(family);
    boolean begins = hook == Hook.PREROUTING || hook == Hook.OUTPUT;
    if (tracks && begins) {
      all.add(new Placed(TRACK, 0, new Stage.Track()));
    }
    if (tracks && hook == Hook.PREROUTING) {
      all.add(new Placed(DEFRAGMENT, 0, new Stage.Defragment()));
    }
    if (translates && hook != Hook.FORWARD) {
      nat.sort(ORDER);
      all.add(new Placed(begins ? DESTINATION_NAT : SOURCE_NAT, 0,
          new Stage.Translate(nat.stream().map(Placed::stage).toList())));
    }
    if (netns.ipvs().sees(family)) {
      all.addAll(balancing(hook));
    }
    if (hook == Hook.INPUT || hook == Hook.POSTROUTING) {
      all.add(new Placed(Integer.MAX_VALUE, 0, new Stage.Confirm()));
    }
    all.sort(ORDER);
    return all.stream().map(Placed::stage).toList();
  }

  /** Kernel ip_vs_ops4, ip_vs_ops6. */
  private static List<Placed> balancing(Hook hook) {
    Stage replies = new Stage.BalanceReplies();
    Stage requests = new Stage.Balance();
    return switch (hook) {
      case INPUT -> List.of(new Placed(SOURCE_NAT - 2, 0, replies), new Placed(SOURCE_NAT - 1, 0, requests));
      case OUTPUT ->
          List.of(new Placed(DESTINATION_NAT + 1, 0, replies), new Placed(DESTINATION_NAT + 2, 0, requests));
      case FORWARD -> List.of(new Placed(SOURCE_NAT - 1, 0, new Stage.BalanceErrors()),
          new Placed(SOURCE_NAT, 0, replies));
      case PREROUTING, POSTROUTING -> List.of();
    };
  }
}
