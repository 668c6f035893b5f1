package org.hopscope.model.lab;

/**
 * An entry of a session's history.
 *
 * @param edit what was done
 * @param hand whose hand did it
 * @param before the lab before it
 */
public record Deed(Edit edit, Hand hand, LabState before) {
}
