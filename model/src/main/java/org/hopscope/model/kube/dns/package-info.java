/**
 * Names in a cluster: what CoreDNS answers with its {@code kubernetes} plugin, how a pod's {@code /etc/resolv.conf} comes
 * about, what a program's resolver makes of it, and the texts of {@code dig} and {@code nslookup}. No packet is sent here:
 * whoever sends them asks for one question after the other.
 */
package org.hopscope.model.kube.dns;
