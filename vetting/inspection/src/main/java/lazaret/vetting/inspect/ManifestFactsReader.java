package lazaret.vetting.inspect;

import lazaret.vetting.Bytes;
import lazaret.vetting.archive.ArchiveEntry;
import lazaret.vetting.archive.ArchiveReadResult;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.EntryContent;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.archive.TarPath;
import lazaret.vetting.crates.CrateId;
import org.jspecify.annotations.Nullable;

/// A reader of the manifest of a crate that skips the sources. It is a few hundred times faster
/// than an inspection and does not replace one. Used once; not thread-safe.
public final class ManifestFactsReader {
  private final InspectLimits limits;
  private @Nullable CrateManifest manifest;
  private boolean buildRsInRoot;

  private ManifestFactsReader(InspectLimits limits) {
    this.limits = limits;
  }

  /// Reads the facts of a crate. If they cannot be read, the worst is assumed.
  ///
  /// @param crate any bytes; none cause an exception
  public static CrateFacts read(CrateId id, Bytes crate, InspectLimits limits) {
    var reader = new ManifestFactsReader(limits);
    ArchiveReadResult walk =
        new CrateArchive(id.name(), id.version(), crate).walk(limits, reader::visit);
    CrateManifest read = reader.manifest;
    if (read == null || read.defect() != null || !walk.whole() || !walk.problems().isEmpty()) {
      return CrateFacts.unread(walk.unpackedBytes(), walk.entries());
    }
    return new CrateFacts(
        read.hasBuildScript(reader.buildRsInRoot),
        read.isProcMacro(),
        read.license(),
        read.links(),
        walk.unpackedBytes(),
        walk.entries());
  }

  private void visit(ArchiveEntry entry, EntryContent content) {
    if (entry.directory() || !entry.inRoot()) {
      return;
    }
    buildRsInRoot |= TarPath.collisionKey(entry.path()).equals("build.rs");
    if (entry.path().equals("Cargo.toml") && content.remaining() <= limits.manifestBytes()) {
      manifest = CrateManifest.read(content.read(limits.manifestBytes()), new ManifestDetails());
    }
  }
}
