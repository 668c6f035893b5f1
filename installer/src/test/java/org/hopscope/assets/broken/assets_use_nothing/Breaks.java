package org.hopscope.assets.broken.assets_use_nothing;

/** An asset that knows a program. */
record Breaks(Class<org.hopscope.app.cli.Main> main) {
  Breaks {
    main = org.hopscope.app.cli.Main.class;
  }
}
