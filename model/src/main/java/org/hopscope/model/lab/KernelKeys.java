package org.hopscope.model.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.lab.Sysctls.DeviceKey;

/**
 * Which settings a kernel has, those that the model does not obey too: a word that no kernel knows is the writer's slip, and
 * is answered as a kernel answers it; of the others the model says that it does not have them.
 */
public final class KernelKeys {
  private static final Set<String> KEYS = read();

  private KernelKeys() {
  }

  /**
   * Whether a kernel has such a setting, on a machine that has such a device. Of settings that have nothing to do with networks
   * nothing is known, so that they count as there.
   *
   * @param key a full key with dots: {@code net.ipv4.tcp_rmem}
   */
  public static boolean has(String key) {
    return !key.startsWith("net.") || key.startsWith(Sysctls.VS) || KEYS.contains(key)
        || DeviceKey.parse(key).filter(KernelKeys::has).isPresent();
  }

  static boolean has(DeviceKey key) {
    return KEYS.contains(key.group().key("*", key.name()));
  }

  private static Set<String> read() {
    try (InputStream in = KernelKeys.class.getResourceAsStream("sysctl-keys.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
