package lazaret.vetting.snapshot;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;

/// A statement of the connected side on the bytes of one version: an in-toto statement with a
/// verification summary. Statements are equal if their bytes are. Thread-safe.
///
/// Source: in-toto attestation, *Statement v1*; SLSA, *Verification Summary Attestation v1*.
public final class VerificationStatement {
  private final Claim claim;
  private final Bytes payload;

  private VerificationStatement(Claim said, Bytes payload) {
    this.claim = said;
    this.payload = payload;
  }

  /// The content of a statement.
  ///
  /// @param id the version and its bytes
  /// @param allows whether the version is served
  /// @param sequence time of the newest decision, in milliseconds since the epoch; 0 if there is
  ///   none. Of two statements on one version the one with the higher sequence is newer
  /// @param policy SHA-256 of the policy of the evaluation
  /// @param decisions decisions of people, oldest first. If policy alone withholds the version, the
  ///   only one names the rule; if policy alone allows it, the list is empty
  public record Claim(
      CrateId id, boolean allows, long sequence, Sha256 policy, List<Decision> decisions) {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if the sequence is negative, or a decision is on another
    ///   crate, version or bytes
    public Claim {
      decisions = List.copyOf(decisions);
      if (sequence < 0) {
        throw new IllegalArgumentException("expected a sequence of 0 or more, found " + sequence);
      }
      if (decisions.stream().anyMatch(d -> !d.id().equals(id))) {
        throw new IllegalArgumentException("a statement on " + id + " has decisions on another");
      }
    }

    /// Returns this content with one decision instead of its decisions.
    public Claim by(Decision decision) {
      return new Claim(id, allows, sequence, policy, List.of(decision));
    }

    /// Returns whether two contents are equal except for their policy.
    public boolean equalsIgnoringPolicy(Claim other) {
      return id.equals(other.id)
          && allows == other.allows
          && sequence == other.sequence
          && decisions.equals(other.decisions);
    }
  }

  /// Creates a statement.
  public static VerificationStatement of(Claim said) {
    return new VerificationStatement(said, VerificationStatementCodec.encode(said));
  }

  /// Parses a statement.
  ///
  /// @param payload bytes exactly as [#of] writes them
  /// @throws lazaret.vetting.MalformedException if the bytes are in any other form
  public static VerificationStatement parse(Bytes payload) {
    return new VerificationStatement(VerificationStatementCodec.decode(payload), payload);
  }

  /// Returns the content.
  public Claim claim() {
    return claim;
  }

  /// Returns the version and its bytes.
  public CrateId id() {
    return claim.id();
  }

  /// Returns whether the version is served.
  public boolean allows() {
    return claim.allows();
  }

  /// Returns the statement's bytes: JSON on one line.
  public Bytes payload() {
    return payload;
  }

  /// Returns the SHA-256 of [#payload].
  public Sha256 digest() {
    return Sha256.of(payload);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerificationStatement that && payload.equals(that.payload);
  }

  @Override
  public int hashCode() {
    return payload.hashCode();
  }

  @Override
  public String toString() {
    return (claim.allows() ? "allows " : "denies ") + claim.id();
  }
}
