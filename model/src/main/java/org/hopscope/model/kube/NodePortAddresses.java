package org.hopscope.model.kube;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.kube.Choices.ProxyMode;

/**
 * Which of a node's addresses node ports answer on: kube-proxy's {@code --nodeport-addresses}
 * (kubernetes pkg/proxy/util/nodeport_addresses.go).
 */
public sealed interface NodePortAddresses {
  /** The word for {@link Primary}. */
  String PRIMARY = "primary";
  /** Where 127.0.0.0/8 begins, by which kube-proxy knows whether a block has it. */
  Ipv4Address LOOPBACK = Ipv4Address.of("127.0.0.0");

  /** It is not said: all of them, but in the mode nftables the primary one (cmd/kube-proxy/app/server_linux.go). */
  record Unset() implements NodePortAddresses {
  }

  /** The one that the Node object tells first of a family. */
  record Primary() implements NodePortAddresses {
  }

  /** Those in some blocks; of a family without a block, all of them. */
  record Within(List<IpPrefix> blocks) implements NodePortAddresses {
    public Within {
      blocks = List.copyOf(blocks);
    }

    private List<IpPrefix> of(IpFamily family) {
      return blocks.stream().filter(b -> b.address().family() == family).toList();
    }
  }

  /** What stands behind the flag: {@code primary}, or blocks with commas between. */
  static Optional<NodePortAddresses> parse(String text) {
    if (text.equals(PRIMARY)) {
      return Optional.of(new Primary());
    }
    List<Optional<IpPrefix>> blocks = Stream.of(text.split(",", -1))
        .map(t -> Optional.of(t).filter(b -> b.contains("/")).flatMap(IpPrefix::parse)).toList();
    return blocks.stream().allMatch(Optional::isPresent)
        ? Optional.of(new Within(blocks.stream().flatMap(Optional::stream).toList()))
        : Optional.empty();
  }

  /**
   * The addresses that were chosen; empty where all are.
   *
   * @param mode how kube-proxy works
   * @param primary the node's own address, whose family is asked for
   * @param all what a node has, loopback addresses too
   */
  default Optional<List<IpAddress>> chosen(ProxyMode mode, IpAddress primary, Supplier<List<IpAddress>> all) {
    return switch (this) {
      case Unset() -> mode == ProxyMode.NFTABLES ? Optional.of(List.of(primary)) : Optional.empty();
      case Primary() -> Optional.of(List.of(primary));
      case Within within -> {
        List<IpPrefix> blocks = within.of(primary.family());
        yield blocks.isEmpty() || blocks.stream().anyMatch(IpPrefix::isDefault) ? Optional.empty()
            : Optional
                .of(all.get().stream().filter(a -> blocks.stream().anyMatch(b -> b.contains(a))).distinct().toList());
      }
    };
  }

  /** Whether 127.0.0.0/8 is among them: without it kube-proxy leaves {@code route_localnet} alone. */
  default boolean haveLoopback() {
    return switch (this) {
      case Unset() -> true;
      case Primary() -> false;
      case Within within -> {
        List<IpPrefix> blocks = within.of(IpFamily.INET);
        yield blocks.isEmpty() || blocks.stream().anyMatch(b -> b.address().isLoopback() || b.contains(LOOPBACK));
      }
    };
  }
}
