package org.hopscope.model.kube.cni;

import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.control.Blocks;

/**
 * Which address host-local gives (containernetworking/plugins plugins/ipam/host-local/backend/allocator): the first free one
 * after the last that it gave, round the range; never the gateway's.
 *
 * @param range the block
 */
public record HostLocal(Conflist.Range range) {
  /** The address of the gateway: the first of the block unless it is said. */
  public IpAddress gateway() {
    return range.gateway().orElseGet(() -> Blocks.at(range.subnet(), 1));
  }

  private int number(IpAddress address) {
    int size = Blocks.size(range.subnet());
    for (int i = 0; i < size; i++) {
      if (Blocks.at(range.subnet(), i).equals(address)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The next address.
   *
   * @param last the last one that was given
   * @param taken those that containers have
   * @return empty when none is left
   */
  public Optional<IpAddress> next(Optional<IpAddress> last, Set<IpAddress> taken) {
    int first = range.first().map(this::number).orElse(1);
    int end = range.last().map(this::number).orElse(Blocks.size(range.subnet()) - 2);
    int count = end - first + 1;
    int begin = last.map(this::number).filter(n -> n >= first && n <= end).map(n -> n - first + 1).orElse(0);
    for (int i = 0; i < count; i++) {
      IpAddress candidate = Blocks.at(range.subnet(), first + (begin + i) % count);
      if (!candidate.equals(gateway()) && !taken.contains(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
