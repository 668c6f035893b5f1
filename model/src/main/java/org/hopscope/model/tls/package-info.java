/**
 * Transport Layer Security as far as it can be seen from outside: whose name a client asks for, and which certificate a server
 * shows. Nothing is enciphered and nothing is signed: what would be secret stands in the text of the packets.
 */
package org.hopscope.model.tls;
