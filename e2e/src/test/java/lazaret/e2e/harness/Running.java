package lazaret.e2e.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The processes of the machine, those in sandboxes among them.
public final class Running {
  private Running() {}

  /// Returns the processes that a build of a crate started, whoever is their parent by now.
  public static List<ProcessHandle> builds(String crate) {
    return ProcessHandle.allProcesses().filter(p -> isOf(p, "CARGO_PKG_NAME=" + crate)).toList();
  }

  private static boolean isOf(ProcessHandle process, String variable) {
    try {
      String environment =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "environ"),
              StandardCharsets.ISO_8859_1);
      return List.of(environment.split("\0", -1)).contains(variable);
    } catch (IOException _) {
      // Gone meanwhile, or somebody else's.
      return false;
    }
  }
}
