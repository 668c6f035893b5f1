package org.hopscope.app.desktop.workbench;

/**
 * A text that was typed and is on its way.
 *
 * @param text the text
 * @param past whether it is run as of a step of the open trace, so that nothing of it is seen before its end
 * @param commands how many of its commands were run
 */
public record Running(String text, boolean past, int commands) {
  Running(String text, boolean past) {
    this(text, past, 0);
  }

  Running further() {
    return new Running(text, past, commands + 1);
  }
}
