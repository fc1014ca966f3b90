package lazaret.vetting.hosting;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.ArchiveEntry;
import lazaret.vetting.archive.ArchiveReadResult;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.EntryContent;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.archive.TarPath;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.hosting.manifest.PublishedManifest;
import lazaret.vetting.hosting.manifest.PublishedManifestReader;
import lazaret.vetting.hosting.manifest.RegistryAddresses;
import org.jspecify.annotations.Nullable;

/// The reading of an uploaded archive: its form, and the one manifest in its folder.
final class PublishedArchive {
  private static final String MANIFEST = "Cargo.toml";
  private static final String KEY = TarPath.collisionKey(MANIFEST);

  private final InspectLimits limits;
  private final List<String> manifests = new ArrayList<>();
  private @Nullable Bytes manifest;

  private PublishedArchive(InspectLimits limits) {
    this.limits = limits;
  }

  /// Reads the manifest of an archive.
  ///
  /// @param addresses the indexes that a dependency may name
  /// @throws MalformedException if the archive has a problem, or its manifest cannot be published
  static PublishedManifest read(
      CrateArchive archive, InspectLimits limits, RegistryAddresses addresses) {
    PublishedManifest manifest = PublishedManifestReader.read(document(archive, limits), addresses);
    requireSame(archive.name(), archive.version(), manifest);
    return manifest;
  }

  /// Returns the addresses of other registries that the dependencies of an archive name.
  ///
  /// @param addresses the indexes that a dependency may name
  /// @throws MalformedException if the archive or its manifest has another problem
  static List<String> otherRegistries(
      CrateArchive archive, InspectLimits limits, RegistryAddresses addresses) {
    return PublishedManifestReader.otherRegistries(document(archive, limits), addresses);
  }

  private static Bytes document(CrateArchive archive, InspectLimits limits) {
    PublishedArchive reader = new PublishedArchive(limits);
    ArchiveReadResult walked = archive.walk(limits, reader::visit);
    if (!walked.problems().isEmpty()) {
      throw new MalformedException(
          "cannot publish: the archive has a problem: " + walked.problems().getFirst());
    }
    Bytes document = reader.manifest;
    if (document == null || reader.manifests.size() != 1) {
      throw new MalformedException(
          "cannot publish: expected one file Cargo.toml in the folder of the archive, found: "
              + (reader.manifests.isEmpty() ? "none" : String.join(", ", reader.manifests)));
    }
    return document;
  }

  private static void requireSame(
      CrateName name, CrateVersion version, PublishedManifest manifest) {
    if (!manifest.name().equals(name) || !manifest.version().equals(version)) {
      throw new MalformedException(
          "cannot publish: the request says %s %s, Cargo.toml says %s %s"
              .formatted(name, version, manifest.name(), manifest.version()));
    }
  }

  private void visit(ArchiveEntry entry, EntryContent content) {
    if (entry.directory() || !entry.inRoot() || !TarPath.collisionKey(entry.path()).equals(KEY)) {
      return;
    }
    manifests.add(entry.path());
    if (entry.path().equals(MANIFEST) && entry.size() <= limits.manifestBytes()) {
      manifest = content.read(limits.manifestBytes());
    }
  }
}
