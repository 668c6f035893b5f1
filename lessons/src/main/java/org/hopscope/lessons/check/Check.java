package org.hopscope.lessons.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.Links.OperState;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Transport;

/**
 * A demand on a lab, or on what a learner has said and seen. The set is closed. {@link Judge} decides whether one
 * holds and {@link Words} says it in a sentence. Demands are goals, never whole states: what else is there never makes
 * one fail.
 */
public sealed interface Check {
  /**
   * The probe is answered.
   *
   * @param probe what is sent
   * @param answeredBy the label of the server that must answer, for a probe with a port
   * @param sourceSeen the client address that the server must see
   * @param way the way it must take
   */
  record Reach(ProbeSpec probe, Optional<String> answeredBy, Optional<IpAddress> sourceSeen, Way way)
      implements Check {
    /** Whatever way it takes. */
    public Reach(ProbeSpec probe, Optional<String> answeredBy, Optional<IpAddress> sourceSeen) {
      this(probe, answeredBy, sourceSeen, Way.ANY);
    }
  }

  /**
   * What must happen on a probe's way, and what must not.
   *
   * @param marks what must happen
   * @param without what must not
   * @param through the namespaces it must come through, in any order
   */
  record Way(Set<Observation.Mark> marks, Set<Observation.Mark> without, List<Place> through) {
    /** Any way will do. */
    public static final Way ANY = new Way(Set.of(), Set.of(), List.of());

    public Way {
      marks = Set.copyOf(marks);
      without = Set.copyOf(without);
      through = List.copyOf(through);
    }
  }

  /**
   * The probe can be sent and is not answered.
   *
   * @param probe what is sent
   * @param because the ways in which it may end; any but an answer when empty
   * @param way the way it must take until then
   */
  record NoReach(ProbeSpec probe, Set<ProbeOutcome> because, Way way) implements Check {
    public NoReach {
      because = Set.copyOf(because);
    }

    /** Whatever way it takes. */
    public NoReach(ProbeSpec probe, Set<ProbeOutcome> because) {
      this(probe, because, Way.ANY);
    }
  }

  /**
   * Many calls are all answered, by each of some servers and by no other.
   *
   * @param probe what is sent, again and again from new ports
   * @param among the labels of the servers; a pod's is its name
   * @param sourceSeen the client address that all of them must see
   */
  record SharedAmong(ProbeSpec probe, List<String> among, Optional<IpAddress> sourceSeen) implements Check {
    public SharedAmong {
      among = List.copyOf(among);
    }
  }

  /** The namespace exists. */
  record NetnsExists(Place place) implements Check {
  }

  /** The device exists, and is as wished. */
  record DeviceIs(ThingName.OfDevice device, DeviceWish wish) implements Check {
  }

