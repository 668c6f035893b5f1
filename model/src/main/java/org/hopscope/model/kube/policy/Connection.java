package org.hopscope.model.kube.policy;

import org.hopscope.model.kube.object.PortProtocol;

/**
 * A connection that is to be opened; what is sent back on it needs no leave of its own (sem-P4).
 *
 * @param from who opens it
 * @param to to whom
 * @param port the port of {@code to}, 1 to 65535
 */
public record Connection(Party from, Party to, PortProtocol protocol, int port) {
}
