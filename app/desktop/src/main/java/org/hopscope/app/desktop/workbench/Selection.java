package org.hopscope.app.desktop.workbench;

import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;

/** One thing that a person can point at. */
public sealed interface Selection {
  /** A Kubernetes cluster. */
  record OfCluster(String name) implements Selection {
  }

  /** A machine. */
  record OfHost(String host) implements Selection {
  }

  /** A namespace, or the pod that lives in it; a host's root namespace is selected through the host. */
  record OfNetns(NetnsId netns) implements Selection {
  }

  /** An object of a cluster that is neither a machine nor a pod with a namespace of its own: a Service, a policy, a Deployment. */
  record OfObject(String cluster, ObjectKey key) implements Selection {
  }

  /** A remark on the canvas. */
  record OfRemark(String id) implements Selection {
  }

  /** A device. */
  record OfDevice(DeviceId device) implements Selection {
  }
}
