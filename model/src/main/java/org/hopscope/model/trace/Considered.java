package org.hopscope.model.trace;

import java.util.Optional;

/**
 * A row that a lookup had in hand, and what became of it: what a lookup card shows a line for.
 *
 * @param row the row as the matching command prints it ({@code ip route}, {@code bridge fdb}, {@code ip neigh})
 * @param won whether it decided
 * @param reason one short sentence: why it won or lost
 * @param ref which row of which table it is, so that the same row can be lit elsewhere; empty for "no entry"
 */
public record Considered(String row, boolean won, String reason, Optional<RowRef> ref) {
}
