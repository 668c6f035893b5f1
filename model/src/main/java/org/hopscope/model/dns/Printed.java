package org.hopscope.model.dns;

import java.util.List;

/**
 * What a program that asks name servers ends with.
 *
 * @param lines what it prints
 * @param status its exit status: 1 when nothing was found
 */
public record Printed(List<String> lines, int status) {
  public Printed {
    lines = List.copyOf(lines);
  }
}
