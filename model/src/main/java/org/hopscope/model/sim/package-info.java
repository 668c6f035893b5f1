/** The kernel's packet path: receive, bridge, route, transmit. Pure functions from a lab and a probe to a trace. */
package org.hopscope.model.sim;
