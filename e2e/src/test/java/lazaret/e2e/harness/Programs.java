package lazaret.e2e.harness;

import java.time.Duration;

/// Programs of the machine.
public final class Programs {
  private Programs() {}

  /// Runs a program to its end in the environment of this process.
  public static ProgramResult run(Duration patience, String... command) {
    return ProgramResult.of(new ProcessBuilder(command), patience);
  }

  /// Returns whether the tests run as root.
  public static boolean isRoot() {
    return run(Duration.ofMinutes(1), "id", "-u").out().strip().equals("0");
  }
}
