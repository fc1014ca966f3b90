package lazaret.vetting.snapshot;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;

/// What the connected side says of one version's bytes: an in-toto statement with a verification
/// summary. Statements are equal when their bytes are. Thread-safe.
///
/// Source: in-toto attestation, *Statement v1*; SLSA, *Verification Summary Attestation v1*.
public final class Statement {
  private final Said said;
  private final Bytes payload;

  private Statement(Said said, Bytes payload) {
    this.said = said;
    this.payload = payload;
  }

  /// What a statement says.
  ///
  /// @param id the version and its bytes
  /// @param allows whether it is served
  /// @param sequence the entry of the connected side's ledger that it follows: of two statements on
  ///   one version the one with the higher sequence is newer; 0 where no person decided
  /// @param policy SHA-256 of the policy under which it was judged
  /// @param decisions of people, oldest first; where policy alone withholds it, the one that names
  ///   the rule, and none where it alone allows it
  public record Said(
      CrateId id, boolean allows, long sequence, Sha256 policy, List<Decision> decisions) {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if the sequence is negative, or a decision is on another
    ///   crate
    public Said {
      decisions = List.copyOf(decisions);
      if (sequence < 0) {
        throw new IllegalArgumentException("expected a sequence of 0 or more, found " + sequence);
      }
      if (decisions.stream().anyMatch(d -> !d.id().equals(id))) {
        throw new IllegalArgumentException("a statement on " + id + " has decisions on another");
      }
    }

    /// Returns the same, by this decision.
    public Said by(Decision decision) {
      return new Said(id, allows, sequence, policy, List.of(decision));
    }

    /// Tells whether two statements say the same, whatever policy they were judged under.
    public boolean sameBut(Said other) {
      return id.equals(other.id)
          && allows == other.allows
          && sequence == other.sequence
          && decisions.equals(other.decisions);
    }
  }

  /// Makes a statement.
  public static Statement of(Said said) {
    return new Statement(said, StatementCodec.encode(said));
  }

  /// Reads a statement.
  ///
  /// @param payload exactly as [#of] writes it
  /// @throws lazaret.vetting.MalformedException if it is anything else
  public static Statement parse(Bytes payload) {
    return new Statement(StatementCodec.decode(payload), payload);
  }

  /// Returns what it says.
  public Said said() {
    return said;
  }

  /// Returns the version and its bytes.
  public CrateId id() {
    return said.id();
  }

  /// Tells whether the version is served.
  public boolean allows() {
    return said.allows();
  }

  /// Returns the statement's bytes: JSON in one line.
  public Bytes payload() {
    return payload;
  }

  /// Returns the SHA-256 of [#payload].
  public Sha256 digest() {
    return Sha256.of(payload);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Statement that && payload.equals(that.payload);
  }

  @Override
  public int hashCode() {
    return payload.hashCode();
  }

  @Override
  public String toString() {
    return (said.allows() ? "allows " : "denies ") + said.id();
  }
}
