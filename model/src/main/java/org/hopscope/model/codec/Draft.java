package org.hopscope.model.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.pcollections.TreePMap;

/** A lab that is being read. It is made once, of all that was read: a lab after each thing in it would take far longer. */
final class Draft {
  private final SortedMap<String, Host> hosts = new TreeMap<>();
  private final SortedMap<NetnsId, Netns> netns = new TreeMap<>();
  private final List<Device> devices = new ArrayList<>();
  private final List<NftCodec.Saved> filters = new ArrayList<>();
  private Learned learned = Learned.NOTHING;

  void add(Host host) {
    hosts.put(host.name(), host);
  }

  void add(Netns made) {
    netns.put(made.id(), made);
  }

  void add(Device device) {
    devices.add(device);
  }

  /** Tables that name devices: they are read when all of those are there. */
  void add(NftCodec.Saved saved) {
    filters.add(saved);
  }

  void learn(UnaryOperator<Learned> change) {
    learned = change.apply(learned);
  }

  /** A lab without hosts, with all of this. */
  LabState in(LabState bare) throws MalformedException {
    LabState lab = bare.withHosts(TreePMap.fromSortedMap(hosts)).withNetns(TreePMap.fromSortedMap(netns))
        .withDevices(devices).withLearned(learned);
    for (NftCodec.Saved saved : filters) {
      lab = saved.read(lab);
    }
    return lab;
  }
}
