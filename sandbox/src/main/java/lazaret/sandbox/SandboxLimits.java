package lazaret.sandbox;

import java.time.Duration;

/// What a command in the sandbox may use up.
///
/// @param processes processes and threads at a time
/// @param files open files of one process
/// @param fileBytes size of one file
/// @param processBytes address space of one process
/// @param processCpu processor time of one process
/// @param memoryBytes memory of all processes together; held where the machine has a manager of
///   control groups, reported as not held elsewhere
/// @param targetBytes size of the target folder
/// @param temporaryBytes size of `/tmp`
/// @param outputBytes standard output and error together
/// @param wall time from start to end
/// @param silence time without any output
public record SandboxLimits(
    int processes,
    int files,
    long fileBytes,
    long processBytes,
    Duration processCpu,
    long memoryBytes,
    long targetBytes,
    long temporaryBytes,
    long outputBytes,
    Duration wall,
    Duration silence) {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /// Enough for honest builds of some hundred crates on a workstation.
  public static final SandboxLimits USUAL =
      new SandboxLimits(
          512,
          1_024,
          4 * GIB,
          8 * GIB,
          Duration.ofMinutes(30),
          8 * GIB,
          20 * GIB,
          GIB,
          64 * MIB,
          Duration.ofHours(2),
          Duration.ofMinutes(30));

  /// Checks that nothing is zero or less.
  public SandboxLimits {
    if (processes < 1
        || files < 1
        || fileBytes < 1
        || processBytes < 1
        || memoryBytes < 1
        || targetBytes < 1
        || temporaryBytes < 1
        || outputBytes < 1
        || !processCpu.isPositive()
        || !wall.isPositive()
        || !silence.isPositive()) {
      throw new IllegalArgumentException("a limit of the sandbox must be positive");
    }
  }
}
