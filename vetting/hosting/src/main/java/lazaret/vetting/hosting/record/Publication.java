package lazaret.vetting.hosting.record;

import java.time.Instant;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// A version of a private crate that this gate hosts. It is never removed.
///
/// @param id name, version and SHA-256
/// @param line the index line without `yanked`: one JSON object without white space between tokens
/// @param state the state
/// @param published the time of the upload by the gate's clock, in whole seconds
/// @param provenance how it came
/// @param metadata what its manifest says for people
/// @param reason why it was held or deleted, in one sentence; null otherwise
public record Publication(
    CrateId id,
    String line,
    PublicationState state,
    Instant published,
    Provenance provenance,
    PublicationMetadata metadata,
    @Nullable String reason) {
  /// Checks the form of the line.
  ///
  /// @throws MalformedException if the line is not an object with at least one field in one line
  public Publication {
    if (!line.startsWith("{\"") || !line.endsWith("}") || line.indexOf('\n') >= 0) {
      throw new MalformedException(
          "cannot read the publication %s: expected a JSON object in one line".formatted(id));
    }
  }

  /// Returns the name.
  public CrateName name() {
    return id.name();
  }

  /// Returns the version.
  public CrateVersion version() {
    return id.version();
  }

  /// Returns the key of the row. Versions that differ in build metadata alone have one key.
  public String key() {
    return key(id.name(), id.version());
  }

  /// Returns the key of the row of a version.
  public static String key(CrateName name, CrateVersion version) {
    return prefix(name) + version.withoutBuild().text();
  }

  /// Returns the beginning of the keys of all rows of a crate.
  public static String prefix(CrateName name) {
    return name.collisionKey() + '/';
  }

  /// Returns the index line as upstream would send it. A held version is not yanked there: its
  /// verdict withholds it.
  public Bytes indexLine() {
    boolean yanked = state == PublicationState.YANKED || state == PublicationState.DELETED;
    return Bytes.utf8(line.substring(0, line.length() - 1) + ",\"yanked\":" + yanked + "}");
  }

  /// Returns this publication in another state.
  ///
  /// @param why the reason; null if the state needs none
  public Publication in(PublicationState other, @Nullable String why) {
    return new Publication(id, line, other, published, provenance, metadata, why);
  }
}
