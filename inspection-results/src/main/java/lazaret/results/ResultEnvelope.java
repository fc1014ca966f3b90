package lazaret.results;

import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.DsseEnvelope;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;

/// Signed results or a signed revocation, as one line. The type of the content is signed, so that
/// neither can be taken for the other, or for decisions.
public sealed interface ResultEnvelope {
  /// The type of results.
  String RESULTS = "application/vnd.lazaret.inspection-results+json";

  /// The type of revocations.
  String REVOCATIONS = "application/vnd.lazaret.inspection-revocations+json";

  /// The maximum length of a line, in bytes.
  int MAX_LINE = 240 << 10;

  /// Results.
  ///
  /// @param signer the key that signed them
  record Results(TufKey signer, ResultBatch batch) implements ResultEnvelope {}

  /// A revocation.
  ///
  /// @param signer the key that signed it
  record Revoked(TufKey signer, ResultRevocation revocation) implements ResultEnvelope {}

  /// Returns the number in its feed; 0 if it is not part of a feed.
  default long sequence() {
    return switch (this) {
      case Results(_, ResultBatch batch) -> batch.sequence();
      case Revoked(_, ResultRevocation revocation) -> revocation.sequence();
    };
  }

  /// Signs results.
  static Bytes sign(ResultBatch batch, SigningKey key) {
    return DsseEnvelope.signed(ResultJson.PAYLOADS.encode(batch), RESULTS, key).line();
  }

  /// Signs a revocation.
  static Bytes sign(ResultRevocation revocation, SigningKey key) {
    return DsseEnvelope.signed(ResultJson.PAYLOADS.encode(revocation), REVOCATIONS, key).line();
  }

  /// Signs the content of a line of this gate with another key.
  ///
  /// @throws BundleException `table-malformed` if it is not a signed line
  static Bytes signedAgain(Bytes line, SigningKey key) {
    DsseEnvelope envelope = DsseEnvelope.parse(line);
    return DsseEnvelope.signed(envelope.payload(), envelope.payloadType(), key).line();
  }

  /// Returns the digest of the content of a line, which no other signature changes.
  ///
  /// @throws BundleException `table-malformed` if it is not a signed line
  static Sha256 content(Bytes line) {
    return Sha256.of(DsseEnvelope.parse(line).payload());
  }

  /// Reads a line, whose signature is checked before anything of its content is read.
  ///
  /// @param keys the keys that may sign
  /// @throws MalformedException if it has another form, or none of the keys signed it
  static ResultEnvelope read(Bytes line, List<TufKey> keys) {
    if (line.length() > MAX_LINE) {
      throw new MalformedException(
          "cannot read inspection results: expected a line of at most %d bytes, found %d"
              .formatted(MAX_LINE, line.length()));
    }
    DsseEnvelope envelope;
    try {
      envelope = DsseEnvelope.parse(line);
    } catch (BundleException e) {
      throw new MalformedException(
          "cannot read inspection results: expected a signed line, found something else", e);
    }
    Optional<TufKey> results = envelope.signer(RESULTS, keys);
    if (results.isPresent()) {
      return new Results(
          results.get(), ResultJson.PAYLOADS.decode(ResultBatch.class, envelope.payload()));
    }
    TufKey signer =
        envelope
            .signer(REVOCATIONS, keys)
            .orElseThrow(
                () ->
                    new MalformedException(
                        "cannot use inspection results: expected a signature of a trusted key,"
                            + " found none; compare the keys of 'results.keys' with the sender's"));
    return new Revoked(
        signer, ResultJson.PAYLOADS.decode(ResultRevocation.class, envelope.payload()));
  }
}
