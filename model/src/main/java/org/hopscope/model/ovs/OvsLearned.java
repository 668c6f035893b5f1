package org.hopscope.model.ovs;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What frames have left in the Open vSwitch of a host.
 *
 * @param addresses behind which port of which bridge a hardware address was last heard
 * @param hits which flows have fitted how often
 */
public record OvsLearned(PSortedMap<Address, Heard> addresses, PSortedMap<Row, Hits> hits) {
  /** Nothing. */
  public static final OvsLearned NONE = new OvsLearned(TreePMap.empty(), TreePMap.empty());
  /** How long an address is remembered, in nanoseconds (mac-learning.h MAC_ENTRY_DEFAULT_IDLE_TIME). */
  private static final long AGEING = 300_000_000_000L;

  /** An address in a VLAN of a bridge; 0 stands for no VLAN. */
  public record Address(String bridge, int vlan, MacAddress mac) implements Comparable<Address> {
    @Override
    public int compareTo(Address other) {
      int first = bridge.compareTo(other.bridge);
      int second = first == 0 ? Integer.compare(vlan, other.vlan) : first;
      return second == 0 ? mac.compareTo(other.mac) : second;
    }
  }

  /**
   * Where an address was heard.
   *
   * @param port the port's number
   * @param when when it was last, in nanoseconds of the lab's clock
   */
  public record Heard(int port, long when) {
    public boolean isOldAt(long now) {
      return now - when >= AGEING;
    }
  }

  /** A flow by what makes it that one: where it stands, its row as it is printed, and when it was made. */
  public record Row(String bridge, int table, String row, long born) implements Comparable<Row> {
    /** The row of a flow. */
    public static Row of(String bridge, Flow flow) {
      return new Row(bridge, flow.table(), FlowText.row(flow), flow.born());
    }

    @Override
    public int compareTo(Row other) {
      int first = bridge.compareTo(other.bridge);
      int second = first == 0 ? Integer.compare(table, other.table) : first;
      int third = second == 0 ? row.compareTo(other.row) : second;
      return third == 0 ? Long.compare(born, other.born) : third;
    }
  }

  /** How many frames and bytes a flow has fitted, and when last. */
  public record Hits(long packets, long bytes, long last) {
    static final Hits NONE = new Hits(0, 0, 0);

    Hits plus(long length, long now) {
      return new Hits(packets + 1, bytes + length, now);
    }
  }

  /** The port of an address that is not too old. */
  public Optional<Integer> port(Address address, long now) {
    return Optional.ofNullable(addresses.get(address)).filter(h -> !h.isOldAt(now)).map(Heard::port);
  }

  public Optional<Hits> hits(Row row) {
    return Optional.ofNullable(hits.get(row));
  }

  public OvsLearned heard(Address address, int port, long now) {
    return new OvsLearned(addresses.plus(address, new Heard(port, now)), hits);
  }

  public OvsLearned hit(Row row, int length, long now) {
    return new OvsLearned(addresses, hits.plus(row, hits(row).orElse(Hits.NONE).plus(length, now)));
  }

  /** Without what is about ports and flows that are gone. */
  public OvsLearned within(OpenVswitch ovs) {
    PSortedMap<Address, Heard> kept = addresses;
    for (var entry : addresses.entrySet()) {
      boolean there =
          ovs.bridge(entry.getKey().bridge()).flatMap(b -> b.port(entry.getValue().port())).isPresent();
      kept = there ? kept : kept.minus(entry.getKey());
    }
    List<Row> rows = ovs.bridges().stream().flatMap(b -> b.flows().stream().map(f -> Row.of(b.name(), f))).toList();
    PSortedMap<Row, Hits> left = hits;
    for (Row row : hits.keySet()) {
      left = rows.contains(row) ? left : left.minus(row);
    }
    return new OvsLearned(kept, left);
  }
}
