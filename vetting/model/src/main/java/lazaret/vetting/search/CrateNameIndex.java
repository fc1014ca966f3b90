package lazaret.vetting.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.vetting.SpellingSuggestion;
import org.jspecify.annotations.Nullable;

/// The names of all stored crates in heap, as one text: 3 MB for 170,000 names. It is read from the
/// store at the first search and updated when a crate is stored. A restart reads it again, so a
/// difference to the store cannot outlast the process. Thread-safe.
public final class CrateNameIndex {
  private static final int MAX_ADDED = 1_024;

  private final Supplier<Stream<String>> source;
  private final LongSupplier epoch;
  private final ReentrantLock loading = new ReentrantLock();
  private final AtomicLong forgotten = new AtomicLong();
  private volatile @Nullable Names names;

  /// The names added since the last read. A name leaves this set only after the read names contain
  /// it.
  private final NavigableSet<String> added = new ConcurrentSkipListSet<>();

  /// Creates an index that has not read any names yet.
  ///
  /// @param source the collision keys of all stored crates, sorted
  /// @param epoch a number that changes when the source has entirely different crates
  public CrateNameIndex(Supplier<Stream<String>> source, LongSupplier epoch) {
    this.source = source;
    this.epoch = epoch;
  }

  /// Collision keys in ascending order, each with a line break before it and one after the last.
  ///
  /// @param forgotten the number of calls of [#forget] before they were read
  private record Names(long epoch, long forgotten, String text, int count) {
    boolean has(String key) {
      // Both are positions of line breaks.
      int low = 0;
      int high = text.length() - 1;
      while (low < high) {
        int middle = text.lastIndexOf('\n', (low + high) >>> 1);
        int end = text.indexOf('\n', middle + 1);
        int order = key.compareTo(text.substring(middle + 1, end));
        if (order == 0) {
          return true;
        }
        if (order < 0) {
          high = middle;
        } else {
          low = end;
        }
      }
      return false;
    }
  }

  /// The matching collision keys and their number.
  ///
  /// @param keys the best matches, best first
  /// @param total the number of all matches
  public record Matches(List<String> keys, long total) {
    /// Copies the list.
    public Matches {
      keys = List.copyOf(keys);
    }
  }

  /// Adds a crate that is already stored.
  public void add(String key) {
    Names known = names;
    // Before the first read, the store has the name; a read in progress may miss it.
    if (known == null && !loading.isLocked()) {
      return;
    }
    if ((known == null || !known.has(key)) && added.add(key) && added.size() > MAX_ADDED) {
      merge();
    }
  }

  /// Makes the next search read the names again, after crates may have been stored unseen. Does not
  /// wait.
  public void forget() {
    forgotten.incrementAndGet();
  }

  /// Reads the names, unless that was done before.
  public void load() {
    Names _ = names();
  }

  /// Returns the number of names.
  public long size() {
    return find("", 0).total();
  }

  private Names names() {
    Names known = names;
    if (known != null && isCurrent(known)) {
      return known;
    }
    loading.lock();
    try {
      known = names;
      if (known == null || !isCurrent(known)) {
        long now = epoch.getAsLong();
        long before = forgotten.get();
        // Names added from here on may be missing in the result of the read; earlier ones are not.
        added.clear();
        try (Stream<String> all = source.get()) {
          known = packed(now, before, all.iterator());
        }
        names = known;
      }
      return known;
    } finally {
      loading.unlock();
    }
  }

  private boolean isCurrent(Names known) {
    return known.epoch() == epoch.getAsLong() && known.forgotten() == forgotten.get();
  }

  private static Names packed(long epoch, long forgotten, Iterator<String> keys) {
    StringBuilder text = new StringBuilder("\n");
    int count = 0;
    for (; keys.hasNext(); count++) {
      text.append(keys.next()).append('\n');
    }
    return new Names(epoch, forgotten, text.toString(), count);
  }

