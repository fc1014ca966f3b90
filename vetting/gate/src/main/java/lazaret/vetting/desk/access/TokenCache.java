package lazaret.vetting.desk.access;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.Token;

/// The tokens in heap, expired ones included. A token that was read before it was forgotten is not
/// cached. Thread-safe.
final class TokenCache {
  private static final Duration STEP = Duration.ofMinutes(1);

  private final Store store;
  private final BoundedCache<Sha256, Token> tokens = new BoundedCache<>(4_096, _ -> 1);

  /// Secrets of no token, which clients may send again and again.
  private final BoundedCache<Sha256, Boolean> unknown = new BoundedCache<>(10_000, _ -> 1);

  /// The last uses. They are written once a minute for a token, since each request is one.
  private final BoundedCache<Sha256, Instant> uses = new BoundedCache<>(10_000, _ -> 1);

  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicLong changes = new AtomicLong();
  private volatile PublicIds ids = new PublicIds(-1, Map.of());

  /// Creates an empty cache over a store.
  TokenCache(Store store) {
    this.store = store;
  }

  /// All tokens by their public id.
  ///
  /// @param change the number of changes before they were read
  private record PublicIds(long change, Map<String, Token> tokens) {}

  /// Returns the token of a secret, or empty if there is none.
  Optional<Token> bySecret(Sha256 hash) {
    Token known = tokens.get(hash);
    if (known != null || unknown.get(hash) != null) {
      return Optional.ofNullable(known);
    }
    long tick = tokens.tick(hash);
    long tickOfUnknown = unknown.tick(hash);
    Optional<Token> read = store.token(hash);
    read.ifPresentOrElse(
        token -> tokens.put(hash, token, tick), () -> unknown.put(hash, true, tickOfUnknown));
    return read;
  }

  /// Returns the token with a public id, or empty if there is none.
  Optional<Token> byId(String publicId) {
    PublicIds known = ids;
    if (known.change() != changes.get()) {
      reading.lock();
      try {
        known = ids.change() == changes.get() ? ids : read();
        ids = known;
      } finally {
        reading.unlock();
      }
    }
    return Optional.ofNullable(known.tokens().get(publicId));
  }

  /// Takes note that a token was accepted.
  void used(Sha256 hash, Instant now) {
    Instant last = uses.get(hash);
    if (last == null || Duration.between(last, now).abs().compareTo(STEP) >= 0) {
      uses.put(hash, now);
    }
  }

  /// Returns when a token was accepted, to the minute; empty if that is not known.
  Optional<Instant> lastUse(Sha256 hash) {
    return Optional.ofNullable(uses.get(hash));
  }

  private PublicIds read() {
    long change = changes.get();
    Map<String, Token> all = new HashMap<>();
    for (Token each : store.tokens()) {
      all.put(Token.publicId(each.secretHash()), each);
    }
    return new PublicIds(change, all);
  }

  /// Forgets a token that was changed. Does not wait for readers.
  void forget(Sha256 hash) {
    changes.incrementAndGet();
    tokens.drop(hash);
    unknown.drop(hash);
  }

  /// Forgets all tokens.
  void forgetAll() {
    changes.incrementAndGet();
    tokens.dropAll();
    unknown.dropAll();
  }
}
