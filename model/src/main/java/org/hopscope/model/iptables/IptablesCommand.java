package org.hopscope.model.iptables;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;

/**
 * One iptables command, understood.
 *
 * @param operation what to do
 * @param table in which table
 * @param chain in which chain; empty for all
 * @param number a rule's number in the chain, from 1; 0 where none was said
 * @param word the new name of a chain, or the policy
 * @param rules the rules it is about: one for each pair of addresses that was said
 * @param counted what the rules begin to count from ({@code -c})
 * @param style how to print
 */
public record IptablesCommand(Operation operation, TableName table, Optional<String> chain, int number, String word,
    List<Rule> rules, Tally counted, Style style) {
  public IptablesCommand {
    rules = List.copyOf(rules);
  }

  /** How listings are printed: {@code -n}, {@code -v}, {@code -x}, {@code --line-numbers}; and {@code -Z} behind {@code -L}. */
  public record Style(boolean numeric, boolean verbose, boolean exact, boolean numbered, boolean zero) {
  }
}
