package org.hopscope.lessons.broken.no_toolkit_below_the_window;

/** A lesson that opens windows. */
record BreaksToo(javafx.stage.Stage stage) {}
