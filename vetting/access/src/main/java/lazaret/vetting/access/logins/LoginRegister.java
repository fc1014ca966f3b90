package lazaret.vetting.access.logins;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The logins that wait for a person or for their command. Thread-safe.
interface LoginRegister {
  /// The time for which a person confirms no login after an end of their sessions. A request that
  /// was authenticated before the end is over by then: it waits 15 s at most.
  Duration AFTER_END = Duration.ofSeconds(30);

  /// Returns the register of a server: in the store if several nodes share it, since each request
  /// of a login can reach another one.
  ///
  /// @param random the source of user codes, which must be unpredictable
  static LoginRegister of(Store store, LoginLimits limits, RandomGenerator random) {
    return store.shared().isPresent()
        ? new SharedLoginRegister(store, limits, random)
        : new HeapLoginRegister(limits, random);
  }

  /// Adds a login.
  ///
  /// @param deviceHash the SHA-256 of the text of the device code
  /// @throws LoginException if a limit is reached
  PendingLogin add(LoginOrder order, Sha256 deviceHash, Instant now);

  /// Returns an unanswered login for a person, or counts a wrong code.
  ///
  /// @throws LoginException if there is none, or if the person used too many wrong codes
  PendingLogin unanswered(UserCode code, String person, Instant now);

  /// Records the answer of a person. The first answer counts.
  ///
  /// @param grant the permissions of the command; null for a refusal
  /// @throws LoginException as [#unanswered], and for a grant shortly after [#removeApproved]
  void answer(UserCode code, String person, @Nullable LoginGrant grant, Instant now);

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
  /// first request. After [#removeApproved], no login that was approved before gives its command a
  /// token.
  ///
  /// @param reply makes the reply, and the token of an approved login
  /// @param withdrawn takes back a reply whose token was made during an end of the approved logins
  <T> T poll(Sha256 deviceHash, Instant now, Function<Polled, T> reply, UnaryOperator<T> withdrawn);

  /// Removes the logins that a person approved and whose command did not fetch the result. A
  /// request of an ended session, which may still be under way, approves no other one. The caller
  /// revokes the tokens of the person's logins afterwards.
  void removeApproved(String person, Instant now);
}
