package lazaret.vetting.archive;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// A `.crate` file as a sequence of entries.
///
/// Memory is limited to some hundred kilobytes and the paths, for any content. Time is linear in
/// the number of decompressed bytes. Immutable: several walks may run at the same time.
///
/// @param name the crate name, as published
/// @param version the exact version; name and version name the one folder of the archive
/// @param bytes the gzip-compressed tar archive, from an untrusted source
public record CrateArchive(CrateName name, CrateVersion version, Bytes bytes) {
  /// Walks through the archive once, to its end or to the first problem after which nothing can be
  /// read. Hostile bytes result in problems, never in an exception of this package.
  ///
  /// @param limits the limits after which the walk ends with a problem
  /// @param visitor receives the entries whose paths are valid; its results are void if there are
  ///   problems
  public ArchiveReadResult walk(InspectLimits limits, EntryVisitor visitor) {
    var problems = new ArchiveProblems();
    long unpacked = 0;
    int entries = 0;
    boolean whole = false;
    try (var member = new GzipMember(bytes.array(), limits.unpackedBytes())) {
      var paths = new EntryPathChecks(name.published() + "-" + version.text(), limits, problems);
      var walk = new TarWalk(member, paths, problems, limits, visitor);
      try {
        walk.run();
        whole = true;
      } catch (BrokenArchiveException e) {
        problems.addLast(e);
      }
      unpacked = member.unpacked();
      entries = walk.entries();
    } catch (BrokenArchiveException e) {
      problems.addLast(e);
    }
    return new ArchiveReadResult(problems.list(), whole, unpacked, entries);
  }
}
