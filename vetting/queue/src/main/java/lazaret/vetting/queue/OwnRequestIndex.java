package lazaret.vetting.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.requests.NamedRequester;
import lazaret.vetting.desk.requests.RequestStep;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// The requests by the person who made them, and the latest decisions. The index reads the ledger
/// at its first use and then follows it. Clients without a token have no requests of their own,
/// since their name is an address. Thread-safe; blocks.
final class OwnRequestIndex {
  /// The maximum number of requests of one person; the oldest are dropped.
  static final int MAX_REQUESTS = 200;

  /// The maximum number of requests of all persons; those of the person who asked least recently
  /// are dropped.
  static final int MAX_TOTAL = 50_000;

  /// The maximum number of decisions.
  static final int MAX_DECISIONS = AtomFeed.MAX_ENTRIES;

  private final Store store;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final Map<String, LinkedHashMap<String, OwnRequest>> byPerson = new LinkedHashMap<>();
  private final Map<String, Set<String>> persons = new HashMap<>();
  private final Deque<LedgerEntry> decisions = new ArrayDeque<>();
  private @Nullable LedgerEntry first;
  private long read;
  private int total;

  OwnRequestIndex(Store store) {
    this.store = store;
  }

  /// Returns the requests of a person, the latest changed first.
  ///
  /// @param by the person, as in the ledger
  List<OwnRequest> of(String by) {
    lock.lock();
    try {
      update();
      LinkedHashMap<String, OwnRequest> own = byPerson.get(Decision.person(by));
      return own == null ? List.of() : List.copyOf(own.sequencedValues().reversed());
    } finally {
      lock.unlock();
    }
  }

  /// Returns the entries of the latest decisions, the latest first.
  List<LedgerEntry> decisions() {
    lock.lock();
    try {
      update();
      return List.copyOf(decisions);
    } finally {
      lock.unlock();
    }
  }

  /// Returns the first entry of the ledger, whose hash is different on each gate, or null if the
  /// ledger is empty.
  @Nullable LedgerEntry first() {
    lock.lock();
    try {
      update();
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void update() {
    try (Stream<LedgerEntry> entries = store.ledger(read)) {
      entries.forEach(this::add);
    }
  }

  private void add(LedgerEntry entry) {
    read = entry.sequence();
    first = first == null ? entry : first;
    switch (entry.event()) {
      case Decision decision -> decided(decision, entry);
      case Notice notice -> RequestStep.of(notice).ifPresent(step -> handled(notice, step, entry));
    }
  }

  private void decided(Decision decision, LedgerEntry entry) {
    decisions.addFirst(entry);
    if (decisions.size() > MAX_DECISIONS) {
      decisions.removeLast();
    }
    String key = QueueRow.key(decision.id().name(), decision.id().version());
    for (String person : List.copyOf(persons.getOrDefault(key, Set.of()))) {
      change(person, key, request -> request.decided(decision, entry));
    }
  }

  private void handled(Notice notice, RequestStep step, LedgerEntry entry) {
    CrateName name = notice.name();
    CrateVersion version = version(notice);
    if (name == null || version == null) {
      return;
    }
    String key = QueueRow.key(name, version);
    switch (step.kind()) {
      case ASK -> asked(name, version, step, entry);
      case CLOSE, REOPEN -> {
        RequestStep closed = step.kind() == RequestStep.Kind.CLOSE ? step : null;
        for (String person : List.copyOf(persons.getOrDefault(key, Set.of()))) {
          change(person, key, request -> request.closedBy(closed, entry));
        }
      }
      case COMMENT, ASSIGN, UNASSIGN -> {}
    }
  }

  private static @Nullable CrateVersion version(Notice notice) {
    String text = notice.version();
    try {
      return text == null ? null : CrateVersion.parse(text);
    } catch (MalformedException _) {
      return null;
    }
  }

  private interface Change {
    OwnRequest apply(OwnRequest request);
  }

  /// Changes a request and makes it the latest of its person.
  private void change(String person, String key, Change change) {
    LinkedHashMap<String, OwnRequest> own = byPerson.get(person);
    OwnRequest known = own == null ? null : own.remove(key);
    if (own != null && known != null) {
      own.put(key, change.apply(known));
    }
  }

  private void asked(CrateName name, CrateVersion version, RequestStep step, LedgerEntry entry) {
    if (!Requester.hasToken(step.by())) {
      return;
    }
    String person = Decision.person(step.by());
    String key = QueueRow.key(name, version);
    // Removed and added again: the person who asked least recently is the first one.
    LinkedHashMap<String, OwnRequest> known = byPerson.remove(person);
    LinkedHashMap<String, OwnRequest> own = known == null ? new LinkedHashMap<>() : known;
    byPerson.put(person, own);
    OwnRequest before = own.remove(key);
    own.put(
        key,
        new OwnRequest(
            name,
            version,
            requester(step, before),
            approval(before),
            before == null ? null : before.closed(),
            entry));
    if (before == null) {
      persons.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(person);
      total++;
    }
    if (own.size() > MAX_REQUESTS) {
      drop(person, own.firstEntry().getKey());
    }
    while (total > MAX_TOTAL) {
      String oldest = byPerson.keySet().iterator().next();
      List.copyOf(byPerson.getOrDefault(oldest, new LinkedHashMap<>()).keySet())
          .forEach(each -> drop(oldest, each));
      byPerson.remove(oldest);
    }
  }

  /// Returns the approval that stays with a repeated request; null if there is none. A request
  /// after a denial asks for another decision.
  private static @Nullable Decision approval(@Nullable OwnRequest before) {
    Decision last = before == null ? null : before.decision();
    return last != null && last.kind().serves() ? last : null;
  }

  private static NamedRequester requester(RequestStep step, @Nullable OwnRequest before) {
    return before == null
        ? new NamedRequester(step.by(), step.reason(), 1, step.at(), step.at())
        : before.asked().again(step.reason(), step.at());
  }

  private void drop(String person, String key) {
    LinkedHashMap<String, OwnRequest> own = byPerson.get(person);
    if (own != null && own.remove(key) != null) {
      total--;
      Set<String> others = persons.getOrDefault(key, new LinkedHashSet<>());
      others.remove(person);
      if (others.isEmpty()) {
        persons.remove(key);
      }
    }
  }
}
