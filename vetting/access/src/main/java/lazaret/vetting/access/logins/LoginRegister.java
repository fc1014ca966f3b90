package lazaret.vetting.access.logins;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.retention.ClientNetwork;
import org.jspecify.annotations.Nullable;

/// The logins that wait for a person or for their command, in memory. A restart of the server ends
/// them. Thread-safe.
final class LoginRegister {
  /// The time for which a person confirms no login after an end of their sessions. A request that
  /// was authenticated before the end is over by then: it waits 15 s at most.
  private static final Duration AFTER_END = Duration.ofSeconds(30);

  private final LoginLimits limits;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();

  /// The logins by the hash of their device code, oldest first. All have the same life, so that the
  /// oldest expires first.
  private final SequencedMap<Sha256, PendingLogin> byDevice = new LinkedHashMap<>();

  private final Map<UserCode, PendingLogin> byCode = new HashMap<>();

  /// The number of logins by the network of their address, since a machine with IPv6 has many.
  private final Map<String, Integer> byNetwork = new HashMap<>();

  /// The last ends of persons, the earliest first. Those before [#AFTER_END] are removed.
  private final SequencedMap<String, Instant> ends = new LinkedHashMap<>();

  private final LoginCounters starts;
  private final LoginCounters wrongCodes;

  /// @param random the source of user codes, which must be unpredictable
  LoginRegister(LoginLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.random = random;
    this.starts = new LoginCounters(limits.startsByAddress());
    this.wrongCodes = new LoginCounters(limits.wrongCodes());
  }

  /// Adds a login.
  ///
  /// @param deviceHash the SHA-256 of the text of the device code
  /// @throws LoginException if a limit is reached
  PendingLogin add(LoginOrder order, Sha256 deviceHash, Instant now) {
    lock.lock();
    try {
      removeExpired(now);
      String network = ClientNetwork.of(order.address());
      refuseTooMany(network, now);
      starts.count(network, now);
      PendingLogin login =
          new PendingLogin(order, new PendingLogin.Codes(freeCode(), deviceHash), now, limits);
      byDevice.put(deviceHash, login);
      byCode.put(login.code(), login);
      byNetwork.merge(network, 1, Integer::sum);
      return login;
    } finally {
      lock.unlock();
    }
  }

  private void refuseTooMany(String network, Instant now) {
    if (byNetwork.getOrDefault(network, 0) >= limits.openByAddress()) {
      throw limit(
          "at most %d open logins of one address".formatted(limits.openByAddress()),
          "answer one of them, or try again in %d minutes".formatted(limits.life().toMinutes()));
    }
    if (starts.isExhausted(network, now)) {
      throw limit(
          "at most %d logins of one address in a minute".formatted(limits.startsByAddress()),
          "try again in a minute");
    }
    if (byDevice.size() >= limits.open()) {
      throw limit(
          "at most %,d open logins".formatted(limits.open()),
          "try again in %d minutes".formatted(limits.life().toMinutes()));
    }
  }

  private static LoginException limit(String expected, String next) {
    return new LoginException(
        ErrorCode.SERVER_UNAVAILABLE,
        "cannot start a login: expected %s, found more; %s".formatted(expected, next));
  }

  private UserCode freeCode() {
    UserCode code = UserCode.random(random);
    while (byCode.containsKey(code)) {
      code = UserCode.random(random);
    }
    return code;
  }

  /// Returns an unanswered login for a person, or counts a wrong code.
  ///
  /// @throws LoginException if there is none, or if the person used too many wrong codes
  PendingLogin unanswered(UserCode code, String person, Instant now) {
    lock.lock();
    try {
      return find(code, person, now);
    } finally {
      lock.unlock();
    }
  }

