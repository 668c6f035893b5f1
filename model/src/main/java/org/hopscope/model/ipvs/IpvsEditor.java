package org.hopscope.model.ipvs;

import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.pcollections.PVector;

/** Carries out what {@code ipvsadm} changes, as the kernel does (net/netfilter/ipvs/ip_vs_ctl.c). */
public final class IpvsEditor {
  private IpvsEditor() {
  }

  /**
   * The IPVS of a namespace.
   *
   * @param rules what was configured
   * @param memory what packets have left
   */
  public record State(Ipvs rules, IpvsMemory memory) {
    private State with(VirtualService service) {
      return new State(rules.with(service), memory);
    }

    private State with(ServiceKey key, ServiceMemory value) {
      return new State(rules, memory.with(key, value));
    }
  }

  /**
   * The state after a command.
   *
   * @param unicast whether an address can be a real server's: one of the own or of somebody else's, no group or broadcast
   */
  public static State apply(State before, IpvsCommand command, Predicate<IpAddress> unicast) throws IpvsComplaint {
    return switch (command.order()) {
      case ADD_SERVICE -> add(before, command);
      case EDIT_SERVICE -> edit(before, command, service(before, command, "No such service"));
      case DELETE_SERVICE -> {
        ServiceKey key = service(before, command, "No such service").key();
        yield new State(before.rules().without(key), before.memory().without(key));
      }
      case CLEAR -> new State(Ipvs.NONE.withTimeouts(before.rules().timeouts()),
          new IpvsMemory(before.memory().connections(), before.memory().answers(), IpvsMemory.EMPTY.services()));
      case ZERO -> command.service().isPresent()
          ? zero(before, service(before, command, "No such service").key())
          : before.rules().services().keySet().stream().reduce(before, IpvsEditor::zero, (_, last) -> last);
      case SET -> set(before, command.timeouts());
      case ADD_SERVER, EDIT_SERVER, DELETE_SERVER ->
          server(before, command, service(before, command, "Service not defined"), unicast);
      case LIST, RESTORE, SAVE, HELP, VERSION -> before;
    };
  }

  private static VirtualService service(State before, IpvsCommand command, String complaint) throws IpvsComplaint {
    return command.service().flatMap(before.rules()::service).orElseThrow(() -> IpvsComplaint.refused(complaint));
  }

  private static VirtualService settings(IpvsCommand command) throws IpvsComplaint {
    return command.settings()
        .orElseThrow(() -> IpvsComplaint.refused("Scheduler or persistence engine not found"));
  }

  private static State add(State before, IpvsCommand command) throws IpvsComplaint {
    if (command.service().flatMap(before.rules()::service).isPresent()) {
      throw IpvsComplaint.refused("Service already exists");
    }
    VirtualService made = settings(command);
    return before.with(made).with(made.key(), Scheduling.begun(made, ServiceMemory.EMPTY));
  }

  private static State edit(State before, IpvsCommand command, VirtualService old) throws IpvsComplaint {
    VirtualService changed = settings(command).withServers(old.servers());
    ServiceMemory memory = before.memory().of(old.key());
    return before.with(changed)
        .with(old.key(), changed.scheduler() == old.scheduler() ? memory : Scheduling.begun(changed, memory));
  }

  private static State zero(State before, ServiceKey key) {
    return before.with(key, before.memory().of(key).zeroed());
  }

  private static State set(State before, Ipvs.Timeouts wish) {
    Ipvs.Timeouts old = before.rules().timeouts();
    return new State(before.rules().withTimeouts(new Ipvs.Timeouts(wish.tcp() == 0 ? old.tcp() : wish.tcp(),
        wish.tcpFin() == 0 ? old.tcpFin() : wish.tcpFin(), wish.udp() == 0 ? old.udp() : wish.udp())),
        before.memory());
  }

  private static State server(State before, IpvsCommand command, VirtualService service,
      Predicate<IpAddress> unicast) throws IpvsComplaint {
    RealServer wish = command.server().orElseThrow();
    if (wish.thresholds().lower() > wish.thresholds().upper()) {
      throw IpvsComplaint.refused("Numerical result out of range");
    }
    Optional<RealServer> old = service.server(wish.key());
    boolean adds = command.order() == IpvsCommand.Order.ADD_SERVER;
    if (adds && old.isPresent()) {
      throw IpvsComplaint.refused("Destination already exists");
    }
    if (adds && !unicast.test(wish.key().address())) {
      throw IpvsComplaint
          .refused("Invalid operation.  Possibly wrong module version, address not unicast, ...");
    }
    if (!adds && old.isEmpty()) {
      throw IpvsComplaint.refused("No such destination");
    }
    PVector<RealServer> servers = service.servers();
    boolean edits = command.order() == IpvsCommand.Order.EDIT_SERVER;
    PVector<RealServer> changed = old.map(o -> edits ? servers.with(servers.indexOf(o), wish) : servers.minus(o))
        .orElseGet(() -> servers.plus(0, wish));
    VirtualService after = service.withServers(changed);
    ServiceMemory memory = Scheduling.listChanged(service, after, before.memory().of(after.key()));
    boolean eases = old.isPresent() && (!edits || wish.thresholds().upper() == 0
        || wish.thresholds().upper() > old.get().thresholds().upper());
    return before.with(after).with(after.key(), eases ? memory.withFull(wish.key(), false) : memory);
  }
}
