package org.hopscope.app.desktop;

import javafx.application.Application;

/**
 * The door to the window. It does not extend {@link Application}, so that it starts from the class path.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Application.launch(Window.class, args);
  }
}
