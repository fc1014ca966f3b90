package lazaret.bundle.tuf;

import java.util.List;
import java.util.stream.Stream;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;

/// A target that trusted metadata names.
public final class Target {
  private final String path;
  private final Metadata.TargetFile file;
  private final boolean consistentSnapshot;

  Target(String path, Metadata.TargetFile file, boolean consistentSnapshot) {
    this.path = path;
    this.file = file;
    this.consistentSnapshot = consistentSnapshot;
  }

  /// Returns the path that metadata names it by: foreign text.
  public String path() {
    return path;
  }

  /// Returns its length in bytes.
  public long length() {
    return file.length();
  }

  /// Returns where the repository may keep it, relative to its targets: one place for each digest
  /// where snapshots are consistent (TUF specification, *Consistent snapshots*).
  public List<String> places() {
    if (!consistentSnapshot) {
      return List.of(path);
    }
    int name = path.lastIndexOf('/') + 1;
    return Stream.of("sha256", "sha512")
        .filter(file.hashes()::containsKey)
        .map(
            algorithm ->
                path.substring(0, name) + file.hashes().get(algorithm) + "." + path.substring(name))
        .toList();
  }

  /// Checks bytes that are said to be the target.
  ///
  /// @throws BundleException `target-damaged` where length or digest differ, or no digest is known
  public void check(Bytes bytes) {
    Digests.check("target '" + Excerpt.of(path) + "'", bytes, file);
  }
}
