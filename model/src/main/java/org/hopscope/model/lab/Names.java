package org.hopscope.model.lab;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which names things can have. */
public final class Names {
  /** Bytes of a device's name, the closing zero left out (kernel include/uapi/linux/if.h IFNAMSIZ, sem-L15). */
  private static final int DEVICE_BYTES = 15;
  /** Bytes of a file's name, the closing zero left out (NAME_MAX): a namespace's name is one. */
  private static final int FILE_BYTES = 254;

  private Names() {
  }

  /**
   * Why this cannot be a device's name: iproute2 (lib/utils.c check_ifname) looks at length, slash and space, the kernel
   * (dev_valid_name) also at dots and colons, and sysctl keeps "all" and "default" for itself.
   *
   * @param word the word of the command line that the name stands behind
   */
  public static Optional<Refusal> problemWithDevice(String name, String word) {
    if (name.isEmpty() || bytes(name) > DEVICE_BYTES || name.contains("/")
        || name.chars().anyMatch(Character::isWhitespace)) {
      return Optional.of(new Refusal.Tool(Errno.EINVAL,
          "Error: argument \"" + name + "\" is wrong: \"" + word + "\" not a valid ifname"));
    }
    if (name.contains("%")) {
      return Optional.of(new Refusal.Unsupported("a pattern as device name: " + name));
    }
    return name.equals(".") || name.equals("..") || name.contains(":") || name.equals("all") || name.equals("default")
        || !isText(name) ? Optional.of(new Refusal.Kernel(Errno.EINVAL)) : Optional.empty();
  }

  /** Why this cannot be a namespace's name (iproute2 ip/ipnetns.c invalid_name). */
  public static Optional<Refusal> problemWithNetns(String name) {
    return isFileName(name)
        ? Optional.empty()
        : Optional.of(new Refusal.Tool(Errno.EINVAL, "Invalid netns name \"" + name + "\""));
  }

  /** Why this cannot be a host's name: it must fit into {@code H/NS:DEV} and {@code @H}. */
  public static Optional<Refusal> problemWithHost(String name) {
    return isFileName(name) && !name.contains(":") && !name.contains("@")
        ? Optional.empty()
        : Optional.of(new Refusal.Tool(Errno.EINVAL, "Invalid host name \"" + name + "\""));
  }

  static void checkDevice(String name, String word) {
    refuse(problemWithDevice(name, word));
  }

  static void checkNetns(String name) {
    refuse(problemWithNetns(name));
  }

  static void checkHost(String name) {
    refuse(problemWithHost(name));
  }

  private static void refuse(Optional<Refusal> problem) {
    problem.ifPresent(p -> {
      throw new RefusedException(p);
    });
  }

  private static boolean isFileName(String name) {
    return !name.isEmpty() && bytes(name) <= FILE_BYTES && !name.contains("/") && !name.equals(".")
        && !name.equals("..") && isText(name) && name.chars().noneMatch(Character::isWhitespace);
  }

  /** Neither control characters nor halves of a surrogate pair: it can be written into a file and read back. */
  private static boolean isText(String name) {
    return name.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}
