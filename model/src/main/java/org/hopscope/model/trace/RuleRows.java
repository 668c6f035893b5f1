package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.lab.AddressTypes;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.NetfilterEdits;
import org.hopscope.model.lab.WayOut;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.AddressType;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Failing;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.PacketView;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.Surroundings;
import org.hopscope.model.netfilter.Walk;
import org.pcollections.PSortedMap;

/** The rules that a packet met on its walk through a table, and for those it did not pass, what failed first. */
final class RuleRows {
  /** So many rules of a chain are shown; those that were passed always. */
  private static final int SHOWN = 200;

  private RuleRows() {
  }

  static List<Considered> of(Lookup.RuleWalk lookup, LabState at) {
    return rows(lookup, at, false);
  }

  /** The same with the rules behind the one that decided, and the policy. */
  static List<Considered> choices(Lookup.RuleWalk lookup, LabState at) {
    return rows(lookup, at, true);
  }

  private static List<Considered> rows(Lookup.RuleWalk lookup, LabState at, boolean all) {
    List<Considered> rows = new ArrayList<>();
    Surroundings around = around(at, lookup.netns());
    Set<Integer> passed = new HashSet<>();
    lookup.walk().hits().forEach(h -> passed.add(h.rule().handle()));
    Optional<Walk.Hit> last = lookup.walk().hits().reversed().stream().findFirst();
    for (Chain chain : visited(lookup)) {
      int shown = 0;
      boolean decided = false;
      for (int i = 0; i < chain.rules().size(); i++) {
        Rule rule = chain.rules().get(i);
        boolean hit = !decided && passed.contains(rule.handle());
        if (!hit && shown++ >= SHOWN) {
          continue;
        }
        boolean won =
            hit && !lookup.walk().byPolicy() && last.filter(h -> h.rule().handle() == rule.handle()).isPresent();
        rows.add(new Considered(chain.name() + " " + (i + 1) + ": " + SaveText.of(rule), won,
            decided ? Sentences.say("filterrule.behind")
                : hit ? Sentences.say(won ? "filterrule.win" : "filterrule.pass") : whyNot(rule, lookup, around, at),
            Optional.of(new RowRef.FilterRow(lookup.netns(), rule.handle()))));
        decided |= won;
        if (decided && !all) {
          break;
        }
      }
    }
    if (all || lookup.walk().byPolicy()) {
      Chain start = lookup.table().chain(lookup.view().path().hook().name()).orElseThrow();
      rows.add(
          new Considered(start.name() + " " + start.policy().orElseThrow(), lookup.walk().byPolicy(),
              Sentences.say(lookup.walk().byPolicy() ? "filterrule.policy" : "filterrule.decided"),
              Optional.of(new RowRef.FilterRow(lookup.netns(), start.handle()))));
    }
    return rows;
  }

  /** The chains that were entered, each once, in the order of the first visit. */
  private static List<Chain> visited(Lookup.RuleWalk lookup) {
    List<String> names = new ArrayList<>(List.of(lookup.view().path().hook().name()));
    for (Walk.Hit hit : lookup.walk().hits()) {
      Failing.leads(hit.rule()).filter(n -> !names.contains(n)).ifPresent(names::add);
    }
    return names.stream().flatMap(n -> lookup.table().chain(n).stream()).toList();
  }

  private static String whyNot(Rule rule, Lookup.RuleWalk lookup, Surroundings around, LabState at) {
    return Failing.first(rule, lookup.view(), around, at.learned().netfilter(lookup.netns()))
        .map(what -> Sentences.say("filterrule.lose", what instanceof Failing.Part.OfMatch(var match)
            ? SaveText.of(match)
            : ((Failing.Part.OfIp) what).option()))
        .orElseGet(() -> Sentences.say("filterrule.behind"));
  }

  static Surroundings around(LabState at, NetnsId netns) {
    return new Surroundings() {
      /** Who had a socket then is not remembered. */
      @Override
      public Optional<Socket> socket(PacketView view) {
        return Optional.empty();
      }

      @Override
      public AddressType typeOf(IpAddress address, Optional<String> device) {
        return AddressTypes.of(at, netns, address, device);
      }

      @Override
      public Optional<Integer> wayOut(IpAddress to, Optional<String> only) {
        return WayOut.of(at, netns, to, only);
      }

      @Override
      public boolean leadsBack(Back question) {
        return WayOut.leadsBack(at, netns, question);
      }

      @Override
      public Optional<Integer> index(String device) {
        return at.find(new DeviceRef(netns, device)).map(d -> d.place().ifindex());
      }

      @Override
      public PSortedMap<String, IpSet> sets() {
        return NetfilterEdits.sets(at, netns);
      }

      @Override
      public long now() {
        return at.now().nanos();
      }

      @Override
      public long seed() {
        return at.basis().seed();
      }
    };
  }
}
