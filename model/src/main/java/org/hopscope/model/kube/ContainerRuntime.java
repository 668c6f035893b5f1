package org.hopscope.model.kube;

import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.object.KubeNode;

/**
 * What runs containers on a node, asked by the kubelet through the Container ContainerRuntime Interface. Networks are the same with
 * each: whoever makes the sandbox calls the plugins of CNI (fix-F4).
 */
public enum ContainerRuntime {
  CONTAINERD("containerd", "containerd", "unix:///run/containerd/containerd.sock"),
  CRI_O("crio", "CRI-O", "unix:///var/run/crio/crio.sock"),
  /** Docker Engine does not speak CRI: cri-dockerd does for it, since dockershim was removed in 1.24. */
  DOCKER("docker", "Docker Engine", "unix:///var/run/cri-dockerd.sock");

  /** The annotation in which kubeadm keeps how a node's runtime is reached; a node without it runs containerd. */
  public static final String SOCKET = "kubeadm.alpha.kubernetes.io/cri-socket";

  private final String word;
  private final String called;
  private final String socket;

  ContainerRuntime(String word, String called, String socket) {
    this.word = word;
    this.called = called;
    this.socket = socket;
  }

  /** Behind {@code --runtime}. */
  public String word() {
    return word;
  }

  /** What people call it. */
  public String called() {
    return called;
  }

  /** As a node says it: name and release. */
  public String version() {
    return switch (this) {
      case CONTAINERD -> "containerd://2.1.1";
      case CRI_O -> "cri-o://1.33.1";
      case DOCKER -> "docker://29.0.0";
    };
  }

  /** Where the kubelet reaches it. */
  public String socket() {
    return socket;
  }

  public static Optional<ContainerRuntime> of(String word) {
    return Stream.of(values()).filter(r -> r.word.equals(word)).findFirst();
  }

  /** That of a node. */
  public static ContainerRuntime of(KubeNode node) {
    String socket = node.meta().annotations().getOrDefault(SOCKET, CONTAINERD.socket);
    return Stream.of(values()).filter(r -> r.socket.equals(socket)).findFirst().orElse(CONTAINERD);
  }
}
