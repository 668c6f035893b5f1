/**
 * Docker, as its daemon keeps it on one machine: networks and containers, and nothing of what they come to in the kernel,
 * which is {@link org.hopscope.model.docker.linux}'s. Left out: services of a swarm, volumes, limits, networks of IPv6 other than bridges, the daemon's
 * restart, and images but for what listens in them.
 */
package org.hopscope.model.docker;
