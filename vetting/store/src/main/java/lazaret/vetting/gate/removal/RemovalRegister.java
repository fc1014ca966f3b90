package lazaret.vetting.gate.removal;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// The register of crates of which upstream no longer lists stored versions, and the rule whether
/// upstream is trusted. Each change is stored, so that a restart neither loses nor hastens a
/// confirmation. Thread-safe.
///
/// Too many crates have vanished if, within an hour, there are more than [#MOST_VANISHED], or more
/// than 2 % of the stored crates requested from upstream. Then no version is withdrawn until a
/// person confirms it. Up to [#FEWEST_VANISHED] crates are never too many.
public final class RemovalRegister {
  /// The maximum number of crates that may vanish within an hour.
  public static final int MOST_VANISHED = 20;

  /// The number of crates that may vanish within an hour, regardless of the number of requests.
  public static final int FEWEST_VANISHED = 2;

  /// The maximum number of crates in the register. If more vanish, they are too many, and no
  /// version is withdrawn.
  public static final int MAX_OPEN = 1_000;

  private static final Duration WINDOW = Duration.ofHours(1);

  /// The maximum number of requests that are counted: 2 % of more crates exceed [#MOST_VANISHED].
  private static final int MAX_ASKED = 50 * MOST_VANISHED;

  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
  private static final String FORM = "removals 1";
  private static final String MASS = "mass ";

  /// The storage of the register.
  public interface Log {
    /// Returns the text that was written last, or empty if there is none.
    String read();

    /// Writes the text and appends notices to the ledger, in one batch.
    ///
    /// @return false if the store has no space, so that the register is ahead of it
    boolean write(String text, List<Notice> notices);

    /// Runs a change while no other node changes the register. It may run again.
    default <T> T serially(Supplier<T> change) {
      return change.get();
    }
  }

  private final Log log;
  private final Duration after;
  // all guarded by this
  private @Nullable String known;
  private final Map<String, SuspectedRemoval> open = new LinkedHashMap<>();
  private final Map<String, TimeSpan> asked = new LinkedHashMap<>();
  private final Deque<CrateName> toRestore = new ArrayDeque<>();
  private @Nullable Instant massSince;

  /// Reads the register.
  ///
  /// @param log the storage of the register
  /// @param after the minimum time between the first response without a version and its withdrawal
  public RemovalRegister(Log log, Duration after) {
    this.log = log;
    this.after = after;
    reload();
  }

  /// Reads the register again if another node wrote it.
  public synchronized void reload() {
    String text = log.read();
    if (text.equals(known)) {
      return;
    }
    known = text;
    boolean mass = massSince != null;
    massSince = null;
    open.clear();
    for (String line : text.lines().toList()) {
      if (line.startsWith(MASS)) {
        massSince = moment(line.substring(MASS.length()));
      } else {
        SuspectedRemoval.parse(line).ifPresent(s -> open.put(s.name().collisionKey(), s));
      }
    }
    if (massSince == null) {
      toRestore.clear();
    } else if (!mass) {
      restoreAll();
    }
  }

  /// Runs a change on what is stored.
  private <T> T change(Supplier<T> action) {
    return log.serially(
        () -> {
          synchronized (this) {
            reload();
            return action.get();
          }
        });
  }

  private static @Nullable Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private void restoreAll() {
    if (massSince != null) {
      open.values().forEach(s -> toRestore.add(s.name()));
    }
  }

  private void write(List<Notice> notices) {
    StringBuilder text = new StringBuilder(FORM).append('\n');
    if (massSince != null) {
      text.append(MASS).append(massSince).append('\n');
    }
    open.values().forEach(s -> text.append(s.line()).append('\n'));
    String before = known;
    // After a failure the register is read again: it is not known which text is stored.
    known = null;
    known = log.write(text.toString(), notices) ? text.toString() : before;
  }

  /// Records that upstream answered a request for a stored crate.
  public synchronized void asked(CrateName name, Instant now) {
    asked.remove(name.collisionKey());
    asked.put(name.collisionKey(), TimeSpan.from(now, WINDOW));
    if (asked.size() > MAX_ASKED) {
      asked.remove(asked.keySet().iterator().next());
    }
  }

  /// Returns the rule for a crate.
  public synchronized RemovalRule rule(CrateName name) {
    SuspectedRemoval known = open.get(name.collisionKey());
    if (known != null && known.confirmed()) {
      return new RemovalRule.Withdraw();
    }
    return massSince != null ? new RemovalRule.Ignore() : new RemovalRule.Confirm(after);
  }

  /// Records that a response of upstream lacked stored versions of a crate.
  ///
  /// @return the rule for the crate from now on
  public RemovalRule suspect(CrateName name, Instant now) {
    return change(() -> suspected(name, now));
  }

