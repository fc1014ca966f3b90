package lazaret.sandbox;

import java.time.Duration;

/// The resource limits of a command in the sandbox.
///
/// @param processes the number of processes and threads at a time
/// @param files the number of open files of one process
/// @param fileBytes the size of one file in bytes
/// @param processBytes the address space of one process in bytes
/// @param processCpu the processor time of one process
/// @param memoryBytes the memory of all processes together in bytes. It is enforced if the user can
///   make control groups, and reported as not enforced otherwise.
/// @param targetBytes the size of the target folder in bytes
/// @param temporaryBytes the size of `/tmp` in bytes
/// @param outputBytes the length of standard output and standard error together in bytes
/// @param wall the time from start to end
/// @param silence the time without any output
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

  /// The default limits, which suffice for builds of several hundred crates on a workstation.
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

  /// Checks that all limits are positive.
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
