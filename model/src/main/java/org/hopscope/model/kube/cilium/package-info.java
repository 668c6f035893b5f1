/**
 * What Cilium's agents tell their eBPF programs, worked out from the objects of a cluster. The programs themselves are not run:
 * {@code sim} walks a packet through the same questions by name.
 */
package org.hopscope.model.kube.cilium;
