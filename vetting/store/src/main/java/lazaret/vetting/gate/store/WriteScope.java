package lazaret.vetting.gate.store;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;

/// A part of the stored data that one writer at a time reads, changes and writes
/// ([Store#serially]).
///
/// @param name the name, which the database has: 1 to [#MAX_NAME] characters without a zero byte
public record WriteScope(String name) {
  /// The maximum length of a name, in characters.
  public static final int MAX_NAME = 200;

  /// The tokens.
  public static final WriteScope TOKENS = new WriteScope("tokens");

  /// The queued requests, as far as the usage log writes them.
  public static final WriteScope REQUESTS = new WriteScope("requests");

  /// The records of lockfiles.
  public static final WriteScope LOCKFILES = new WriteScope("lockfiles");

  /// The recorded verdicts.
  public static final WriteScope VERDICTS = new WriteScope("verdicts");

  /// The policy that was in force last.
  public static final WriteScope POLICY = new WriteScope("policy");

  /// The register of suspected removals.
  public static final WriteScope REMOVALS = new WriteScope("removals");

  /// The sessions and persons of the desk.
  public static final WriteScope SESSIONS = new WriteScope("sessions");

  /// The logins of commands that wait for a person.
  public static final WriteScope LOGINS = new WriteScope("logins");

  /// The sign-ins that wait for the identity provider.
  public static final WriteScope SIGN_INS = new WriteScope("sign-ins");

  /// The trust in bundles, with the clock floor.
  public static final WriteScope TRUST = new WriteScope("trust");

  /// The published feed of inspection results.
  public static final WriteScope RESULTS = new WriteScope("results");

  /// The toolchains, Git sources and documentation of a site, with the rows of their files. An
  /// import changes all of them together, so that they share one scope.
  public static final WriteScope SITE = new WriteScope("site");

  /// Checks the name.
  ///
  /// @throws IllegalArgumentException if it is empty or too long, or has a zero byte
  public WriteScope {
    if (name.isEmpty() || name.length() > MAX_NAME || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "cannot use a scope: expected a name of 1 to %d characters without a zero byte, found %d"
              .formatted(MAX_NAME, name.length()));
    }
  }

  /// Returns the scope of the used ids of exchanged tokens in one value of the store.
  ///
  /// @param bucket the first digits of their digests
  public static WriteScope tokenIds(String bucket) {
    return new WriteScope("token-ids/" + bucket);
  }

  /// Returns the scope of what one person read, or of the drafts of one person.
  ///
  /// @param kind the kind of documents, such as `reading`
  /// @param person the digest of the name of the person, which may be long
  public static WriteScope ofPerson(String kind, Sha256 person) {
    return new WriteScope(kind + '/' + person.hex());
  }

  /// Returns the scope of the notes on all versions of a crate.
  public static WriteScope notes(CrateName name) {
    return new WriteScope("notes/" + name.collisionKey());
  }
}
