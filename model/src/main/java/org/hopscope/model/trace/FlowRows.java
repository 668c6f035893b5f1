package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.ovs.Flow;
import org.hopscope.model.ovs.FlowField;
import org.hopscope.model.ovs.FlowText;
import org.hopscope.model.ovs.OpenVswitch;
import org.hopscope.model.ovs.OvsBridge;

/** The rows of a flow table of Open vSwitch in the order in which they count, and why each won or lost. */
final class FlowRows {
  private final LabState lab;

  FlowRows(LabState lab) {
    this.lab = lab;
  }

  private Optional<OvsBridge> bridge(Lookup.FlowLookup lookup) {
    return Optional.ofNullable(lab.hosts().get(lookup.netns().host())).map(h -> h.ovs()).orElse(OpenVswitch.NONE)
        .bridge(lookup.bridge());
  }

  List<Considered> consider(Lookup.FlowLookup lookup) {
    List<Considered> rows = new ArrayList<>();
    for (Flow flow : bridge(lookup).map(b -> b.table(lookup.table())).orElse(List.of())) {
      boolean won = lookup.winner().filter(flow::isSameRow).isPresent();
      rows.add(new Considered(row(flow), won, won ? Sentences.say("flow.win", flow.priority()) : why(lookup, flow),
          Optional.empty()));
    }
    if (lookup.winner().isEmpty()) {
      rows.add(new Considered(Sentences.say("flow.none"), true, Sentences.say("flow.none.why", lookup.table()),
          Optional.empty()));
    }
    return rows;
  }

  private static String row(Flow flow) {
    String match = FlowText.match(flow.match());
    return "priority=" + flow.priority() + (match.isEmpty() ? "" : "," + match) + " actions="
        + FlowText.actions(flow.actions());
  }

  private static String why(Lookup.FlowLookup lookup, Flow flow) {
    Optional<FlowField> field = flow.match().mismatch(lookup.key());
    return field.map(f -> Sentences.say("flow.lose.field", f.name().toLowerCase(Locale.ROOT)))
        .orElseGet(() -> Sentences.say("flow.lose.priority",
            lookup.winner().map(Flow::priority).orElse(flow.priority())));
  }

  /** The row that won, as {@code dump-flows} prints it. */
  static String winner(Lookup.FlowLookup lookup) {
    return lookup.winner().map(FlowRows::row).orElse("");
  }

  /** The name of the port that an address is behind. */
  String port(Lookup.MacLookup lookup) {
    return Optional.ofNullable(lab.hosts().get(lookup.netns().host()))
        .flatMap(h -> h.ovs().bridge(lookup.address().bridge())).flatMap(b -> lookup.port().flatMap(b::port))
        .map(p -> p.name()).orElse("");
  }

  Considered consider(Lookup.MacLookup lookup) {
    boolean found = lookup.port().isPresent();
    return new Considered(lookup.address().mac() + (found ? " → " + port(lookup) : ""), found,
        Sentences.say(found ? "flow.mac.win" : "flow.mac.none"), Optional.empty());
  }
}
