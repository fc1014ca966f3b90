package lazaret.vetting.deskapi.requests;

import lazaret.vetting.crates.CrateSpec;
import org.jspecify.annotations.Nullable;

/// An order to put a withheld version into the queue.
///
/// @param spec the version, `NAME@VERSION`; null if `refusal` names it
/// @param reason the reason of the requester, at most 500 characters
/// @param refusal the request id of a refusal, which names the version if `spec` does not; null if
///   there is none
/// @param project the project that needs the version, at most 120 characters; null if none is named
/// @param lockfileName the path of the lockfile that names the version, at most 120 characters;
///   null if none is named
public record SubmitRequest(
    @Nullable CrateSpec spec,
    String reason,
    @Nullable String refusal,
    @Nullable String project,
    @Nullable String lockfileName) {
  /// Creates an order that names neither a project nor a lockfile.
  public SubmitRequest(@Nullable CrateSpec spec, String reason, @Nullable String refusal) {
    this(spec, reason, refusal, null, null);
  }
}
