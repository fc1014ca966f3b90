package lazaret.vetting.inspect;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// A `.crate` file as a walk through its entries. Memory stays at some hundred kilobytes plus the
/// paths, whatever the archive holds; time is linear in what is decompressed. Immutable: any number
/// of walks may go on at once.
///
/// @param name the crate, as published
/// @param version the exact version; together they name the one folder of the archive
/// @param bytes the gzip-compressed tar archive, from anybody
public record CrateArchive(CrateName name, CrateVersion version, Bytes bytes) {
  /// Walks through the archive once, to its end or to the first problem behind which nothing can be
  /// read. Hostile bytes end in problems, never in an exception of ours.
  ///
  /// @param visitor receives the entries whose paths are in order; what it learnt is void if there
  ///   are problems
  public ArchiveWalk walk(InspectLimits limits, EntryVisitor visitor) {
    var problems = new Problems();
    long unpacked = 0;
    int entries = 0;
    boolean whole = false;
    try (var member = new GzipMember(bytes.array(), limits.unpackedBytes())) {
      var paths = new EntryPaths(name.published() + "-" + version.text(), limits, problems);
      var walk = new TarWalk(member, paths, problems, limits, visitor);
      try {
        walk.run();
        whole = true;
      } catch (ArchiveBroken e) {
        problems.addLast(e);
      }
      unpacked = member.unpacked();
      entries = walk.entries();
    } catch (ArchiveBroken e) {
      problems.addLast(e);
    }
    return new ArchiveWalk(problems.list(), whole, unpacked, entries);
  }
}
