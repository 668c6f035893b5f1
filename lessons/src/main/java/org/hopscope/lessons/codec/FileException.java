package org.hopscope.lessons.codec;

import org.hopscope.model.codec.MalformedException;
import org.hopscope.model.codec.Place;

/** One of a lesson's files cannot be read: a file beside the manifest, which knows its own name. */
final class FileException extends MalformedException {
  private static final long serialVersionUID = 1L;
  private final String file;

  FileException(String file, int line, String reason) {
    super(new Place.Known(line, 1), reason);
    this.file = file;
  }

  String file() {
    return file;
  }
}
