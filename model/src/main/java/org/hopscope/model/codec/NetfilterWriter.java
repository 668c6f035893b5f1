package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandText;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.MatchState;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.RecentList;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Rulesets;
import org.hopscope.model.netfilter.Tally;
import org.hopscope.model.netfilter.Tuple;

/** Writes the packet filter of a namespace: rules as iptables-save writes them, and what packets have left. */
final class NetfilterWriter {
  private final boolean canonical;

  NetfilterWriter(boolean canonical) {
    this.canonical = canonical;
  }

  JsonObject rules(Rulesets rulesets) {
    JsonObject object = new JsonObject();
    for (IpFamily family : IpFamily.values()) {
      JsonObject tables = new JsonObject();
      rulesets.of(family).tables().values().forEach(t -> tables.add(t.name().word(), table(t)));
      LabWriter.addUnlessEmpty(object, CommandText.program(family), tables);
    }
    LabWriter.addUnlessEmpty(object, "sets", SetCodec.write(rulesets.sets()));
    if (!canonical && !object.isEmpty() || rulesets.nextHandle() > 1 && !canonical) {
      object.addProperty("nextHandle", rulesets.nextHandle());
    }
    if (!canonical) {
      JsonObject numbers = new JsonObject();
      for (IpFamily family : IpFamily.values()) {
        JsonObject tables = new JsonObject();
        rulesets.of(family).tables().values().forEach(t -> tables.add(t.name().word(), numbers(t)));
        LabWriter.addUnlessEmpty(numbers, CommandText.program(family), tables);
      }
      LabWriter.addUnlessEmpty(object, "numbers", numbers);
    }
    return object;
  }

  private static JsonArray numbers(RuleTable table) {
    JsonArray row = new JsonArray();
    table.handles().row().forEach(row::add);
    return row;
  }

  private JsonArray table(RuleTable table) {
    JsonArray chains = new JsonArray();
    for (Chain chain : table.listed()) {
      JsonObject object = new JsonObject();
      object.addProperty("chain", chain.name());
      if (!canonical && chain.isMade()) {
        object.addProperty("handle", chain.handle());
      }
      chain.policy().ifPresent(p -> object.addProperty("policy", Words.of(p)));
      JsonArray rules = new JsonArray();
      chain.rules().forEach(r -> rules.add(rule(r)));
      LabWriter.addUnlessEmpty(object, "rules", rules);
      chains.add(object);
    }
    return chains;
  }

  private JsonObject rule(Rule rule) {
    JsonObject object = new JsonObject();
    if (!canonical) {
      object.addProperty("handle", rule.handle());
    }
    object.addProperty("rule", SaveText.of(rule));
    return object;
  }

  JsonObject state(NetfilterState state) {
    JsonObject object = new JsonObject();
    JsonObject counted = new JsonObject();
    state.tallies().forEach((handle, tally) -> counted.add(handle.toString(), tally(tally)));
    LabWriter.addUnlessEmpty(object, "counted", counted);
    JsonArray matches = new JsonArray();
    state.matches().forEach((key, value) -> matches.add(match(key, value)));
    LabWriter.addUnlessEmpty(object, "matches", matches);
    JsonObject lists = new JsonObject();
    state.recent().forEach((name, list) -> lists.add(name, recent(list)));
    LabWriter.addUnlessEmpty(object, "recent", lists);
    JsonObject remembered = new JsonObject();
    state.memories().forEach((set, keys) -> remembered.add(set.toString(), memory(keys)));
    LabWriter.addUnlessEmpty(object, "remembered", remembered);
    LabWriter.addUnlessEmpty(object, "sets", SetCodec.write(state.sets()));
    JsonArray connections = new JsonArray();
    state.conntrack().connections().values().forEach(c -> connections.add(connection(c)));
    LabWriter.addUnlessEmpty(object, "connections", connections);
    LabWriter.addUnlessEmpty(object, "ipvs", IpvsCodec.memory(state.ipvs()));
    return object;
  }

  private static JsonObject memory(Map<String, Long> keys) {
    JsonObject object = new JsonObject();
    keys.forEach(object::addProperty);
    return object;
  }

