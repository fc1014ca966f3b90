package lazaret.vetting.review;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.ArchiveEntry;
import lazaret.vetting.archive.ArchiveReadResult;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.EntryContent;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.literal.FileKind;
import org.jspecify.annotations.Nullable;

/// The files of an artifact with their digests and the files that belong to the build script.
/// Contents are not kept.
final class CrateListing {
  /// The endings of files that may name other files of the crate.
  private static final Set<String> NAMING =
      Set.of("rs", "c", "h", "cc", "cpp", "cxx", "hpp", "inc", "in");

  private static final Set<String> ASIDE_FOLDERS =
      Set.of("tests", "benches", "examples", "docs", "doc", "fuzz", "ci", ".github");
  private static final Set<String> ASIDE_ENDINGS = Set.of("md", "txt", "rst", "adoc");
  private static final Set<String> ASIDE_FILES =
      Set.of("Cargo.lock", ".cargo_vcs_info.json", ".gitignore", "LICENSE", "COPYING");

  private final DiffLimits limits;
  private final Map<String, FileDigest> files = new TreeMap<>();
  private final Map<String, FileKind> kinds = new HashMap<>();
  private final FileReferences references = new FileReferences();
  private CargoTargets targets = CargoTargets.usual();
  private Set<String> buildScript = Set.of();
  private Set<String> source = Set.of();

  private CrateListing(DiffLimits limits) {
    this.limits = limits;
  }

  /// Returns the listing of an archive.
  ///
  /// @throws MalformedException if it breaks the rules of archives
  static CrateListing of(CrateArchive archive, InspectLimits inspect, DiffLimits limits) {
    var listing = new CrateListing(limits);
    ArchiveReadResult walk = archive.walk(inspect, listing::visit);
    refuseProblems(archive, walk);
    listing.close();
    return listing;
  }

  static void refuseProblems(CrateArchive archive, ArchiveReadResult walk) {
    if (!walk.problems().isEmpty()) {
      throw new MalformedException(
          "cannot compare %s %s: expected a conformant archive, found %s"
              .formatted(
                  archive.name().published(),
                  archive.version().text(),
                  walk.problems().getFirst()));
    }
  }

  private void visit(ArchiveEntry entry, EntryContent content) {
    if (entry.directory()) {
      return;
    }
    boolean manifest = entry.path().equals("Cargo.toml");
    boolean naming = NAMING.contains(ending(entry.path()));
    if ((manifest || naming) && entry.size() <= limits.fileBytes()) {
      Bytes text = content.read(limits.fileBytes());
      files.put(entry.path(), new FileDigest(entry.size(), Sha256.of(text)));
      kind(entry.path(), text.array(), text.length());
      if (manifest) {
        targets = CargoTargets.read(text);
      } else {
        references.scan(entry.path(), text.text());
      }
    } else {
      files.put(entry.path(), new FileDigest(entry.size(), digest(entry.path(), content)));
    }
  }

  private Sha256 digest(String path, EntryContent content) {
    var hasher = new Sha256.Hasher();
    byte[] chunk = new byte[64 * 1024];
    boolean first = true;
    for (int read = content.read(chunk, 0, chunk.length);
        read > 0;
        read = content.read(chunk, 0, chunk.length)) {
      if (first) {
        kind(path, chunk, read);
        first = false;
      }
      hasher.update(chunk, 0, read);
    }
    return hasher.finish();
  }

  private void kind(String path, byte[] head, int length) {
    FileKind kind = FileKind.of(head, length);
    if (kind != FileKind.OTHER) {
      kinds.put(path, kind);
    }
  }

  private void close() {
    buildScript = references.reached(targets.buildScripts(), files.keySet());
    Set<String> roots = new HashSet<>(targets.roots());
    for (String path : files.keySet()) {
      if (ending(path).equals("rs") && !isAside(path)) {
        roots.add(path);
      }
    }
    source = references.reached(roots, files.keySet());
  }

  /// Returns the files by path.
  Map<String, FileDigest> files() {
    return files;
  }

  /// Returns the kind of a file by its first bytes.
  FileKind kind(String path) {
    return kinds.getOrDefault(path, FileKind.OTHER);
  }

  @Nullable FileDigest file(String path) {
    return files.get(path);
  }

  /// Returns the role of a file.
  FileRole part(String path) {
    if (buildScript.contains(path)) {
      return FileRole.BUILD_SCRIPT;
    }
    if (path.equals("Cargo.toml") || path.equals("Cargo.toml.orig")) {
      return FileRole.MANIFEST;
    }
    boolean named = source.contains(path) && !ASIDE_ENDINGS.contains(ending(path));
    if (named || path.startsWith("src/")) {
      return FileRole.SOURCE;
    }
    return isAside(path) ? FileRole.ASIDE : FileRole.OTHER;
  }

  private static boolean isAside(String path) {
    int slash = path.indexOf('/');
    if (slash >= 0) {
      return ASIDE_FOLDERS.contains(path.substring(0, slash));
    }
    return ASIDE_FILES.contains(path)
        || path.startsWith("LICENSE")
        || ASIDE_ENDINGS.contains(ending(path));
  }

  private static String ending(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
