package org.hopscope.model.ipvs;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One command of {@code ipvsadm}.
 *
 * @param order what to do
 * @param service the service it is about
 * @param settings what a service is given; empty where the kernel has no such scheduler
 * @param server the server it is about
 * @param shown how to list
 * @param timeouts what {@code --set} sets; 0 leaves a time as it is
 */
public record IpvsCommand(Order order, Optional<ServiceKey> service, Optional<VirtualService> settings,
    Optional<RealServer> server, Set<Shown> shown, Ipvs.Timeouts timeouts) {
  public IpvsCommand {
    shown = Set.copyOf(shown);
  }

  /** What to do. */
  public enum Order {
    ADD_SERVICE, EDIT_SERVICE, DELETE_SERVICE, CLEAR, LIST, ADD_SERVER, DELETE_SERVER, EDIT_SERVER, SET, RESTORE, SAVE,
    ZERO, HELP, VERSION;

    /** Whether it can change anything. */
    public boolean changes() {
      return switch (this) {
        case ADD_SERVICE, EDIT_SERVICE, DELETE_SERVICE, CLEAR, ADD_SERVER, DELETE_SERVER, EDIT_SERVER, SET, ZERO ->
            true;
        case LIST, RESTORE, SAVE, HELP, VERSION -> false;
      };
    }
  }

  /** How to list. */
  public enum Shown {
    NUMERIC, CONNECTIONS, STATS, RATE, EXACT, THRESHOLDS, PERSISTENT, UNSORTED, TIMEOUT, DAEMON, TUNNELS;

    static Set<Shown> none() {
      return EnumSet.noneOf(Shown.class);
    }
  }
}
