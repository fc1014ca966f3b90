package lazaret.vetting.desk.review;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;

/// The register of the persons who read a version at this moment. A person reads a version from the
/// first request about its review until a decision, or until [#IDLE] without a request.
///
/// Persons are compared as by [Decision#person(String)]: `ann` and `local:Ann` are one person.
///
/// The register is kept in heap alone and is empty after a start. It is bounded by [#MAX_VERSIONS]
/// versions with [#MAX_PERSONS] persons each. Thread-safe.
public final class ReaderRegister {
  /// The time without a request after which a person no longer reads a version.
  public static final Duration IDLE = Duration.ofMinutes(10);

  /// The maximum number of versions. The one without a request for the longest time is left out.
  static final int MAX_VERSIONS = 1_000;

  /// The maximum number of persons of one version. Further ones are not registered.
  static final int MAX_PERSONS = 50;

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  // guarded by lock; the version without a request for the longest time is first, persons are keys
  private final Map<Sha256, Map<String, Span>> versions = new LinkedHashMap<>(16, 0.75f, true);

  /// Creates an empty register.
  public ReaderRegister(Clock clock) {
    this.clock = clock;
  }

  /// The time of the first and of the last request.
  ///
  /// @param name the name of the person in the first request
  private record Span(String name, Instant first, Instant last) {
    boolean isOver(Instant now) {
      return last.plus(IDLE).isBefore(now);
    }
  }

  /// A person who reads a version.
  ///
  /// @param person the person, as named in the ledger
  /// @param since the time of the first request
  public record Entry(String person, Instant since) {}

  /// Registers a request of a person about the review of an artifact.
  ///
  /// @param cksum the SHA-256 of the artifact
  public void add(String person, Sha256 cksum) {
    Instant now = clock.instant();
    lock.lock();
    try {
      Map<String, Span> persons = versions.computeIfAbsent(cksum, _ -> new HashMap<>());
      persons.values().removeIf(span -> span.isOver(now));
      String key = Decision.person(person);
      Span before = persons.get(key);
      if (before != null) {
        persons.put(key, new Span(before.name(), before.first(), now));
      } else if (persons.size() < MAX_PERSONS) {
        persons.put(key, new Span(person, now, now));
      }
      Iterator<Sha256> oldest = versions.keySet().iterator();
      while (versions.size() > MAX_VERSIONS) {
        var _ = oldest.next();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Removes a person from the readers of an artifact, because a decision is recorded.
  public void remove(String person, Sha256 cksum) {
    lock.lock();
    try {
      Map<String, Span> persons = versions.get(cksum);
      if (persons != null) {
        var _ = persons.remove(Decision.person(person));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Returns the persons who read an artifact now, without one of them, the longest reader first.
  ///
  /// @param person the person to leave out
  public List<Entry> others(String person, Sha256 cksum) {
    Instant now = clock.instant();
    List<Entry> entries = new ArrayList<>();
    lock.lock();
    try {
      Map<String, Span> persons = versions.getOrDefault(cksum, Map.of());
      persons.forEach(
          (key, span) -> {
            if (!key.equals(Decision.person(person)) && !span.isOver(now)) {
              entries.add(new Entry(span.name(), span.first()));
            }
          });
    } finally {
      lock.unlock();
    }
    entries.sort(Comparator.comparing(Entry::since).thenComparing(Entry::person));
    return List.copyOf(entries);
  }
}
