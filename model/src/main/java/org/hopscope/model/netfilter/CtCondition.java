package org.hopscope.model.netfilter;

import java.util.Set;
import org.hopscope.model.addr.IpAddress;

/** One condition of {@code -m conntrack} (kernel net/netfilter/xt_conntrack.c). */
public sealed interface CtCondition {
  /** Whether it must not hold. */
  boolean inverted();

  /**
   * {@code --ctstate}.
   *
   * @param translated {@code SNAT} and {@code DNAT}: holds too when one of these sides is translated
   */
  record States(Set<CtState> states, Set<Manip> translated, boolean inverted) implements CtCondition {
    public States {
      states = Set.copyOf(states);
      translated = Set.copyOf(translated);
    }
  }

  /** {@code --ctproto}. */
  record Protocol(int number, boolean inverted) implements CtCondition {
  }

  /**
   * {@code --ctorigsrc}, {@code --ctorigdst}, {@code --ctreplsrc}, {@code --ctrepldst}.
   *
   * @param typed the address as it was said, bits outside the mask included
   */
  record Address(Direction tuple, Manip side, AddressMatch match, IpAddress typed) implements CtCondition {
    @Override
    public boolean inverted() {
      return match.inverted();
    }
  }

  /** {@code --ctorigsrcport} and its kin. */
  record Port(Direction tuple, Manip side, PortRange range, boolean inverted) implements CtCondition {
  }

  /** {@code --ctstatus}. */
  record Statuses(Set<Status> any, boolean inverted) implements CtCondition {
    public Statuses {
      any = Set.copyOf(any);
    }
  }

  /** The words of {@code --ctstatus}. */
  enum Status {
    NONE, EXPECTED, SEEN_REPLY, ASSURED, CONFIRMED
  }

  /** {@code --ctexpire}: seconds that are left. */
  record Expire(long least, long most, boolean inverted) implements CtCondition {
  }

  /** {@code --ctdir}. */
  record Way(Direction direction) implements CtCondition {
    @Override
    public boolean inverted() {
      return false;
    }
  }
}
