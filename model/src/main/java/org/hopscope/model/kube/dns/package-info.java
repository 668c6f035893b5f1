/**
 * Names in a cluster: what CoreDNS answers with its {@code kubernetes} plugin, and how a pod's {@code /etc/resolv.conf} comes
 * about.
 */
package org.hopscope.model.kube.dns;
