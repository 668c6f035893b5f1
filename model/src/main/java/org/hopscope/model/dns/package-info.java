/**
 * The Domain Name System (RFC 1034, RFC 1035): questions, answers and messages, {@code /etc/resolv.conf}, what a program's
 * resolver makes of it, and the texts of {@code dig} and {@code nslookup}. Names of clusters are {@code kube.dns}.
 */
package org.hopscope.model.dns;
