package lazaret.vetting.gate.context;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A cache in heap with a limit of its total weight. Above the limit, entries are evicted that were
/// used rarely and not recently, which includes a new entry. Thread-safe.
public final class BoundedCache<K, V> {
  private final long maxWeight;
  private final ToLongFunction<V> weigher;
  private final Cache<K, V> entries;
  private final Policy.Eviction<K, V> eviction;

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
