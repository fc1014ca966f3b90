package lazaret.documentation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.roles.CratePattern;
import org.jspecify.annotations.Nullable;

/// The builds of documentation without a request: those of chosen crates, each version once, newest
/// first. One node of several does them.
public final class DocumentationTask implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DocumentationTask.class.getName());
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);
  private static final int PAGE = 500;

  /// The time after which a build is repeated that left no record: the gate or its upstream could
  /// not serve the dependencies. Meanwhile others are built.
  static final Duration REPEAT = Duration.ofHours(1);

  private final DocumentationService documentation;
  private final GateContext parts;
  private final Gate gate;
  private final DocumentationSettings settings;
  private final List<CratePattern> patterns;
  private final Map<CrateId, Instant> postponed = new HashMap<>();

  /// The collision keys of crates with a decision in the ledger, up to the entry of `reached`.
  private final Set<String> decided = new HashSet<>();

  private long reached;
  private volatile @Nullable Thread thread;
  private LocalDate day = LocalDate.MIN;
  private int built;

  /// Creates the task without starting it.
  public DocumentationTask(
      DocumentationService documentation,
      GateContext parts,
      Gate gate,
      DocumentationSettings settings) {
    this.documentation = documentation;
    this.parts = parts;
    this.gate = gate;
    this.settings = settings;
    this.patterns =
        settings.build().stream()
            .filter(
                word ->
                    !word.equals(DocumentationSettings.PRIVATE)
                        && !word.equals(DocumentationSettings.APPROVED))
            .map(CratePattern::new)
            .toList();
  }

  /// Starts the task if anything is chosen and can be built.
  ///
  /// @param leader chooses the node that builds
  public void start(Leader leader) {
    start(leader, PAUSE);
  }

  /// Starts the task with another pause before each round.
  void start(Leader leader, Duration pause) {
    if (!settings.build().isEmpty() && settings.perDay() > 0 && settings.sandbox() != null) {
      thread = Thread.ofVirtual().name("documentation").start(() -> work(leader, pause));
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        // It reads the store, which is closed next.
        boolean _ = running.join(STOP_WAIT);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void work(Leader leader, Duration pause) {
    try {
      while (true) {
        Thread.sleep(pause);
        try {
          boolean _ = leader.run(this::round);
        } catch (LazaretException e) {
          LOG.log(System.Logger.Level.WARNING, "documentation: {0}", e.getMessage());
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.ERROR, "documentation is built later", e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Builds what is missing, as far as the day permits.
  void round() throws InterruptedException {
    Instant begin = parts.clock().instant();
    postponed.values().removeIf(until -> !until.isAfter(begin));
    if (isUsedUp(begin)) {
      // To find out what is missing reads each stored crate.
      return;
    }
    for (CrateId id : missing()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (isUsedUp(parts.clock().instant())) {
        return;
      }
      built++;
      try {
        DocumentationRow _ = documentation.build(id.name(), id.version(), Notice.GATE);
      } catch (LazaretException e) {
        LOG.log(System.Logger.Level.WARNING, "no documentation of {0}: {1}", id, e.getMessage());
        if (e.code() == ErrorCode.SERVER_UNAVAILABLE || e.code() == ErrorCode.SANDBOX_UNUSABLE) {
          // Nothing was built, so that the day has room for this version when the sandbox is back.
          built--;
          return;
        }
        postpone(id);
      } catch (RuntimeException e) {
        // The pages of one version, which are foreign data, must not prevent those of the others.
        LOG.log(System.Logger.Level.ERROR, "no documentation of " + id, e);
        postpone(id);
      }
    }
  }

  private void postpone(CrateId id) {
    postponed.put(id, parts.clock().instant().plus(REPEAT));
  }

  /// Returns whether no further build is permitted on this day.
  private boolean isUsedUp(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (!today.equals(day)) {
      day = today;
      built = 0;
    }
    return built >= settings.perDay();
  }

  /// Returns the versions to build, newest first, as many as one day permits.
  List<CrateId> missing() {
    if (settings.build().contains(DocumentationSettings.APPROVED)) {
      readDecisions();
    }
    List<StoredLine> found = new ArrayList<>();
    String after = "";
    for (List<String> page = page(after); !page.isEmpty(); page = page(after)) {
      for (String key : page) {
        add(CrateName.parse(key), found);
      }
      after = page.getLast();
      found.sort(Comparator.comparing(StoredLine::firstSeen).reversed());
      if (found.size() > settings.perDay()) {
        found.subList(settings.perDay(), found.size()).clear();
      }
    }
    return found.stream().map(line -> line.entry().id()).toList();
  }

  /// Reads the entries of the ledger since the last round. To look for decisions on each stored
  /// crate takes a read of the store for each of them.
  private void readDecisions() {
    long last = parts.store().ledgerHead().map(LedgerEntry::sequence).orElse(0L);
    if (last < reached) {
      // The store was restored to an earlier state.
      decided.clear();
      reached = 0;
    }
    while (reached < last) {
      List<LedgerEntry> page;
      try (Stream<LedgerEntry> entries = parts.store().ledger(reached)) {
        page = entries.limit(PAGE).toList();
      }
      if (page.isEmpty()) {
        return;
      }
      for (LedgerEntry entry : page) {
        if (entry.event() instanceof Decision decision) {
          decided.add(decision.id().name().collisionKey());
        }
      }
      reached = page.getLast().sequence();
    }
  }

  /// Returns whether there may be a decision on a crate. A snapshot in force has decisions of its
  /// own.
  private boolean isDecided(CrateName key) {
    return gate.files().head() == 0
        ? decided.contains(key.collisionKey())
        : !parts.store().decisions(key).isEmpty();
  }

  private List<String> page(String after) {
    try (Stream<String> names = parts.store().names(after)) {
      return names.filter(name -> name.compareTo(after) > 0).limit(PAGE).toList();
    }
  }

  private void add(CrateName key, List<StoredLine> found) {
    boolean approved = settings.build().contains(DocumentationSettings.APPROVED);
    boolean chosen = isChosen(key);
    if (!chosen && (!approved || !isDecided(key))) {
      return;
    }
    CrateState state = gate.files().find(key).orElse(null);
    if (state == null) {
      return;
    }
    Instant now = parts.clock().instant();
    for (StoredLine line : state.crate().lines()) {
      CrateId id = line.entry().id();
      if (!postponed.containsKey(id)
          && (chosen || state.approvedAt(id.version(), now))
          && parts.store().hasArtifact(id.cksum())
          && documentation
              .find(id.name(), id.version())
              .filter(row -> row.id().equals(id))
              .isEmpty()
          && documentation.isServed(id)) {
        found.add(line);
      }
    }
  }

  private boolean isChosen(CrateName name) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(name))
        || (settings.build().contains(DocumentationSettings.PRIVATE)
            && parts.upstream().origin(name) == NameOrigin.PRIVATE);
  }
}
