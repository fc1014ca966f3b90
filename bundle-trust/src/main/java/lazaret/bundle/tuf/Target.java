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

  /// Returns the path of the target in the metadata, which is foreign text.
  public String path() {
    return path;
  }

  /// Returns its length in bytes.
  public long length() {
    return file.length();
  }

  /// Returns the paths under which the repository may store the target, relative to its targets.
  /// With consistent snapshots there is one path for each digest (TUF specification, *Consistent
  /// snapshots*).
  public List<String> paths() {
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

  /// Checks bytes against the length and digests of the target.
  ///
  /// @throws BundleException `target-damaged` if length or digest differ, or no digest is of a
  ///   known algorithm
  public void check(Bytes bytes) {
    TargetDigests.check("target '" + Excerpt.of(path) + "'", bytes, file);
  }
}
