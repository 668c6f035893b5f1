/**
 * What happened to the packets of one probe, as data: a totally ordered list of steps over packet copies, the lookups
 * that decided, and what each step changed. Whoever shows a trace holds an index into it; nothing here moves by itself.
 */
package org.hopscope.model.trace;
