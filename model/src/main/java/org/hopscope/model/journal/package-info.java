/**
 * What was done in a session since it began with a lab, so that it can be done again: after a crash, or by someone who
 * looks into a problem. Values and what they mean only; how they are written is in {@code codec}.
 */
package org.hopscope.model.journal;
