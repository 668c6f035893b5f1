package org.hopscope.model.nft;

import java.util.List;
import java.util.Optional;

/**
 * A rule.
 *
 * @param id its number in its namespace, under which it counts
 * @param handle its number in its table
 * @param statements what it asks and does, from left to right
 * @param comment its comment
 */
public record NftRule(int id, int handle, List<Statement> statements, Optional<String> comment) {
  public NftRule {
    statements = List.copyOf(statements);
  }

  NftRule at(int newId, int newHandle) {
    return new NftRule(newId, newHandle, statements, comment);
  }

  /** Whether it counts. */
  boolean counts() {
    return statements.stream().anyMatch(s -> s instanceof Statement.Count);
  }
}
