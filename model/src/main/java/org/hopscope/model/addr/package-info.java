/** The numbers a network speaks: hardware addresses, network addresses, prefixes and port numbers. Values, no state. */
package org.hopscope.model.addr;
