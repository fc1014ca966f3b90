package lazaret.mirror.workload;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.signin.oidc.LogoutTokenIds;
import lazaret.signin.workload.UsedTokenIds;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriteScope;

/// The register of exchanged tokens in the store. It has 256 values, chosen by the first two digits
/// of an id's digest; each has one line per id, with 128 bits of the digest and the second of the
/// expiry. Expired lines are dropped when the value is written. Each check is atomic for all
/// instances and nodes of a store. Thread-safe.
public final class StoredTokenIds implements UsedTokenIds, LogoutTokenIds {
  /// The ids that one value keeps at most: half a million in all.
  static final int MAX_LINES = 2_000;

  private static final int BUCKET_DIGITS = 2;
  private static final int ID_DIGITS = 32;

  private final Store store;
  private final Clock clock;

  /// The time for which an expired line is kept: the limit of the difference between the times that
  /// two nodes know.
  private final Duration kept;

  /// Creates the register of a store.
  ///
  /// @param clock the time of the database if several nodes share the store
  public StoredTokenIds(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.kept = store.shared().map(SharedState::maxStaleness).orElse(Duration.ZERO);
  }

  private record Line(String id, long expires) {
    static Line parse(String text) {
      return new Line(text.substring(0, ID_DIGITS), Long.parseLong(text.substring(ID_DIGITS + 1)));
    }

    String text() {
      return id + " " + expires;
    }
  }

  private static String digest(String issuer, String jti) {
    // An address has no line feed, so that no two pairs are one text.
    return Sha256.of(Bytes.utf8(issuer + "\n" + jti)).hex();
  }

  private static String key(String digest) {
    return MetaKey.USED_TOKEN_IDS_PREFIX.named(digest.substring(0, BUCKET_DIGITS));
  }

  @Override
  public boolean isUsed(String issuer, String jti) {
    String digest = digest(issuer, jti);
    String id = digest.substring(0, ID_DIGITS);
    return lines(key(digest)).stream().anyMatch(line -> line.id().equals(id));
  }

  @Override
  public boolean use(String issuer, String jti, Instant until) {
    String digest = digest(issuer, jti);
    String id = digest.substring(0, ID_DIGITS);
    String key = key(digest);
    return store.serially(
        WriteScope.tokenIds(digest.substring(0, BUCKET_DIGITS)), () -> added(key, id, until));
  }

  private boolean added(String key, String id, Instant until) {
    List<Line> lines = new ArrayList<>(lines(key));
    if (lines.stream().anyMatch(line -> line.id().equals(id))) {
      return false;
    }
    if (lines.size() >= MAX_LINES) {
      throw new StoreException(
          ErrorCode.SERVER_UNAVAILABLE,
          "cannot record the use of a token: expected at most %d tokens of CI jobs at a time, found more; wait until some expire"
              .formatted(256 * MAX_LINES),
          null);
    }
    // A part of a second must not end before the token does.
    lines.add(new Line(id, until.getEpochSecond() + 1));
    store.commit(Batch.synced(List.of(new Batch.Write.PutMeta(key, bytes(lines)))));
    return true;
  }

  private List<Line> lines(String key) {
    long oldest = clock.instant().minus(kept).getEpochSecond();
    return store
        .meta(key)
        .map(value -> value.text().lines().map(Line::parse).toList())
        .orElse(List.of())
        .stream()
        .filter(line -> line.expires() > oldest)
        .toList();
  }

  private static Bytes bytes(List<Line> lines) {
    return Bytes.utf8(String.join("\n", lines.stream().map(Line::text).toList()));
  }
}
