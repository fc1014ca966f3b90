package lazaret.signin.workload;

import java.time.Instant;

/// The register of the ids of tokens that were exchanged. Implementations are thread-safe and keep
/// an entry through a restart.
///
/// Source: RFC 7519 section 4.1.7.
public interface UsedTokenIds {
  /// Records the use of an id. Checking and recording are one step: of two simultaneous calls with
  /// the same id, one returns true. The record is durable when this returns.
  ///
  /// @param issuer the issuer URL; an id is unique within it
  /// @param jti the id, at most 256 characters: foreign text
  /// @param until the moment from which the token is expired in any case
  /// @return false if the id was used before
  /// @throws lazaret.vetting.LazaretException if the use cannot be recorded; the token must then be
  ///   refused
  boolean use(String issuer, String jti, Instant until);
}
