/**
 * "Why not?": what a failed probe died of, as a chain of facts, and the smallest edits with which it would have come through,
 * found by trying them on the lab. Nothing here changes a lab: what is suggested is an edit that somebody may apply.
 */
package org.hopscope.model.why;
