package org.hopscope.app.desktop.frame;

import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Step;

/** Which steps of a trace screens stop at, and what they are stopped in. */
final class Steps {
  private Steps() {
  }

  static void moreRoutes(Studio s) {
    s.lesson("D2");
    s.type("ip route add 10.244.2.0/24 via 192.168.50.2; ip route add 10.244.0.0/16 dev eth0; "
        + "ip route add default via 192.168.50.2");
  }

  static java.util.function.Predicate<Step> rewrites(Event.Rewriting why) {
    return step -> step.event() instanceof Event.Rewritten(var _, Event.Rewriting how) && how == why;
  }

  static java.util.function.Predicate<Step> died() {
    return step -> step.event() instanceof Event.Ended(Fate.Died(DropReason _));
  }
}
