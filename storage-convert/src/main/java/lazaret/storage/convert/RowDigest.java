package lazaret.storage.convert;

import java.math.BigInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;

/// The number of the rows of one kind in a store, and a digest over all of them. Two engines order
/// a few kinds differently, so the digest is the sum of the SHA-256 of each row modulo 2^256.
///
/// @param rows the number of rows
/// @param digest the digest, 64 hexadecimal digits
public record RowDigest(RowKind kind, long rows, String digest) {
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(8 * Sha256.LENGTH);

  /// Reads all rows of a kind. Artifacts are not read: their length and the SHA-256 under which
  /// they are stored are compared, and a store compares the bytes when it takes them.
  ///
  /// @param operation counts the rows
  static RowDigest of(RowKind kind, Store store, RunningOperation operation) {
    var sum = new Sum();
    Consumer<byte[]> counted =
        row -> {
          sum.add(row);
          operation.step();
        };
    if (kind == RowKind.ARTIFACTS) {
      try (Stream<Sha256> all = store.artifacts()) {
        all.map(cksum -> artifact(store, cksum)).forEachOrdered(counted);
      }
    } else {
      try (Stream<Write> all = kind.rows(store, 0)) {
        all.map(RowEncoder::encode).forEachOrdered(counted);
      }
    }
    return new RowDigest(kind, sum.rows, "%064x".formatted(sum.digests));
  }

  private static byte[] artifact(Store store, Sha256 cksum) {
    CrateId id = store.artifactId(cksum).orElseThrow(() -> removed(cksum));
    return RowEncoder.encode(id, store.artifactBytes(cksum).orElseThrow(() -> removed(cksum)));
  }

  private static StoreException removed(Sha256 cksum) {
    return new StoreException(
        ErrorCode.STORE_CONFLICT,
        "cannot compare the stores: expected artifact %s, found that it was removed meanwhile; stop all servers and try again"
            .formatted(cksum),
        null);
  }

  /// The sum over the rows so far.
  private static final class Sum {
    private BigInteger digests = BigInteger.ZERO;
    private long rows;

    void add(byte[] row) {
      byte[] digest = Sha256.of(Bytes.of(row)).bytes();
      digests = digests.add(new BigInteger(1, digest)).mod(LIMIT);
      rows++;
    }
  }
}
