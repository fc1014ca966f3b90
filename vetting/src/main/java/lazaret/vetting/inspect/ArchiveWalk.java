package lazaret.vetting.inspect;

import java.util.List;

/// How a walk through a crate went.
///
/// @param problems what was wrong; what a visitor learnt counts only if this is empty
/// @param whole whether the end of the archive was reached, so that what was not met is not there
/// @param unpackedBytes how much was decompressed
/// @param entries how many files and directories were met
public record ArchiveWalk(List<Problem> problems, boolean whole, long unpackedBytes, int entries) {
  /// Copies the list.
  public ArchiveWalk {
    problems = List.copyOf(problems);
  }
}
