package org.hopscope.app.cli;

/** The command line: the same product without a window. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("Hopscope's command line does not know any word yet.");
  }
}
