package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.hopscope.model.net.FlowSelector;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.PolicyRules;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;

/** Writes policy rules. */
final class RuleWriter {
  private RuleWriter() {
  }

  /** Rules that nobody ever changed are left out. */
  static void add(JsonObject object, String name, PolicyRules rules) {
    if (rules.custom()) {
      JsonArray rows = new JsonArray();
      rules.rows().forEach(r -> rows.add(rule(r)));
      object.add(name, rows);
    }
  }

  private static void flow(JsonObject object, FlowSelector flow) {
    if (flow.tos() != 0) {
      object.addProperty("tos", flow.tos());
    }
    flow.users().ifPresent(u -> object.addProperty("users", u.pair()));
    if (flow.protocol() != 0) {
      object.addProperty("carries", flow.protocol());
    }
    flow.sourcePorts().ifPresent(p -> object.addProperty("sourcePorts", p.pair()));
    flow.ports().ifPresent(p -> object.addProperty("ports", p.pair()));
  }

  private static JsonObject rule(PolicyRule rule) {
    JsonObject object = new JsonObject();
    object.addProperty("priority", rule.priority());
    PolicyRule.Selector selector = rule.selector();
    if (selector.inverted()) {
      object.addProperty("not", true);
    }
    selector.from().ifPresent(n -> object.addProperty("from", n.toString()));
    selector.to().ifPresent(n -> object.addProperty("to", n.toString()));
    selector.incoming().ifPresent(n -> object.addProperty("incoming", n));
    selector.outgoing().ifPresent(n -> object.addProperty("outgoing", n));
    if (!selector.mark().equals(PolicyRule.Mark.ANY)) {
      object.addProperty("mark", selector.mark().value());
      object.addProperty("mask", selector.mark().mask());
    }
    flow(object, selector.flow());
    switch (rule.action()) {
      case PolicyRule.ToTable(int table, int suppressed) -> {
        object.addProperty("table", Words.table(table));
        if (suppressed >= 0) {
          object.addProperty("suppressedLength", suppressed);
        }
      }
      case PolicyRule.Refuse(int type, int table) -> {
        object.addProperty("refuse", RouteType.word(type));
        if (table != 0) {
          object.addProperty("refuseTable", table);
        }
      }
      case PolicyRule.Goto(int priority) -> object.addProperty("goto", priority);
      case PolicyRule.Nothing _ -> {
      }
    }
    if (!rule.protocol().equals(RouteProtocol.UNSPEC)) {
      object.addProperty("protocol", rule.protocol().word());
    }
    return object;
  }
}
