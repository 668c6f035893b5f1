package org.hopscope.model.codec;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.FlowSelector;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.PolicyRules;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.pcollections.TreePVector;

/** Reads policy rules; a lab that says nothing about them has the kernel's own. */
final class RuleReader {
  private static final int HIGHEST_TYPE = 255;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,10})-(\\d{1,10})");

  private RuleReader() {
  }

  static PolicyRules read(Fields fields, String name, IpFamily family) throws MalformedException {
    return fields.has(name)
        ? new PolicyRules(TreePVector.from(fields.list(name, RuleReader::rule)), true)
        : PolicyRules.of(family);
  }

  private static PolicyRule rule(Fields fields) throws MalformedException {
    PolicyRule.Mark mark = new PolicyRule.Mark(fields.number("mark", Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
        fields.number("mask", Integer.MIN_VALUE, Integer.MAX_VALUE, 0));
    PolicyRule.Selector selector = new PolicyRule.Selector(fields.flag("not"), network(fields, "from"),
        network(fields, "to"), fields.optionalParsed("incoming", "a device", Optional::of),
        fields.optionalParsed("outgoing", "a device", Optional::of), mark, flow(fields));
    return new PolicyRule(fields.number("priority", Integer.MIN_VALUE, Integer.MAX_VALUE), selector, action(fields),
        fields.optionalParsed("protocol", "a protocol such as static, or its number", RouteProtocol::parse)
            .orElse(RouteProtocol.UNSPEC));
  }

  private static Optional<InterfaceAddress> network(Fields fields, String name) throws MalformedException {
    return fields.optionalParsed(name, "a network such as 10.0.0.0/24", InterfaceAddress::parse);
  }

  private static FlowSelector flow(Fields fields) throws MalformedException {
    return new FlowSelector(fields.number("tos", 0, 255, 0), range(fields, "users"),
        fields.number("carries", 0, 255, 0), range(fields, "sourcePorts"), range(fields, "ports"));
  }

  private static Optional<FlowSelector.Range> range(Fields fields, String name) throws MalformedException {
    return fields.optionalParsed(name, "two numbers such as 80-90", RuleReader::range);
  }

  private static Optional<FlowSelector.Range> range(String text) {
    Matcher two = RANGE.matcher(text);
    return two.matches()
        ? Optional.of(new FlowSelector.Range((int) Long.parseLong(two.group(1)), (int) Long.parseLong(two.group(2))))
        : Optional.empty();
  }

  private static Optional<Integer> type(String text) {
    return IntStream.rangeClosed(0, HIGHEST_TYPE).boxed().filter(n -> RouteType.word(n).equals(text)).findFirst();
  }

  private static PolicyRule.Action action(Fields fields) throws MalformedException {
    if (fields.has("refuse")) {
      return new PolicyRule.Refuse(fields.parsed("refuse", "a type of route, by name or number", RuleReader::type),
          fields.number("refuseTable", Integer.MIN_VALUE, Integer.MAX_VALUE, 0));
    }
    if (fields.has("goto")) {
      return new PolicyRule.Goto(fields.number("goto", Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    return fields.has("table")
        ? new PolicyRule.ToTable(fields.parsed("table", "a table: main, local, default or a number", Words::table),
            fields.number("suppressedLength", -1, Integer.MAX_VALUE, -1))
        : new PolicyRule.Nothing();
  }
}
