package lazaret.vetting.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person who signed in at least once.
///
/// @param name the name in the ledger; unique, ignoring case
/// @param issuer the address of the identity provider
/// @param subject the unique id at the provider
/// @param displayName the name for pages
/// @param email the address for messages; null if the provider sent none
/// @param groups the groups at the last sign-in, or at a later one that was refused
/// @param firstSignIn the time of the first sign-in
/// @param lastSignIn the time of the last sign-in
public record Person(
    String name,
    String issuer,
    String subject,
    String displayName,
    @Nullable String email,
    List<String> groups,
    Instant firstSignIn,
    Instant lastSignIn) {
  public Person {
    groups = List.copyOf(groups);
  }

  /// Returns this person with other groups.
  Person in(List<String> others) {
    return new Person(name, issuer, subject, displayName, email, others, firstSignIn, lastSignIn);
  }

  /// Returns whether an identity is this person.
  boolean is(Identity identity) {
    return issuer.equals(identity.issuer()) && subject.equals(identity.subject());
  }
}
