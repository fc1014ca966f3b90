package lazaret.signin.oidc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Secret;

/// The ID tokens of open sessions, by the id of the session. A sign-out sends one to the provider
/// as `id_token_hint`, so that the provider ends its own session without a question.
///
/// They are in memory only, since they name people and their groups. After a restart, and for the
/// oldest tokens above a limit, a sign-out names the client alone; the provider then asks the
/// person. Thread-safe.
///
/// Source: OpenID Connect RP-Initiated Logout 1.0 section 2.
public final class IdTokenCache {
  /// The maximum length of a token, in characters: it becomes a part of an address.
  public static final int MAX_LENGTH = 4_096;

  /// The maximum length of all tokens together, in characters.
  static final int MAX_TOTAL = 8 << 20;

  private final Clock clock;
  private final Duration maxAge;
  private final Map<String, Entry> bySession = new LinkedHashMap<>();
  private int total;

  /// A token.
  ///
  /// @param at the time of the sign-in
  private record Entry(Secret token, Instant at) {}

  /// Creates an empty cache.
  ///
  /// @param maxAge the time after which a session has ended in any case
  public IdTokenCache(Clock clock, Duration maxAge) {
    this.clock = clock;
    this.maxAge = maxAge;
  }

  /// Adds the token of a new session. A token that is too long is ignored.
  ///
  /// @param session the public id of the session: at most 64 characters
  public synchronized void add(String session, Secret token) {
    int length = token.text().length();
    if (length > MAX_LENGTH) {
      return;
    }
    Optional<Secret> _ = take(session);
    Instant now = clock.instant();
    Iterator<Entry> oldest = bySession.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      if (total + length <= MAX_TOTAL && !isOld(entry, now)) {
        break;
      }
      oldest.remove();
      total -= entry.token().text().length();
    }
    bySession.put(session, new Entry(token, now));
    total += length;
  }

  /// Removes the token of a session and returns it, or empty if there is none.
  public synchronized Optional<Secret> take(String session) {
    Entry entry = bySession.remove(session);
    if (entry == null) {
      return Optional.empty();
    }
    total -= entry.token().text().length();
    return isOld(entry, clock.instant()) ? Optional.empty() : Optional.of(entry.token());
  }

  private boolean isOld(Entry entry, Instant now) {
    return now.isAfter(entry.at().plus(maxAge)) || now.isBefore(entry.at());
  }
}
