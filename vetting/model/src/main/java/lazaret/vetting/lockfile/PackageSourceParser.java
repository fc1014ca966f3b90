package lazaret.vetting.lockfile;

import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CratesIo;
import org.jspecify.annotations.Nullable;

/// A parser for the `source` of packages.
final class PackageSourceParser {
  private static final int MAX_LENGTH = 4096;

  private PackageSourceParser() {}

  /// Parses a source.
  ///
  /// @param source `kind+url`; null for a package of the workspace
  /// @throws MalformedException if cargo does not know the kind, or the text has characters that do
  ///   not print
  static PackageSource parse(@Nullable String source) {
    if (source == null) {
      return new PackageSource.Local();
    }
    boolean printable = source.chars().allMatch(c -> c > ' ' && c != 0x7f);
    int plus = source.indexOf('+');
    if (!printable || plus < 0 || plus == source.length() - 1 || source.length() > MAX_LENGTH) {
      throw malformed(source);
    }
    return switch (source.substring(0, plus)) {
      case "registry", "sparse" ->
          CratesIo.isIndex(source)
              ? new PackageSource.CratesIo()
              : source.startsWith("sparse+") && source.endsWith(PackageSource.Private.PATH)
                  ? new PackageSource.Private(source)
                  : new PackageSource.OtherRegistry(source);
      case "git" -> git(source.substring(plus + 1));
      case "path" -> new PackageSource.Local();
      default -> throw malformed(source);
    };
  }

  private static PackageSource git(String url) {
    int hash = url.indexOf('#');
    return hash < 0
        ? new PackageSource.Git(url, null)
        : new PackageSource.Git(url.substring(0, hash), url.substring(hash + 1));
  }

  private static MalformedException malformed(String source) {
    return new MalformedException(
        "cannot read the lockfile: source '"
            + Excerpt.of(source)
            + "' is not registry+URL, sparse+URL, git+URL or path+URL");
  }
}
