/**
 * What becomes of Docker's networks and containers on their machine: bridges, namespaces, veths, routes, and the rules that
 * moby writes, in edits that could be made by hand.
 */
package org.hopscope.model.docker.linux;
