package lazaret.cli.desk;

import java.util.Comparator;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.CrateVersionInfo;

/// Versions in the words of a command line and in replies of a desk.
public final class VersionArguments {
  private VersionArguments() {}

  /// One exact version.
  public record Exact(CrateName name, CrateVersion version) {}

  /// Parses a word that must name one exact version.
  public static Exact exact(String word) {
    CrateSpec spec = spec(word);
    CrateVersion version = spec.version();
    if (version == null) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot read '%s': expected one version, like %s@1.2.3".formatted(word, spec.name()));
    }
    return new Exact(spec.name(), version);
  }

  /// Parses a word that names versions.
  ///
  /// @throws CliException if it is the name of a lockfile; the message states the correct option
  public static CrateSpec spec(String word) {
    if (word.endsWith(".lock")) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          ("cannot read '%s' as a version: review, approve, deny and revoke take a lockfile with"
                  + " --lockfile FILE, verify and prefetch as an argument")
              .formatted(word));
    }
    return CrateSpec.parse(word);
  }

  /// Returns the order of a desk's list of versions, newest first.
  public static Comparator<CrateVersionInfo> newestFirst() {
    return Comparator.comparing(CrateVersionInfo::version).reversed();
  }
}
