package lazaret.vetting.gate.upstream;

import java.time.Duration;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// The registry from which crates are fetched: the public one, another mirror, a folder, or none.
/// Its responses are not trusted. Methods block, are bounded in time and size, and may be called
/// from any thread. They report every failure as `Unavailable`, never as "not found".
public interface Upstream extends AutoCloseable {

  /// Requests the index file of a crate.
  ///
  /// @param known the validators of the stored file, or [Validators#NONE] if there is none
  IndexResponse index(CrateName name, Validators known);

  /// Requests the bytes of a version.
  ArtifactResponse artifact(CrateId id);

  /// Returns the number of requests per second that clients share, or 0 if there is no limit.
  default int requestsPerSecond() {
    return 0;
  }

  /// Returns a description for people, without credentials.
  String describe();

  /// Releases connections. Closing twice is allowed.
  @Override
  void close();

  /// The result of a request for an index file.
  sealed interface IndexResponse {
    /// A file from upstream, not parsed yet.
    record Fresh(Bytes body, Validators validators) implements IndexResponse {}

    /// A confirmation that the stored file is current.
    record NotModified() implements IndexResponse {}

    /// A statement that the crate does not exist (404).
    record Absent(int status) implements IndexResponse {}

    /// A failure that leaves the existence of the crate open.
    ///
    /// @param why one clause for a person
    /// @param retryAfter the pause that upstream asked for; null if it asked for none
    record Unavailable(String why, @Nullable Duration retryAfter) implements IndexResponse {}
  }

  /// The result of a request for an artifact.
  sealed interface ArtifactResponse {
    /// Bytes from upstream, not verified yet.
    record Received(UnverifiedCrate crate) implements ArtifactResponse {}

    /// A statement that the object does not exist (403 from an object store, 404).
    record Absent(int status) implements ArtifactResponse {}

    /// A failure that leaves the existence of the object open.
    ///
    /// @param why one clause for a person
    /// @param retryAfter the pause that upstream asked for; null if it asked for none
    record Unavailable(String why, @Nullable Duration retryAfter) implements ArtifactResponse {}
  }
}
