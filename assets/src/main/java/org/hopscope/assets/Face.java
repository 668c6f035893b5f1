package org.hopscope.assets;

import java.net.URL;

/** The fonts that travel with the program: Inter for prose and controls, JetBrains Mono for what the kernel prints. */
public enum Face {
  INTER("Inter", "Inter-Regular.ttf"),
  INTER_ITALIC("Inter", "Inter-Italic.ttf"),
  INTER_MEDIUM("Inter Medium", "Inter-Medium.ttf"),
  INTER_SEMIBOLD("Inter SemiBold", "Inter-SemiBold.ttf"),
  INTER_BOLD("Inter", "Inter-Bold.ttf"),
  MONO("JetBrains Mono", "JetBrainsMono-Regular.ttf"),
  MONO_MEDIUM("JetBrains Mono Medium", "JetBrainsMono-Medium.ttf"),
  MONO_BOLD("JetBrains Mono", "JetBrainsMono-Bold.ttf");

  private final String family;
  private final String file;

  Face(String family, String file) {
    this.family = family;
    this.file = file;
  }

  /** The family to ask for, in a style sheet or from a toolkit, once the file has been loaded. */
  public String family() {
    return family;
  }

  /** Where the TrueType file lies. */
  public URL url() {
    return Assets.url("fonts/" + file);
  }
}
