package lazaret.vetting.gate.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.Validators;
import lazaret.vetting.origin.NameOrigin;
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

  /// Returns the registry to which a name belongs. Nothing is requested for it, and a crate of
  /// another origin than [NameOrigin#PUBLIC] is requested from no other machine.
  default NameOrigin origin(CrateName name) {
    return NameOrigin.PUBLIC;
  }

  /// Returns the registry to which a name belongs as [#origin] does. It may read the store, since
  /// another node of a cluster can have given the name to a private crate a moment ago.
  default NameOrigin confirmedOrigin(CrateName name) {
    return origin(name);
  }

  /// Returns the text of the pattern that reserves a name with the origin [NameOrigin#RESERVED];
  /// empty if it is unknown.
  default String reservedBy(CrateName name) {
    return "";
  }

  /// Returns the condition for public names among the collision keys that contain a text, or null
  /// if all names are public. Nothing is requested for it. The condition is in heap and may be used
  /// for one search.
  default @Nullable Predicate<String> publicKeys(String part) {
    return null;
  }

  /// Returns the holds of the versions of a private crate, by version; empty for other crates.
  /// Nothing is requested for it.
  default Map<String, PublishHold> holds(CrateName name) {
    return Map.of();
  }

  /// Returns whether the stored bytes of a SHA-256 are those of a private crate with another name.
  /// Such bytes, and findings on them, do not belong to the named crate, although its index line
  /// names them. It may read the store; nothing is requested for it.
  default boolean isForeign(CrateName name, Sha256 cksum) {
    return false;
  }

  /// Returns whether the address of an index, as a lockfile names it, means the private registry of
  /// this gate. Nothing is requested for it.
  default boolean isPrivateIndex(String address) {
    return false;
  }

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
    ///
    /// @param origin the registry that the file is from; the name can have moved to another one
    ///   since
    record Fresh(Bytes body, Validators validators, NameOrigin origin) implements IndexResponse {
      /// Creates the file of a public crate.
      public Fresh(Bytes body, Validators validators) {
        this(body, validators, NameOrigin.PUBLIC);
      }
    }

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
