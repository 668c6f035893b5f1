package org.hopscope.model.shell;

import java.util.List;

/**
 * For whom plugins of CNI are called (CNI specification 1.1.0, section 2, "Parameters").
 *
 * @param network the network's name, out of the configuration
 * @param container {@code CNI_CONTAINERID}
 * @param netns {@code CNI_NETNS}: the file that stands for the namespace; empty where DEL has none
 * @param device {@code CNI_IFNAME}: the device that the container gets
 * @param arguments {@code CNI_ARGS}: {@code NAME=VALUE} with semicolons between
 * @param path {@code CNI_PATH}: the folders in which plugins look for plugins
 */
record CniCall(String network, String container, String netns, String device, String arguments, List<String> path) {
  /** Where plugins lie: as the project says, as Debian and as Fedora package them. */
  static final List<String> FOLDERS = List.of("/opt/cni/bin", "/usr/lib/cni", "/usr/libexec/cni");

  CniCall {
    path = List.copyOf(path);
  }
}
