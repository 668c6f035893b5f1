package org.hopscope.model.broken.no_null_in_a_signature;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A question that may be answered with nothing at all. */
interface Breaks {
  @Retention(RetentionPolicy.CLASS)
  @interface Nullable {}

  @Nullable
  String name();
}
