package org.hopscope.model.lab;

import java.nio.charset.StandardCharsets;

/** Which names things can have. */
final class Names {
  /** Bytes of a device's name, the closing zero left out (kernel include/uapi/linux/if.h IFNAMSIZ, sem-L15). */
  private static final int DEVICE_BYTES = 15;
  /** Bytes of a file's name, the closing zero left out (NAME_MAX): a namespace's name is one. */
  private static final int FILE_BYTES = 254;

  private Names() {
  }

  /**
   * Refuses what cannot be a device's name: iproute2 (lib/utils.c check_ifname) looks at length, slash and space, the
   * kernel (dev_valid_name) also at dots and colons, and sysctl keeps "all" and "default" for itself.
   *
   * @param word the word of the command line that the name stands behind
   */
  static void checkDevice(String name, String word) {
    if (name.isEmpty() || bytes(name) > DEVICE_BYTES || name.contains("/")
        || name.chars().anyMatch(Character::isWhitespace)) {
      throw RefusedException.tool(Errno.EINVAL,
          "Error: argument \"" + name + "\" is wrong: \"" + word + "\" not a valid ifname");
    }
    if (name.contains("%")) {
      throw RefusedException.unsupported("a pattern as device name: " + name);
    }
    if (name.equals(".") || name.equals("..") || name.contains(":") || name.equals("all") || name.equals("default")
        || name.chars().anyMatch(Character::isISOControl)) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
  }

  /** Refuses what cannot be a namespace's name (iproute2 ip/ipnetns.c invalid_name). */
  static void checkNetns(String name) {
    if (isNoFileName(name)) {
      throw RefusedException.tool(Errno.EINVAL, "Invalid netns name \"" + name + "\"");
    }
  }

  /** Refuses what cannot be a host's name: it must fit into {@code H/NS:DEV} and {@code @H}. */
  static void checkHost(String name) {
    if (isNoFileName(name) || name.contains(":") || name.contains("@")) {
      throw RefusedException.tool(Errno.EINVAL, "Invalid host name \"" + name + "\"");
    }
  }

  private static boolean isNoFileName(String name) {
    return name.isEmpty() || bytes(name) > FILE_BYTES || name.contains("/") || name.equals(".") || name.equals("..")
        || name.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}
