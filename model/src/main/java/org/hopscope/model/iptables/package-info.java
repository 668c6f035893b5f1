/**
 * The words of iptables 1.8.9: rules and commands read as the program reads them, with its own errors, and written as
 * {@code iptables-save} and {@code iptables -L} write them.
 */
package org.hopscope.model.iptables;
