package lazaret.mirror.budget;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bounded amount that requests reserve while they are in progress: bytes of heap, or units of
/// query work. One client holds at most a quarter of it; the only exception is a single reservation
/// of a client that holds nothing else, up to [#largest]. A reservation that does not fit waits for
/// a bounded time and is then refused. Thread-safe.
public final class Budget {
  /// The divisor of the limit that gives the share of one client.
  public static final int CLIENT_SHARE = 4;

  /// The maximum number of waiting threads; one more is refused at once.
  private static final int MOST_WAITING = 256;

  private final long limit;
  private final long largest;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final LongAdder refused = new LongAdder();

  // All guarded by the lock.
  private final Map<String, Holder> clients = new HashMap<>();
  private final Map<Object, Shared> shared = new HashMap<>();
  private long used;
  private int waiting;

  /// Creates an unused budget.
  ///
  /// @param limit the most that all reservations hold together
  /// @param largest the most that one reservation holds if its client has nothing else in progress;
  ///   a quarter of the limit if there is no exception
  public Budget(long limit, long largest) {
    this.limit = limit;
    this.largest = Math.max(limit / CLIENT_SHARE, Math.min(limit, largest));
  }

  /// The part of the budget that one client holds.
  static final class Holder {
    private final Map<Object, Integer> keys = new HashMap<>();
    private long used;
    private int reservations;
    private int waiting;
  }

  /// An object that several reservations use and that is counted once.
  private static final class Shared {
    private final long amount;
    private int holders;

    private Shared(long amount) {
      this.amount = amount;
    }
  }

  /// Reserves an amount.
  ///
  /// @param client the client that the amount counts for
  /// @param patience the longest wait until it fits
  /// @return the reservation, which the caller closes; empty if it did not fit
  public Optional<Reservation> reserve(String client, long amount, Duration patience) {
    lock.lock();
    try {
      Holder holder = clients.computeIfAbsent(client, _ -> new Holder());
      holder.reservations++;
      Reservation reservation = new Reservation(this, client, holder);
      if (add(reservation, amount, patience)) {
        return Optional.of(reservation);
      }
      reservation.close();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Adds an amount to a reservation; returns false if it did not fit.
  boolean add(Reservation reservation, long amount, Duration patience) {
    lock.lock();
    try {
      if (!awaitCapacity(reservation.holder, () -> fits(reservation, amount, amount), patience)) {
        return false;
      }
      used += amount;
      reservation.holder.used += amount;
      reservation.own += amount;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Adds an object to a reservation; returns false if it did not fit. All reservations with an
  /// equal key count the object once, and so do those of one client.
  boolean share(Reservation reservation, Object key, long amount, Duration patience) {
    lock.lock();
    try {
      if (reservation.keys.containsKey(key)) {
        return true;
      }
      if (!awaitCapacity(
          reservation.holder,
          () -> fits(reservation, globally(key, amount), of(reservation, key, amount)),
          patience)) {
        return false;
      }
      Shared object = shared.get(key);
      if (object == null) {
        object = new Shared(amount);
        shared.put(key, object);
        used += amount;
      }
      object.holders++;
      if (reservation.holder.keys.merge(key, 1, Integer::sum) == 1) {
        reservation.holder.used += object.amount;
      }
      reservation.keys.put(key, object.amount);
      return true;
    } finally {
      lock.unlock();
    }
  }

  boolean holds(Reservation reservation, Object key) {
    lock.lock();
    try {
      return reservation.keys.containsKey(key);
    } finally {
      lock.unlock();
    }
  }

  long shared(Reservation reservation) {
    lock.lock();
    try {
      return reservation.keys.values().stream().mapToLong(Long::longValue).sum();
    } finally {
      lock.unlock();
    }
  }

  private long globally(Object key, long amount) {
    return shared.containsKey(key) ? 0 : amount;
  }

  private static long of(Reservation reservation, Object key, long amount) {
    return reservation.holder.keys.containsKey(key) ? 0 : amount;
  }

  private boolean fits(Reservation reservation, long more, long moreOfClient) {
    if (used + more > limit) {
      return false;
    }
    Holder holder = reservation.holder;
    if (moreOfClient == 0 || holder.used + moreOfClient <= limit / CLIENT_SHARE) {
      return true;
    }
    return holder.reservations == 1 && holder.used + moreOfClient <= largest;
  }

  /// A condition that is checked under the lock.
  private interface Test {
    boolean holds();
  }

  private boolean awaitCapacity(Holder holder, Test room, Duration patience) {
    if (room.holds()) {
      return true;
    }
    boolean crowded = waiting >= MOST_WAITING || holder.waiting >= MOST_WAITING / CLIENT_SHARE;
    if (crowded || patience.isZero()) {
      refused.increment();
      return false;
    }
    waiting++;
    holder.waiting++;
    try {
      long left = patience.toNanos();
      while (!room.holds()) {
        if (left <= 0) {
          refused.increment();
          return false;
        }
        left = released.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      refused.increment();
      return false;
    } finally {
      waiting--;
      holder.waiting--;
    }
  }

  /// Releases everything that a reservation holds.
  void release(Reservation reservation) {
    lock.lock();
    try {
      if (reservation.closed) {
        return;
      }
      reservation.closed = true;
      Holder holder = reservation.holder;
      used -= reservation.own;
      holder.used -= reservation.own;
      reservation.keys.forEach((key, amount) -> releaseShared(holder, key, amount));
      if (--holder.reservations == 0) {
        clients.remove(reservation.client, holder);
      }
      if (waiting > 0) {
        released.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void releaseShared(Holder holder, Object key, long amount) {
    if (holder.keys.merge(key, -1, (a, b) -> a + b == 0 ? null : a + b) == null) {
      holder.used -= amount;
    }
    Shared object = shared.get(key);
    if (object != null && --object.holders == 0) {
      shared.remove(key);
      used -= object.amount;
    }
  }

  /// Returns the most that all reservations hold together.
  public long limit() {
    return limit;
  }

  /// Returns the most that one reservation can hold.
  public long largest() {
    return largest;
  }

  /// Returns the amount that is reserved now.
  public long used() {
    lock.lock();
    try {
      return used;
    } finally {
      lock.unlock();
    }
  }

  /// Returns the amount that one client holds now.
  public long used(String client) {
    lock.lock();
    try {
      Holder holder = clients.get(client);
      return holder == null ? 0 : holder.used;
    } finally {
      lock.unlock();
    }
  }

  /// Returns whether more than three quarters are reserved.
  public boolean isShort() {
    return used() > limit / 4 * 3;
  }

  /// Returns the number of reservations that were refused since the start.
  public long refused() {
    return refused.sum();
  }
}
