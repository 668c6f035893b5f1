package org.hopscope.model.net;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code ip tuntap add} says of a device.
 *
 * @param mode whether its program gets packets or frames
 * @param flags how it was asked for, in the order in which they are told
 * @param owner the user who may open it besides root, by number
 * @param group the group whose members may
 */
public record TunSettings(TunMode mode, Set<TunFlag> flags, Optional<Integer> owner, Optional<Integer> group) {
  public TunSettings {
    flags = flags.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(flags));
  }

  /** A device that anybody may open, asked for without any flag. */
  public static TunSettings of(TunMode mode) {
    return new TunSettings(mode, Set.of(), Optional.empty(), Optional.empty());
  }

  public boolean has(TunFlag flag) {
    return flags.contains(flag);
  }

  /** With the flags of the program that opened it last (kernel drivers/net/tun.c tun_set_iff). */
  TunSettings opened() {
    return new TunSettings(mode, Set.of(), owner, group);
  }

  /**
   * What {@code ip tuntap} lists of it. A program that wants the bytes in front is said to have a filter, which is told
   * from the same bit (iproute2 ip/iptuntap.c print_flags).
   */
  public List<String> listed() {
    Stream<String> end = has(TunFlag.PI) ? Stream.of("persist", "filter") : Stream.of("persist");
    return Stream.of(Stream.of(mode.word()), flags.stream().map(TunFlag::word), end).flatMap(s -> s).toList();
  }

  /** The words behind {@code ip tuntap add dev NAME}. */
  public String words() {
    return " mode " + mode.word() + owner.map(u -> " user " + u).orElse("") + group.map(g -> " group " + g).orElse("")
        + flags.stream().map(f -> " " + f.word()).collect(Collectors.joining());
  }
}
