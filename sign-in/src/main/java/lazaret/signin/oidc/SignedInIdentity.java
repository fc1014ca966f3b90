package lazaret.signin.oidc;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The identity of a person as the provider attests it. Issuer and subject together never change
/// and name one person; all other values may change or belong to several people.
///
/// @param issuer the issuer
/// @param subject the id of the person at the issuer: 1 to 255 printable characters
/// @param name the name in the ledger, from the configured claim: 1 to 255 printable characters
/// @param displayName the name for pages: printable, at most 122 characters
/// @param email the e-mail address; null if there is none, or the provider did not verify it
/// @param groups the groups, in the order of the provider; empty if none is configured or sent
/// @param sid the id of the session at the provider, for back-channel logout; null if there is none
/// @param at the time of the sign-in
public record SignedInIdentity(
    String issuer,
    String subject,
    String name,
    String displayName,
    @Nullable String email,
    List<String> groups,
    @Nullable String sid,
    Instant at) {
  /// Copies the list.
  public SignedInIdentity {
    groups = List.copyOf(groups);
  }
}
