package lazaret.vetting.gate.context;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A cache in heap that evicts the least recently used entries above a total weight. Thread-safe.
public final class BoundedCache<K, V> {
  private final long maxWeight;
  // guarded by this; at most maxWeight
  private long allowed;
  private final ToLongFunction<V> weigher;
  // guarded by this
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(64, 0.75f, true);
  // guarded by this
  private long weight;

  /// Creates an empty cache.
  ///
  /// @param maxWeight the maximum total weight
  /// @param weigher the weight of a value, which must not change
  public BoundedCache(long maxWeight, ToLongFunction<V> weigher) {
    this.maxWeight = maxWeight;
    this.allowed = maxWeight;
    this.weigher = weigher;
  }

  /// Returns a cached value, or null.
  synchronized @Nullable public V get(K key) {
    return entries.get(key);
  }

  /// Caches a value, unless its weight is over an eighth of the maximum.
  public synchronized void put(K key, V value) {
    remove(key);
    long added = weigher.applyAsLong(value);
    if (added > maxWeight / 8) {
      return;
    }
    entries.put(key, value);
    weight += added;
    forgetOldest();
  }

  /// Sets the limit of the total weight, at most the maximum. Entries above the limit are evicted.
  public synchronized void keep(long most) {
    allowed = Math.clamp(most, 0, maxWeight);
    forgetOldest();
  }

  private synchronized void forgetOldest() {
    Iterator<Map.Entry<K, V>> oldest = entries.entrySet().iterator();
    while (weight > allowed && oldest.hasNext()) {
      weight -= weigher.applyAsLong(oldest.next().getValue());
      oldest.remove();
    }
  }

  /// Removes a cached value.
  public synchronized void remove(K key) {
    V old = entries.remove(key);
    if (old != null) {
      weight -= weigher.applyAsLong(old);
    }
  }

  /// Returns the values, least recently used first.
  public synchronized List<V> values() {
    return List.copyOf(entries.values());
  }

  /// Returns the keys, least recently used first.
  public synchronized List<K> keys() {
    return List.copyOf(entries.keySet());
  }

  synchronized long weight() {
    return weight;
  }

  synchronized int size() {
    return entries.size();
  }
}
