package lazaret.vetting.deskapi.requests;

import lazaret.vetting.crates.CrateSpec;
import org.jspecify.annotations.Nullable;

/// An order to put a withheld version into the queue.
///
/// @param spec the version, `NAME@VERSION`; null if `refusal` names it
/// @param reason the reason of the requester, at most 500 characters
/// @param refusal the request id of a refusal, which names the version if `spec` does not; null if
///   there is none
public record SubmitRequest(@Nullable CrateSpec spec, String reason, @Nullable String refusal) {}
