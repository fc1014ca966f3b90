package lazaret.vetting.deskapi.requests;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import org.jspecify.annotations.Nullable;

/// An order to record a step in the handling of a request.
///
/// @param name the crate
/// @param version the version; build metadata may be omitted if it is unambiguous
/// @param act the kind of the step
/// @param text the reason of `close` and `reopen`, the comment, or the owner that it is assigned
///   to; at most 2,000 characters
public record RequestStepRequest(
    @InPath CrateName name, @InPath CrateVersion version, Step act, @Nullable String text) {
  /// The steps of reviewers.
  public enum Step {
    /// Close the request.
    CLOSE,
    /// Open a closed request again.
    REOPEN,
    /// Write a comment.
    COMMENT,
    /// Assign the request to a person.
    ASSIGN,
    /// Remove the assignment.
    UNASSIGN
  }
}