  private static JsonArray tally(Tally tally) {
    JsonArray pair = new JsonArray();
    pair.add(tally.packets());
    pair.add(tally.bytes());
    return pair;
  }

  private static JsonObject match(MatchState.Key key, MatchState state) {
    JsonObject object = new JsonObject();
    object.addProperty("rule", key.rule());
    object.addProperty("match", key.index());
    switch (state) {
      case MatchState.Asked(long packets) -> object.addProperty("asked", packets);
      case MatchState.Left(long bytes) -> object.addProperty("left", bytes);
      case MatchState.Buckets(var byKey) -> {
        JsonArray buckets = new JsonArray();
        byKey.forEach((name, purse) -> {
          JsonObject row = new JsonObject();
          row.addProperty("key", name);
          row.addProperty("tokens", purse.tokens());
          row.addProperty("at", purse.at());
          if (purse.spare() != 0) {
            row.addProperty("spare", purse.spare());
          }
          if (purse.seen() != purse.at()) {
            row.addProperty("seen", purse.seen());
          }
          buckets.add(row);
        });
        object.add("buckets", buckets);
      }
      case MatchState.Flows(var byNetwork) -> {
        JsonArray flows = new JsonArray();
        byNetwork.forEach((network, tuples) -> {
          JsonObject row = new JsonObject();
          row.addProperty("network", network);
          JsonArray all = new JsonArray();
          tuples.forEach(t -> all.add(tuple(t)));
          row.add("tuples", all);
          flows.add(row);
        });
        object.add("flows", flows);
      }
      case MatchState.Bucket(long tokens, long at) -> {
        object.addProperty("tokens", tokens);
        object.addProperty("at", at);
      }
    }
    return object;
  }

  private static JsonArray recent(RecentList list) {
    JsonArray rows = new JsonArray();
    list.rows().forEach((address, seen) -> {
      JsonObject row = new JsonObject();
      row.addProperty("address", address.toString());
      row.addProperty("ttl", seen.ttl());
      JsonArray stamps = new JsonArray();
      seen.stamps().forEach(stamps::add);
      row.add("seen", stamps);
      rows.add(row);
    });
    return rows;
  }

  private static JsonObject connection(Connection connection) {
    JsonObject object = new JsonObject();
    object.add("original", tuple(connection.original()));
    object.add("reply", tuple(connection.reply()));
    JsonArray flags = new JsonArray();
    Connection.Flags set = connection.flags();
    add(flags, set.seenReply(), "replied");
    add(flags, set.assured(), "assured");
    add(flags, set.sourceNat(), "source-nat");
    add(flags, set.destinationNat(), "destination-nat");
    add(flags, set.sourceDone(), "source-done");
    add(flags, set.destinationDone(), "destination-done");
    LabWriter.addUnlessEmpty(object, "flags", flags);
    if (set.masquerade() != 0) {
      object.addProperty("masqueradedBy", set.masquerade());
    }
    object.addProperty("tcp", connection.tcp().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    object.addProperty("mark", Integer.toUnsignedLong(connection.mark()));
    object.addProperty("created", connection.times().created());
    object.addProperty("expires", connection.times().expires());
    if (!connection.helper().isEmpty()) {
      object.addProperty("helper", connection.helper());
    }
    connection.extras().counted().ifPresent(c -> {
      object.add("carried", tally(c.original()));
      object.add("answered", tally(c.reply()));
    });
    JsonArray labels = new JsonArray();
    connection.extras().labels().stream().sorted().forEach(labels::add);
    LabWriter.addUnlessEmpty(object, "labels", labels);
    return object;
  }

  private static void add(JsonArray words, boolean set, String word) {
    if (set) {
      words.add(word);
    }
  }

  private static JsonObject tuple(Tuple tuple) {
    JsonObject object = new JsonObject();
    object.addProperty("protocol", tuple.protocol());
    object.addProperty("source", tuple.source().toString());
    object.addProperty("destination", tuple.destination().toString());
    object.addProperty("sourcePort", tuple.sourcePort());
    object.addProperty("destinationPort", tuple.destinationPort());
    if (tuple.zone() != 0) {
      object.addProperty("zone", tuple.zone());
    }
    return object;
  }
}
