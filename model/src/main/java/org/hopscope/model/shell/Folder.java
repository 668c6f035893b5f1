package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;

/** Text files that are at hand though no host of the lab has them: those that lie beside a script. */
public interface Folder {
  /** One without files. */
  Folder EMPTY = _ -> Optional.empty();

  /**
   * The lines of a file.
   *
   * @param name as it was typed; what lies outside the folder is not there
   */
  Optional<List<String>> lines(String name);
}
