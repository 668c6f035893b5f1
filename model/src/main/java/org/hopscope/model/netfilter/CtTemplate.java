package org.hopscope.model.netfilter;

import java.util.List;

/**
 * What the target {@code CT} lays down for connections that are still to begin (libxt_CT, kernel net/netfilter/xt_CT.c).
 * The model tells of no events by itself, so which are told changes nothing but the rule.
 *
 * @param helper the name of the helper that listens to the connection; empty for none. Nothing of a lab speaks so that it would act
 * @param timeout the name of a policy of times, of which a lab has none; empty for none
 * @param notrack whether the packet is not tracked after all
 * @param zone the zone's number, 0 for the usual one
 * @param scope which packets of a connection are in the zone
 * @param byMark whether the packet's mark is the number ({@code mark})
 * @param events which events of connections are told; empty for all
 * @param expected which events of expected connections are told
 */
public record CtTemplate(String helper, String timeout, boolean notrack, int zone, Scope scope, boolean byMark,
    List<String> events, List<String> expected) {
  public CtTemplate {
    events = List.copyOf(events);
    expected = List.copyOf(expected);
  }

  /** Which packets of a connection are in the zone. */
  public enum Scope {
    BOTH("zone"), ORIGINAL("zone-orig"), REPLY("zone-reply");

    private final String word;

    Scope(String word) {
      this.word = word;
    }

    /** As rules say it. */
    public String word() {
      return word;
    }
  }

  /** The zone of a packet that wears a mark. */
  public CtZone of(int mark) {
    int number = byMark ? mark & 0xffff : zone;
    return switch (scope) {
      case BOTH -> new CtZone(number, number, helper);
      case ORIGINAL -> new CtZone(number, 0, helper);
      case REPLY -> new CtZone(0, number, helper);
    };
  }
}
