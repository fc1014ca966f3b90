package lazaret.vetting.index;

import org.jspecify.annotations.Nullable;

/// What upstream gave to ask "has it changed?" with (RFC 9110 §8.8).
///
/// @param etag the entity tag verbatim, quotes and weakness included; null where upstream sent none
/// @param lastModified the date verbatim; null where upstream sent none
public record Validators(@Nullable String etag, @Nullable String lastModified) {
  /// No validator: the next question is an unconditional one.
  public static final Validators NONE = new Validators(null, null);
}
