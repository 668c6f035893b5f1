/** Packets as values: a stack of headers, outermost first, and how many bytes of payload lie behind them. */
package org.hopscope.model.packet;
