package lazaret.sandbox.limits;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;
import lazaret.sandbox.SandboxLimits;

/// The limits of single processes that the kernel enforces. The program `prlimit` of util-linux
/// sets them in the sandbox, where only the processes of the sandbox are counted and not those of
/// its user.
public final class ProcessLimits {
  private static final String PROGRAM = "/usr/bin/prlimit";

  private ProcessLimits() {}

  /// Returns a command with its limits.
  ///
  /// @throws SandboxException if `prlimit` is not installed
  public static List<String> around(List<String> command, SandboxLimits limits) {
    if (!Files.isExecutable(Path.of(PROGRAM))) {
      throw new SandboxException(
          Kind.UNUSABLE, "no " + PROGRAM + ", which sets limits; install util-linux");
    }
    List<String> all =
        new ArrayList<>(
            List.of(
                PROGRAM,
                both("nproc", limits.processes()),
                both("nofile", limits.files()),
                both("fsize", limits.fileBytes()),
                both("as", limits.processBytes()),
                both("cpu", limits.processCpu().toSeconds()),
                both("core", 0),
                "--"));
    all.addAll(command);
    return all;
  }

  /// Returns the option for an equal soft and hard limit.
  private static String both(String name, long value) {
    return "--" + name + "=" + value + ":" + value;
  }
}
