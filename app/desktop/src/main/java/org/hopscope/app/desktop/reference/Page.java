package org.hopscope.app.desktop.reference;

import java.util.Locale;
import org.hopscope.app.desktop.kit.Messages;

/** A page of the reference. */
public enum Page {
  /** The words of the trade. */
  GLOSSARY,
  /** What of Linux answers to what of Kubernetes. */
  COUNTERPARTS,
  /** Which lesson shows which piece of the article. */
  ARTICLE,
  /** What the learner has predicted and answered. */
  REVIEW;

  /** Its name among actions and in the bundle: {@code glossary}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return Messages.text("reference." + id());
  }
}
