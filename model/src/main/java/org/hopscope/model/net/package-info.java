/**
 * What a lab is made of: hosts, network namespaces, devices, and the tables in them, as immutable values.
 *
 * <p>Nothing here decides anything: how edits change these values is in {@code lab}, how packets read them in {@code sim}.
 */
package org.hopscope.model.net;
