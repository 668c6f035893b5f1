package org.hopscope.model.dns;

/**
 * What a server is asked.
 *
 * @param name an absolute name: it ends in a dot
 */
public record DnsQuestion(String name, RecordType type) {
  public DnsQuestion {
    if (!name.endsWith(".")) {
      throw new IllegalArgumentException("not absolute: " + name);
    }
  }

  @Override
  public String toString() {
    return name + " " + type;
  }
}