  /// Records the answer of a person. The first answer counts.
  ///
  /// @param grant the permissions of the command; null for a refusal
  /// @throws LoginException as [#unanswered], and for a grant shortly after [#removeApproved]
  void answer(UserCode code, String person, @Nullable LoginGrant grant, Instant now) {
    lock.lock();
    try {
      PendingLogin login = find(code, person, now);
      if (grant == null) {
        login.deny();
      } else {
        refuseEnded(grant.owner(), now);
        login.approve(grant);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Refuses a grant of a person whose sessions ended since the request may have begun.
  private void refuseEnded(String person, Instant now) {
    removeFormerEnds(now);
    if (ends.containsKey(person)) {
      throw new LoginException(
          ErrorCode.FORBIDDEN,
          "cannot approve the login: expected a session that began after the last end of all sessions, found an end less than %d s ago; sign in, and try again in %d s"
              .formatted(AFTER_END.toSeconds(), AFTER_END.toSeconds()));
    }
  }

  private void removeFormerEnds(Instant now) {
    while (!ends.isEmpty() && !now.isBefore(ends.firstEntry().getValue().plus(AFTER_END))) {
      ends.pollFirstEntry();
    }
  }

  private PendingLogin find(UserCode code, String person, Instant now) {
    if (wrongCodes.isExhausted(person, now)) {
      throw new LoginException(
          ErrorCode.SERVER_UNAVAILABLE,
          "cannot find the login: expected at most %d wrong codes in a minute, found more; try again in a minute"
              .formatted(limits.wrongCodes()));
    }
    removeExpired(now);
    PendingLogin login = byCode.get(code);
    if (login == null || login.isAnswered()) {
      wrongCodes.count(person, now);
      throw new LoginException(
          ErrorCode.UNKNOWN,
          "cannot find the login: expected the code of a login that waits, found a wrong, expired"
              + " or used one; start the command again");
    }
    return login;
  }

  /// A state of a login for its command.
  sealed interface Polled {
    /// The person has not answered.
    ///
    /// @param early whether the request came before the end of the interval
    /// @param seconds the interval
    record Waiting(boolean early, long seconds) implements Polled {}

    /// The person refused. The login is over.
    record Denied() implements Polled {}

    /// The login does not exist, or not any more.
    record Gone() implements Polled {}

    /// The person agreed. The login is over, and no other request receives it.
    record Approved(LoginOrder order, LoginGrant grant) implements Polled {}
  }

  /// Returns the reply to a request for the result of a login. An answered login is removed by the
  /// first request. The reply is made under the lock: after [#removeApproved], no login that was
  /// approved before creates a token.
  ///
  /// @param reply makes the reply, and the token of an approved login
  <T> T poll(Sha256 deviceHash, Instant now, Function<Polled, T> reply) {
    lock.lock();
    try {
      return reply.apply(polled(deviceHash, now));
    } finally {
      lock.unlock();
    }
  }

  private Polled polled(Sha256 deviceHash, Instant now) {
    removeExpired(now);
    PendingLogin login = byDevice.get(deviceHash);
    if (login == null) {
      return new Polled.Gone();
    }
    LoginGrant grant = login.grant();
    if (grant != null) {
      remove(login);
      return new Polled.Approved(login.order(), grant);
    }
    if (login.isDenied()) {
      remove(login);
      return new Polled.Denied();
    }
    boolean early = login.isEarly(now);
    return new Polled.Waiting(early, login.interval().toSeconds());
  }

  /// Removes the logins that a person approved and whose command did not fetch the result. A
  /// request of an ended session, which may still be under way, approves no other one.
  void removeApproved(String person, Instant now) {
    lock.lock();
    try {
      removeFormerEnds(now);
      ends.remove(person);
      ends.put(person, now);
      List<PendingLogin> approved =
          byDevice.values().stream().filter(login -> isApprovedBy(login, person)).toList();
      approved.forEach(this::remove);
    } finally {
      lock.unlock();
    }
  }

  private static boolean isApprovedBy(PendingLogin login, String person) {
    LoginGrant grant = login.grant();
    return grant != null && grant.owner().equals(person);
  }

  private void removeExpired(Instant now) {
    while (!byDevice.isEmpty() && byDevice.firstEntry().getValue().isOver(now)) {
      remove(byDevice.firstEntry().getValue());
    }
  }

  private void remove(PendingLogin login) {
    byDevice.remove(login.deviceHash());
    byCode.remove(login.code());
    byNetwork.computeIfPresent(
        ClientNetwork.of(login.order().address()), (_, count) -> count == 1 ? null : count - 1);
  }
}
