package org.hopscope.model.why;

/**
 * One link of the chain that ends where a probe failed.
 *
 * @param step the step of the trace that it tells of, from 0; the number of steps for what the program saw in the end
 * @param sentence the fact, in one sentence
 */
public record Fact(int step, String sentence) {
}
