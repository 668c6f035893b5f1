/** The spanning tree protocol (IEEE 802.1D-1998 clause 8) as the kernel runs it: a pure function of an earlier knowledge and time. */
package org.hopscope.model.stp;
