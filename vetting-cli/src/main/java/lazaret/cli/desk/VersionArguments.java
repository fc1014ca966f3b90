package lazaret.cli.desk;

import java.util.Comparator;
import lazaret.cli.report.JsonObject;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;

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
  public static Comparator<JsonObject> newestFirst() {
    return Comparator.comparing((JsonObject line) -> of(line)).reversed();
  }

  /// Returns the version in an object of a reply.
  ///
  /// @throws CliException if the object has none
  public static CrateVersion of(JsonObject line) {
    try {
      return CrateVersion.parse(line.words("version"));
    } catch (MalformedException e) {
      throw new CliException(
          ErrorCode.SERVER_UNAVAILABLE,
          "the reply of the desk API has a malformed version: " + e.getMessage(),
          e);
    }
  }
}
