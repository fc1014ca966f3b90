package lazaret.credential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The name of this machine, by which a person recognizes it on the page of a login. It proves
/// nothing.
public final class MachineName {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");
  private static final int MAX = 64;

  private MachineName() {}

  /// Returns the name as the kernel has it, in at most 64 characters of printable ASCII; `unknown`
  /// if it cannot be read.
  ///
  /// Source: proc_sys_kernel(5).
  public static String read() {
    try {
      String name = PlainText.of(Files.readString(KERNEL).strip());
      String cut = name.length() > MAX ? name.substring(0, MAX) : name;
      return cut.isBlank() ? "unknown" : cut;
    } catch (IOException _) {
      return "unknown";
    }
  }
}
