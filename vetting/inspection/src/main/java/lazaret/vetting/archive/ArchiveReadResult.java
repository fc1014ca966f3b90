package lazaret.vetting.archive;

import java.util.List;

/// The result of a walk through a crate.
///
/// @param problems the problems that were found; the visitor's results are valid only if there are
///   none
/// @param whole whether the walk reached the end of the archive, so that entries it did not meet do
///   not exist
/// @param unpackedBytes the number of bytes that were decompressed
/// @param entries the number of files and directories that were met
public record ArchiveReadResult(
    List<ArchiveProblem> problems, boolean whole, long unpackedBytes, int entries) {
  /// Copies the list.
  public ArchiveReadResult {
    problems = List.copyOf(problems);
  }
}