  /// Merges the added names, unless the names are being read. Then a later call merges them: the
  /// caller may be the thread that learns the changes of other nodes, which does not wait.
  private void merge() {
    if (!loading.tryLock()) {
      return;
    }
    try {
      Names known = names;
      if (known == null || added.size() <= MAX_ADDED) {
        return;
      }
      List<String> more = List.copyOf(added);
      TreeSet<String> all = new TreeSet<>(more);
      known.text().lines().filter(key -> !key.isEmpty()).forEach(all::add);
      names = packed(known.epoch(), known.forgotten(), all.iterator());
      more.forEach(added::remove);
    } finally {
      loading.unlock();
    }
  }

  /// Returns the names that contain a text. Costs one pass over the text of all names.
  ///
  /// @param words a part of a collision key; empty finds all names
  /// @param limit the maximum number of keys that are returned
  public Matches find(String words, int limit) {
    return find(words, limit, null);
  }

  /// Returns the names that contain a text and meet a condition, as [#find(String, int)] does.
  ///
  /// @param among the condition; null finds all names
  public Matches find(String words, int limit, @Nullable Predicate<String> among) {
    if (words.indexOf('\n') >= 0) {
      return new Matches(List.of(), 0);
    }
    load();
    // The order matters: a name that has left the first is already in the second.
    List<String> later = List.copyOf(added);
    Names all = names();
    Ranking ranking = new Ranking(words, limit, among);
    long total = words.isEmpty() ? ranking.first(all) : ranking.scan(all);
    for (String key : later) {
      if (key.contains(words) && ranking.admits(key) && !all.has(key)) {
        ranking.add(key);
        total++;
      }
    }
    return new Matches(ranking.best(), total);
  }

  /// Returns the name with the least edit distance, or empty if none is similar enough for a
  /// misspelling. Costs one pass over the text of all names.
  ///
  /// @param key the misspelled collision key; its first letter is assumed to be right
  public Optional<String> nearest(String key) {
    if (key.isEmpty()) {
      return Optional.empty();
    }
    load();
    List<String> later = List.copyOf(added);
    return SpellingSuggestion.of(
        key,
        Stream.concat(later.stream(), names().text().lines())
            .filter(name -> Math.abs(name.length() - key.length()) <= 2)
            .filter(name -> !name.isEmpty() && name.charAt(0) == key.charAt(0))
            .filter(name -> !name.equals(key))
            .toList());
  }

  /// The selection of the best matches: the exact name, then names that begin with the words, then
  /// the rest, each by name.
  private static final class Ranking {
    private final String words;
    private final int limit;
    private final @Nullable Predicate<String> among;
    private final List<String> begin = new ArrayList<>();
    private final List<String> rest = new ArrayList<>();

    Ranking(String words, int limit, @Nullable Predicate<String> among) {
      this.words = words;
      this.limit = limit;
      this.among = among;
    }

    boolean admits(String key) {
      return among == null || among.test(key);
    }

    long first(Names names) {
      if (among == null) {
        names.text().lines().skip(1).limit(limit).forEach(this::add);
        return names.count();
      }
      long total = 0;
      for (String key : (Iterable<String>) names.text().lines().skip(1).filter(among)::iterator) {
        if (total < limit) {
          add(key);
        }
        total++;
      }
      return total;
    }

    long scan(Names names) {
      String text = names.text();
      long total = 0;
      int end;
      for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, end)) {
        end = text.indexOf('\n', at);
        boolean begins = text.charAt(at - 1) == '\n';
        boolean wanted = (begins ? begin : rest).size() < limit;
        if (among == null && !wanted) {
          total++;
          continue;
        }
        String key = text.substring(text.lastIndexOf('\n', at) + 1, end);
        if (admits(key)) {
          total++;
          if (wanted) {
            add(key);
          }
        }
      }
      return total;
    }

    void add(String key) {
      (key.startsWith(words) ? begin : rest).add(key);
    }

    List<String> best() {
      List<String> best = new ArrayList<>();
      // Of all that begin with the words the words alone are the smallest.
      take(begin, best);
      take(rest, best);
      return best;
    }

    private void take(Collection<String> from, List<String> best) {
      from.stream().sorted().limit((long) limit - best.size()).forEach(best::add);
    }
  }
}
