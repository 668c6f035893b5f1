package org.hopscope.lessons.check;

import java.util.Optional;

/**
 * What a check found in a lab.
 *
 * @param band how deep what was found lies: for a failing reachability check the band of its cause
 * @param holds whether the check holds
 * @param demand the check in words
 * @param tried what was tried, when something was sent: such as {@code ping netns1 → 10.1.1.2}
 * @param seen what was seen: for a failure its cause, such as {@code veth2 in netns2 is down}
 * @param about the thing to look at, when the cause is one thing
 */
public record Finding(Band band, boolean holds, String demand, Optional<String> tried, String seen,
    Optional<ThingName> about) {
  Finding withDemand(String value) {
    return new Finding(band, holds, value, tried, seen, about);
  }
}
