package lazaret.vetting.access.logins;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.retention.ClientNetwork;
import org.jspecify.annotations.Nullable;

/// The logins of a server that has its store alone, in heap. A restart of the server ends them.
/// Thread-safe.
final class HeapLoginRegister implements LoginRegister {
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
  HeapLoginRegister(LoginLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.random = random;
    this.starts = new LoginCounters(limits.startsByAddress());
    this.wrongCodes = new LoginCounters(limits.wrongCodes());
  }

  @Override
  public PendingLogin add(LoginOrder order, Sha256 deviceHash, Instant now) {
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
    LoginRefusals.requireFew(byNetwork.getOrDefault(network, 0), byDevice.size(), limits);
    if (starts.isExhausted(network, now)) {
      throw LoginRefusals.starts(limits);
    }
  }

  private UserCode freeCode() {
    UserCode code = UserCode.random(random);
    while (byCode.containsKey(code)) {
      code = UserCode.random(random);
    }
    return code;
  }

  @Override
  public PendingLogin unanswered(UserCode code, String person, Instant now) {
    lock.lock();
    try {
      return find(code, person, now);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void answer(UserCode code, String person, @Nullable LoginGrant grant, Instant now) {
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
      throw LoginRefusals.ended();
    }
  }

  private void removeFormerEnds(Instant now) {
    while (!ends.isEmpty() && !now.isBefore(ends.firstEntry().getValue().plus(AFTER_END))) {
      ends.pollFirstEntry();
    }
  }

  private PendingLogin find(UserCode code, String person, Instant now) {
    if (wrongCodes.isExhausted(person, now)) {
      throw LoginRefusals.wrongCodes(limits);
    }
    removeExpired(now);
    PendingLogin login = byCode.get(code);
    if (login == null || login.isAnswered()) {
      wrongCodes.count(person, now);
      throw LoginRefusals.unknown();
    }
    return login;
  }

  /// The reply is made under the lock, so that it is never withdrawn.
  @Override
  public <T> T poll(
      Sha256 deviceHash, Instant now, Function<Polled, T> reply, UnaryOperator<T> withdrawn) {
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

  @Override
  public void removeApproved(String person, Instant now) {
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
