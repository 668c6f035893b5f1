package org.hopscope.lessons.check;

/**
 * How deep a demand lies. What lies deeper is looked at first: an address cannot be right on a device that does not
 * exist, and a ping cannot arrive over a device that is down.
 */
public enum Band {
  /** Is the thing there at all? */
  EXISTENCE,
  /** Is it joined to the right other thing, and switched on? */
  WIRING,
  /** Does it have the right addresses, routes and settings? */
  ADDRESSES,
  /** Does traffic arrive, and only where it should? */
  REACHABILITY,
  /** Is it done in the way that was asked for, and has the learner said and seen what was asked for? */
  POLICY
}