  private RemovalRule suspected(CrateName name, Instant now) {
    if (open.containsKey(name.collisionKey()) || open.size() >= MAX_OPEN) {
      return rule(name);
    }
    open.put(name.collisionKey(), new SuspectedRemoval(name, now, now.plus(after), false));
    List<Notice> notices = new ArrayList<>();
    if (massSince == null && tooMany(now)) {
      massSince = now;
      restoreAll();
      notices.add(notice(Notice.Kind.MASS_REMOVAL, now, Notice.GATE, alarm(now)));
    }
    write(notices);
    return rule(name);
  }

  private boolean tooMany(Instant now) {
    long vanished = vanished(now);
    asked.values().removeIf(span -> !span.holds(now));
    return vanished > MOST_VANISHED || (vanished > FEWEST_VANISHED && vanished * 50 > asked.size());
  }

  private long vanished(Instant now) {
    return open.values().stream()
        .filter(s -> !s.confirmed() && TimeSpan.from(s.since(), WINDOW).holds(now))
        .count();
  }

  private String alarm(Instant now) {
    return "%d of %d crates that upstream was asked for within an hour vanished: nothing is withdrawn until a person runs 'vetting-cli removals --confirm'"
        .formatted(vanished(now), Math.max(asked.size(), vanished(now)));
  }

  /// Records that the stored versions of a crate are no longer suspected: they returned or were
  /// withdrawn.
  public void settle(CrateName name, Instant now) {
    // Most crates are not in the register, and nothing is read for them.
    if (holds(name)) {
      boolean _ = change(() -> settled(name, now));
    }
  }

  private boolean settled(CrateName name, Instant now) {
    if (open.remove(name.collisionKey()) == null) {
      return false;
    }
    List<Notice> notices = new ArrayList<>();
    if (open.isEmpty() && massSince != null) {
      massSince = null;
      notices.add(
          notice(
              Notice.Kind.MASS_REMOVAL_ENDED,
              now,
              Notice.GATE,
              "upstream lists again every crate that had vanished"));
    }
    write(notices);
    return true;
  }

  /// Returns whether versions of a crate are suspected to be removed.
  public synchronized boolean holds(CrateName name) {
    return open.containsKey(name.collisionKey());
  }

  /// Returns crates to request from upstream again. A crate with a suspicion from the future, by a
  /// clock that was wrong, is due.
  ///
  /// @param most the maximum number of crates
  public synchronized List<CrateName> due(Instant now, int most) {
    return open.values().stream()
        .filter(s -> !TimeSpan.from(s.since(), span(s)).holds(now))
        .limit(most)
        .map(SuspectedRemoval::name)
        .toList();
  }

  private static Duration span(SuspectedRemoval suspicion) {
    Duration span = Duration.between(suspicion.since(), suspicion.askAt());
    return span.isNegative() ? Duration.ZERO : span;
  }

  /// Records that a request did not settle a suspicion: upstream did not answer or is not trusted.
  public synchronized void postpone(CrateName name, Instant now) {
    Duration retry = after.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : after;
    open.computeIfPresent(
        name.collisionKey(),
        (_, s) ->
            s.since().isAfter(now)
                ? new SuspectedRemoval(name, now, now.plus(after), s.confirmed())
                : s.askedAt(now.plus(retry)));
  }

  /// Returns the next crate whose lines are no longer suspected, since upstream is not trusted.
  /// Empty if there is none.
  public synchronized Optional<CrateName> nextToRestore() {
    return Optional.ofNullable(toRestore.poll());
  }

  /// Records that a person confirmed all removals. Upstream is asked once more for each.
  ///
  /// @param by the person
  /// @return the number of crates that are concerned
  public int confirm(String by, Instant now) {
    return change(() -> confirmed(by, now));
  }

  private int confirmed(String by, Instant now) {
    if (open.isEmpty() && massSince == null) {
      return 0;
    }
    massSince = null;
    toRestore.clear();
    open.replaceAll((_, s) -> s.confirmedAt(now));
    write(
        List.of(
            notice(
                Notice.Kind.REMOVALS_CONFIRMED,
                now,
                by,
                "removals of %d crates confirmed: %s".formatted(open.size(), names()))));
    return open.size();
  }

  private String names() {
    List<String> names = open.values().stream().limit(20).map(s -> s.name().published()).toList();
    String more =
        open.size() > names.size() ? " and " + (open.size() - names.size()) + " more" : "";
    return String.join(", ", names) + more;
  }

  private static Notice notice(Notice.Kind kind, Instant now, String by, String detail) {
    return new Notice(kind, now, by, null, null, detail);
  }

  /// Returns the open suspicions.
  public synchronized RemovalReport report() {
    return new RemovalReport(List.copyOf(open.values()), massSince);
  }
}
