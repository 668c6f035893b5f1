package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.KernelKeys;
import org.hopscope.model.lab.Sysctls;

/** The files below {@code /proc/sys}: each is a sysctl (proc(5)), read by {@code cat} and written by a redirection. */
final class ProcSys {
  private static final String ROOT = "/proc/sys/";

  private ProcSys() {
  }

  /** The key that a file stands for; empty for a file elsewhere. */
  static Optional<String> key(String path) {
    return path.startsWith(ROOT) && path.length() > ROOT.length()
        ? Optional.of(path.substring(ROOT.length()).replace('/', '.'))
        : Optional.empty();
  }

  /** What a file says. */
  static String read(Prompt prompt, String program, String path) throws Stop {
    String key = key(path).orElseThrow(() -> Stop.unsupported(path));
    return Sysctls.find(prompt.lab(), prompt.at(), key).orElseThrow(() -> missing(prompt, program, path, key));
  }

  /** What writing to a file does. */
  static Edit write(Prompt prompt, String program, String path, List<String> lines) throws Stop {
    read(prompt, program, path);
    return new Edit.WriteSysctl(prompt.at(), key(path).orElseThrow(), String.join(" ", lines).strip());
  }

  private static Stop missing(Prompt prompt, String program, String path, String key) {
    return KernelKeys.has(key) && !SysctlProgram.isOfMissingDevice(prompt, key)
        ? Stop.unsupported(path)
        : Stop.exit(1, program + ": " + path + ": No such file or directory");
  }
}
