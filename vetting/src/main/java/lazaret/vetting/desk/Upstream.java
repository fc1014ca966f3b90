package lazaret.vetting.desk;

import java.time.Duration;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.Validators;
import lazaret.vetting.inspect.UnverifiedCrate;
import org.jspecify.annotations.Nullable;

/// Where crates come from: the public registry, another mirror, a folder, or nothing. Nothing that
/// it returns is trusted. Methods block, are bounded in time and size, may be called from any
/// thread and report every failure as [IndexAnswer.Unavailable] or [ArtefactAnswer.Unavailable]: a
/// failure is never "not found".
public interface Upstream extends AutoCloseable {

  /// Asks for the index file of a crate.
  ///
  /// @param known validators of what is held, [Validators#NONE] where nothing is
  IndexAnswer index(CrateName name, Validators known);

  /// Asks for the bytes of a version.
  ArtefactAnswer artefact(CrateId id);

  /// Returns the budget of requests a second that clients share; 0 if there is no limit.
  default int requestsPerSecond() {
    return 0;
  }

  /// Names the place for people, without credentials.
  String describe();

  /// Releases connections. Closing twice is allowed.
  @Override
  void close();

  /// What became of a question for an index file.
  sealed interface IndexAnswer {
    /// Upstream sent a file (not parsed yet).
    record Fresh(Bytes body, Validators validators) implements IndexAnswer {}

    /// What is held is still current.
    record NotModified() implements IndexAnswer {}

    /// Upstream says that there is no such crate (404).
    record Absent(int status) implements IndexAnswer {}

    /// Nothing was learned.
    ///
    /// @param why one clause for a person
    /// @param retryAfter when upstream wants to be asked again; null where it did not say
    record Unavailable(String why, @Nullable Duration retryAfter) implements IndexAnswer {}
  }

  /// What became of a question for an artefact.
  sealed interface ArtefactAnswer {
    /// Upstream sent bytes (not verified yet).
    record Received(UnverifiedCrate crate) implements ArtefactAnswer {}

    /// Upstream says that there is no such object (403 from an object store, 404).
    record Absent(int status) implements ArtefactAnswer {}

    /// Nothing was learned.
    ///
    /// @param why one clause for a person
    /// @param retryAfter when upstream wants to be asked again; null where it did not say
    record Unavailable(String why, @Nullable Duration retryAfter) implements ArtefactAnswer {}
  }
}
