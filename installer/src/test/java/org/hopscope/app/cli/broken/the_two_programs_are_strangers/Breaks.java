package org.hopscope.app.cli.broken.the_two_programs_are_strangers;

/** A command line that opens the window. */
final class Breaks {
  Class<?> window() {
    return org.hopscope.app.desktop.Main.class;
  }
}
