package org.hopscope.model.kube.object;

import java.util.Locale;

/** What a port of a container, a Service or a policy speaks (Kubernetes type Protocol). */
public enum PortProtocol {
  TCP, UDP, SCTP;

  /** In lower case, as rules and the names of chains have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
