/** What {@code docker inspect} shows of networks and containers: JSON as Docker writes it. */
package org.hopscope.model.docker.codec;
