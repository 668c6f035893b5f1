package org.hopscope.model.probe;

/**
 * A probe that belongs to a lab, with what is expected of it.
 *
 * @param name what people call it
 * @param probe what is sent
 * @param expectSuccess whether it should be answered
 */
public record SavedProbe(String name, Probe probe, boolean expectSuccess) {
}
