package lazaret.vetting.index;

import org.jspecify.annotations.Nullable;

/// The validators of upstream's response, for conditional requests (RFC 9110 §8.8).
///
/// @param etag entity tag verbatim, with its quotes and weakness; null if upstream sent none
/// @param lastModified date verbatim; null if upstream sent none
public record Validators(@Nullable String etag, @Nullable String lastModified) {
  /// No validators, so that the next request is unconditional.
  public static final Validators NONE = new Validators(null, null);
}
