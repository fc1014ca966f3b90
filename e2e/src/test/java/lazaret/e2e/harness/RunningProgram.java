package lazaret.e2e.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The processes of the machine, including those in sandboxes.
public final class RunningProgram {
  private RunningProgram() {}

  /// Returns the processes that a build of a crate started, regardless of their present parent.
  public static List<ProcessHandle> builds(String crate) {
    return with("CARGO_PKG_NAME", crate);
  }

  /// Returns the processes that were started with a variable, regardless of their present parent.
  public static List<ProcessHandle> with(String name, String value) {
    return ProcessHandle.allProcesses().filter(p -> isOf(p, name + "=" + value)).toList();
  }

  private static boolean isOf(ProcessHandle process, String variable) {
    try {
      String environment =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "environ"),
              StandardCharsets.ISO_8859_1);
      return List.of(environment.split("\0", -1)).contains(variable);
    } catch (IOException _) {
      // The process has ended, or belongs to another user.
      return false;
    }
  }
}
