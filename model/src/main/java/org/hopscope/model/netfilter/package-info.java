/**
 * The kernel's packet filter as values: tables, chains and rules as iptables keeps them, connection tracking, address
 * translation, and the walk of a packet through a chain. Pure: what happens to a packet follows from the rules, the
 * packet and what is passed in. Instants are nanoseconds of the lab's clock.
 */
package org.hopscope.model.netfilter;
