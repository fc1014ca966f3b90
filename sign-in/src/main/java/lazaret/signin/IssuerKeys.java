package lazaret.signin;

import com.nimbusds.jose.jwk.JWKSet;

/// The public keys with which one issuer signs its tokens. Implementations are thread-safe and may
/// block.
public interface IssuerKeys {
  /// Returns the current keys. The set contains public keys only, for RS256, PS256, ES256 and
  /// EdDSA.
  ///
  /// @throws IssuerUnavailableException if there are none yet, or the last ones are too old
  JWKSet keys();

  /// Returns the keys, fetched again if none has an id. The issuer is asked at most once in 30 s,
  /// so that tokens with invented ids cause no requests. The set may still lack the id.
  ///
  /// @param kid the id of a key as a token names it; foreign text
  /// @throws IssuerUnavailableException if there are none yet, or the last ones are too old
  JWKSet refreshed(String kid);
}