  /**
   * What can be wished of a device; empty where it does not matter.
   *
   * @param up whether it is switched on
   * @param state the operational state that {@code ip link} prints
   * @param kind the word for its kind: {@code veth}, {@code bridge}, {@code loopback}, {@code nic}
   * @param mtu its MTU in bytes
   * @param peer the namespace where the other end of its cable is
   * @param master the bridge or bond it is a part of
   */
  record DeviceWish(Optional<Boolean> up, Optional<OperState> state, Optional<String> kind, Optional<Integer> mtu,
      Optional<Place> peer, Optional<String> master) {
    /** Only that it is there. */
    public static final DeviceWish THERE = new DeviceWish(Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A veth pair or a cable joins two namespaces; whatever its ends are called. */
  record Joined(Place one, Place other) implements Check {
  }

  /**
   * A namespace has an address.
   *
   * @param in the namespace
   * @param device the device that must have it; any when empty
   * @param address the address with its length
   */
  record HasAddress(Place in, Optional<String> device, InterfaceAddress address) implements Check {
  }

  /**
   * A namespace's main routing table has a row.
   *
   * @param in the namespace
   * @param to the destination
   * @param via the gateway it must have; any or none when empty
   * @param device the device it must leave by; any when empty
   * @param linkdown whether its device must be without carrier, as {@code linkdown} says behind the row
   */
  record HasRoute(Place in, IpPrefix to, Optional<IpAddress> via, Optional<String> device, Optional<Boolean> linkdown)
      implements Check {
  }

  /**
   * A namespace's neighbour table has a row.
   *
   * @param in the namespace
   * @param address whom it is about
   * @param state the state it must be in; any in which its address can be used when empty
   */
  record HasNeighbour(Place in, IpAddress address, Optional<Neighbour.State> state) implements Check {
  }

  /**
   * A bridge has learned where a device is, and has not forgotten it yet.
   *
   * @param bridge the bridge
   * @param station the device whose hardware address it must know
   * @param port the port it must be behind; any when empty
   */
  record HasLearned(ThingName.OfDevice bridge, ThingName.OfDevice station, Optional<String> port) implements Check {
  }

  /** A namespace's kernel setting has a value. */
  record SysctlIs(Place in, String key, String value) implements Check {
  }

  /**
   * A program listens.
   *
   * @param in the namespace
   * @param port the port
   * @param transport the protocol
   * @param on the one address it must listen on; {@code 0.0.0.0} for all of them; any when empty
   */
  record Listens(Place in, PortNumber port, Transport transport, Optional<IpAddress> on) implements Check {
  }

  /**
   * So many of something.
   *
   * @param of what is counted
   * @param in where it is counted
   * @param atLeast the smallest number that will do, from 0
   * @param atMost the greatest one, if there is one
   */
  record Count(Counted of, ThingName in, int atLeast, Optional<Integer> atMost) implements Check {
  }

  /** What can be counted, and where. */
  enum Counted {
    /** Namespaces of a host, the root namespace left out. */
    NAMESPACES,
    /** Devices of a namespace, lo included. */
    DEVICES,
    /** Rows of a namespace's main routing table. */
    ROUTES,
    /** Rows of a namespace's neighbour table whose address can be used. */
    NEIGHBOURS,
    /** Ports of a bridge. */
    PORTS,
    /** Rows that a bridge has learned and not forgotten. */
    LEARNED,
    /** Rows of a namespace's connection table that have not timed out. */
    CONNECTIONS
  }

  /**
   * A command shows a line. The command only reads: what it would change is thrown away.
   *
   * @param in the namespace at whose prompt it is typed
   * @param command the command
   * @param words what one line of its output must have, in any order: words, or words in a row with one blank between them
   * @param atLeast how many such lines there must be, from 1
   */
  record Shows(Place in, String command, List<String> words, int atLeast) implements Check {
    public Shows {
      words = List.copyOf(words);
    }
  }

  /**
   * It holds when some time has gone by in which nobody did anything.
   *
   * @param seconds how much, from 1 to a day
   */
  record After(int seconds, Check check) implements Check {
  }

  /** At least one of them holds. */
  record AnyOf(List<Check> checks) implements Check {
    public AnyOf {
      checks = List.copyOf(checks);
    }
  }

  /** All of them hold. */
  record AllOf(List<Check> checks) implements Check {
    public AllOf {
      checks = List.copyOf(checks);
    }
  }

  /** It does not hold. */
  record Not(Check check) implements Check {
  }

  /**
   * What was there at the start is there, and as it was: what was to be mended was, and nothing besides.
   *
   * @param gone facts of the start that must not hold any more, as {@code LabFacts} says them
   * @param back settings that may come in the place of others, or anew
   * @param room how many new rows and things may hang on what was there, from 0; more is another lab
   */
  record Kept(List<String> gone, List<String> back, int room) implements Check {
    /** Room for some rows that do no harm. */
    public static final int USUAL = 8;

    public Kept {
      gone = List.copyOf(gone);
      back = List.copyOf(back);
    }
  }

  /**
   * The learner has made a prediction.
   *
   * @param id which one
   * @param right whether it must be the right one
   */
  record Predicted(String id, boolean right) implements Check {
  }

  /** The learner has answered a quiz, and rightly. */
  record Answered(String quiz) implements Check {
  }

  /**
   * A probe passes a rule of the packet filter: there or back, in any of its tries.
   *
   * @param probe what is sent
   * @param in the namespace whose rules are asked
   * @param table the table, such as {@code nat}; any when empty
   * @param chain the chain; any when empty
   * @param words what the rule must have, as {@code iptables -S} writes it: words, or words in a row
   * @param writtenFor the Service for which kube-proxy must have written it; whoever wrote it when empty
   */
  record RuleHit(ProbeSpec probe, Place in, Optional<String> table, Optional<String> chain, List<String> words,
      Optional<ServiceName> writtenFor) implements Check {
    public RuleHit {
      words = List.copyOf(words);
    }
  }

  /**
   * Somewhere on a probe's way there is a packet with all these properties at once.
   *
   * @param probe what is sent
   * @param at the namespace, or the device in it
   * @param wish the properties, as {@link PacketProperty} writes them
   */
  record Carries(ProbeSpec probe, ThingName at, Map<PacketProperty, String> wish) implements Check {
    public Carries {
      wish = Map.copyOf(wish);
    }
  }

  /**
   * The learner has watched a probe to its end.
   *
   * @param probe which one; a target that is a place stands for any address the place had then
   * @param outcome the ways in which it may have ended; any when empty
   * @param marks what must have happened on its way
   */
  record Watched(ProbeSpec probe, Set<ProbeOutcome> outcome, Set<Observation.Mark> marks) implements Check {
    public Watched {
      outcome = Set.copyOf(outcome);
      marks = Set.copyOf(marks);
    }
  }
}
