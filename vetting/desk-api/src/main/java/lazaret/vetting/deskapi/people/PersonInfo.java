package lazaret.vetting.deskapi.people;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person who signed in at the identity provider at least once.
///
/// @param name the name in the ledger
/// @param displayName the name for pages
/// @param email the address for messages; null if the provider sent none
/// @param roles the present roles: `reviewer:zstd-* serde`, `auditor`; empty if no group has one
/// @param groups the groups at the last sign-in
/// @param firstSignIn the time of the first sign-in
/// @param lastSignIn the time of the last sign-in
/// @param sessions the number of open sessions
public record PersonInfo(
    String name,
    String displayName,
    @Nullable String email,
    List<String> roles,
    List<String> groups,
    Instant firstSignIn,
    Instant lastSignIn,
    long sessions) {
  public PersonInfo {
    roles = List.copyOf(roles);
    groups = List.copyOf(groups);
  }
}
