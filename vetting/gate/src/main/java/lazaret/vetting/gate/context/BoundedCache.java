package lazaret.vetting.gate.context;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A cache in heap with a limit of its total weight. Above the limit, entries are evicted that were
/// used rarely and not recently, which includes a new entry. Thread-safe.
///
/// A value that is read from a store can be old when it is cached, because another node changed it
/// meanwhile. Then [#drop] has been called since [#tick], and [#put(Object, Object, long)] refuses
/// the value.
public final class BoundedCache<K, V> {
  private static final int STRIPES = 256;

  private final long maxWeight;
  private final ToLongFunction<V> weigher;
  private final Cache<K, V> entries;
  private final Policy.Eviction<K, V> eviction;

  /// The number of drops of each stripe of keys.
  private final AtomicLongArray drops = new AtomicLongArray(STRIPES);

  /// A drop of all keys writes, and a value with a tick reads.
  private final ReentrantReadWriteLock clearing = new ReentrantReadWriteLock();

  /// Creates an empty cache.
  ///
  /// @param maxWeight the maximum total weight
  /// @param weigher the weight of a value, which must not change
  public BoundedCache(long maxWeight, ToLongFunction<V> weigher) {
    this.maxWeight = maxWeight;
    this.weigher = weigher;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maxWeight)
            .weigher((K _, V value) -> Math.clamp(weigher.applyAsLong(value), 0, Integer.MAX_VALUE))
            // Evictions happen within the call that causes them: the limit always holds after it.
            .executor(Runnable::run)
            .build();
    this.eviction = entries.policy().eviction().orElseThrow();
  }

  /// Returns a cached value, or null.
  @Nullable
  public V get(K key) {
    return entries.getIfPresent(key);
  }

  /// Caches a value, unless its weight is over an eighth of the maximum.
  public void put(K key, V value) {
    if (weigher.applyAsLong(value) > maxWeight / 8) {
      entries.invalidate(key);
    } else {
      entries.put(key, value);
    }
  }

  /// Returns a number that each drop of a key changes. It must be read before the value is.
  public long tick(K key) {
    return drops.get(stripe(key));
  }

  /// Caches a value as [#put(Object, Object)] does, unless its key may have been dropped since a
  /// tick was read.
  public void put(K key, V value, long tick) {
    if (weigher.applyAsLong(value) > maxWeight / 8) {
      entries.invalidate(key);
      return;
    }
    clearing.readLock().lock();
    try {
      // A drop counts first and then removes, and both this comparison and its removal are atomic
      // for the key: the value is refused here or removed there.
      var _ =
          entries
              .asMap()
              .compute(key, (_, known) -> drops.get(stripe(key)) == tick ? value : known);
    } finally {
      clearing.readLock().unlock();
    }
  }

  /// Removes a cached value, and refuses those that are being read. Does not wait for readers.
  public void drop(K key) {
    drops.incrementAndGet(stripe(key));
    entries.invalidate(key);
  }

  /// Removes all cached values, and refuses those that are being read.
  public void dropAll() {
    clearing.writeLock().lock();
    try {
      for (int i = 0; i < STRIPES; i++) {
        drops.incrementAndGet(i);
      }
      entries.invalidateAll();
    } finally {
      clearing.writeLock().unlock();
    }
  }

  private int stripe(K key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }

  /// Sets the limit of the total weight, at most the maximum. Entries above the limit are evicted.
  ///
  /// @return whether the limit was another one
  public boolean keep(long most) {
    long limit = Math.clamp(most, 0, maxWeight);
    // Each download asks for a limit, nearly always the same, and a new one locks the whole cache.
    if (eviction.getMaximum() == limit) {
      return false;
    }
    eviction.setMaximum(limit);
    return true;
  }

  /// Removes a cached value.
  public void remove(K key) {
    entries.invalidate(key);
  }

  /// Returns the values, in no order.
  public List<V> values() {
    return List.copyOf(entries.asMap().values());
  }

  /// Returns the keys, in no order.
  public List<K> keys() {
    return List.copyOf(entries.asMap().keySet());
  }

  long weight() {
    entries.cleanUp();
    return eviction.weightedSize().orElseThrow();
  }

  int size() {
    return entries.asMap().size();
  }
}
