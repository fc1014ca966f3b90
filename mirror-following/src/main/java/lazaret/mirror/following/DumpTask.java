package lazaret.mirror.following;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.mirror.following.FollowMeters.Part;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// The comparison of stored crates with the registry's daily dump, which also has yanks, removed
/// versions and all crates. It is read in the background. Crates that differ and were not confirmed
/// since the dump are refreshed. One thread at a time, except for the read.
final class DumpTask implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DumpTask.class.getName());

  /// The time between two dumps.
  private static final Duration EVERY = Duration.ofHours(24);

  /// The time between two requests for a dump that is due. It grows with failures, since each of
  /// them may cost the bytes of a dump.
  private static final Duration AGAIN = Duration.ofHours(1);

  private static final int MOST_DOUBLINGS = 5;

  private static final int PAGE = 200;
  private static final int MOST_PASSES = 3;

  private final FollowContext parts;
  private final FollowRegister register;
  private final FollowBudget budget;
  private final FollowMeters meters;
  private final FollowedIndexRefresher refresher;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile @Nullable CrateUseTable table;
  private volatile Instant next = Instant.MIN;
  private volatile Consumer<CrateName> onListed = _ -> {};

  /// True once a name was asked for while there was no table here.
  private volatile boolean asked;

  private @Nullable Comparison comparison;
  private int passes;

  /// The reads in a row that failed. Only the read changes it, and there is one at a time.
  private int failures;

  DumpTask(
      FollowContext parts,
      FollowRegister register,
      FollowBudget budget,
      FollowMeters meters,
      FollowedIndexRefresher refresher) {
    this.parts = parts;
    this.register = register;
    this.budget = budget;
    this.meters = meters;
    this.refresher = refresher;
  }

  /// One pass through a table and the names of the store, which have the same order.
  private static final class Comparison implements AutoCloseable {
    private final CrateUseTable table;
    private final CrateUseTable.Rows rows;

    /// The crates that are compared now, by collision key. The keys that follow are larger than
    /// `reached` and at most `last`, which is null after the end of the table.
    private Set<String> listed = Set.of();

    private @Nullable String last = "";
    private String reached = "";
    private long considered;
    private int failures;

    /// True after a time in which no request was possible.
    private boolean halted;

    Comparison(CrateUseTable table) throws IOException {
      this.table = table;
      this.rows = table.byName();
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }

  /// Sets the receiver of each name of each new dump, which may get a name several times.
  void onListed(Consumer<CrateName> receiver) {
    onListed = receiver;
  }

  /// Opens the table that was made last.
  void begin() {
    if (parts.settings().dump()) {
      table = CrateUseTable.open(parts.folder()).orElse(null);
    }
  }

  /// Returns the table of the last dump, or empty if there is none.
  Optional<CrateUseTable> table() {
    return Optional.ofNullable(table);
  }

  /// Returns whether the last dump has a crate with the collision key of a name; empty if there is
  /// none, or it is too old. Reads the file of all names.
  ///
  /// @param age the maximum age of the dump
  /// @throws IOException if the table cannot be read
  Optional<Boolean> lists(CrateName name, Duration age) throws IOException {
    CrateUseTable now = table;
    if (now == null) {
      asked = true;
      return Optional.empty();
    }
    if (now.time().plus(age).isBefore(parts.clock().instant())) {
      return Optional.empty();
    }
    String key = name.collisionKey();
    try (CrateUseTable.Rows rows = now.byName()) {
      for (CrateUseEntry row = rows.next(); row != null; row = rows.next()) {
        int order = row.name().collisionKey().compareTo(key);
        if (order >= 0) {
          return Optional.of(order == 0);
        }
      }
      return Optional.of(false);
    }
  }

  /// Begins to read a dump, if there may be a new one and space for it.
  void startIfDue() {
    Instant now = parts.clock().instant();
    CrateUseTable known = table;
    boolean isFresh = known != null && now.isBefore(known.time().plus(EVERY));
    if (parts.settings().dump()
        && !isFresh
        && !now.isBefore(next)
        && parts.store().diskUsage().admits()) {
      Validators validators = validators(known);
      if (reading.compareAndSet(false, true)) {
        parts.time().background().execute(() -> read(validators));
      }
    }
  }

  /// Returns the validators of a dump that need not be read again. Without a table here, that is
  /// the one that another node compared, unless this node needs the most used crates, or names.
  private Validators validators(@Nullable CrateUseTable known) {
    if (known != null) {
      return new Validators(known.etag(), null);
    }
    return asked || parts.settings().mode() == FollowMode.TOP
        ? Validators.NONE
        : new Validators(register.state().dump().etag(), null);
  }

  private void read(Validators known) {
    int before = failures++;
    Instant again = null;
    try {
      if (readUnlessKnown(known)) {
        LOG.log(System.Logger.Level.INFO, "the dump of the registry was read");
      }
      failures = 0;
      meters.works(Part.DUMP);
    } catch (DumpStream.SpentException _) {
      failures = before;
      again = budget.nextDay();
      meters.failing(Part.DUMP, "the dump waits for the bytes of the next day");
    } catch (IOException | LazaretException e) {
      meters.failed();
      meters.failing(Part.DUMP, "the dump of the registry was not read");
      LOG.log(
          System.Logger.Level.WARNING,
          "the dump of the registry was not read: {0}",
          String.valueOf(e.getMessage()));
    } finally {
      next = again == null ? parts.clock().instant().plus(pause()) : again;
      reading.set(false);
    }
  }

  private Duration pause() {
    int doublings = Math.clamp(failures - 1, 0, MOST_DOUBLINGS);
    Duration grown = AGAIN.multipliedBy(1L << doublings);
    return grown.compareTo(EVERY) > 0 ? EVERY : grown;
  }

  /// Returns whether another dump than the known one was read.
  private boolean readUnlessKnown(Validators known) throws IOException {
    DumpStream opened = DumpStream.open(parts.files(), budget, known).orElse(null);
    if (opened == null) {
      return false;
    }
    long salt = ThreadLocalRandom.current().nextLong();
    try (DumpStream in = opened;
        CrateUseBuilder builder = new CrateUseBuilder(parts.folder(), salt)) {
      Instant made = DumpReader.read(in, builder);
      Instant now = parts.clock().instant();
      // A dump of the future would differ from each confirmation before that time.
      table = builder.build(made.isAfter(now) ? now : made, in.etag());
      return true;
    }
  }

  /// Compares stored crates with the last dump until a moment.
  ///
  /// @return whether nothing is left to compare
  /// @throws IOException if the table cannot be read
  boolean compare(Instant until) throws IOException, InterruptedException {
    CrateUseTable now = table;
    if (now == null || now.time().equals(register.state().dump().time())) {
      return true;
    }
    Comparison run = comparison;
    if (run == null || !run.table.equals(now)) {
      passes = 0;
      run = restart(now);
    }
    while (refresher.goesOn(until)) {
      if (!step(run)) {
        return end(run);
      }
    }
    return false;
  }

  private Comparison restart(CrateUseTable now) throws IOException {
    close();
    Comparison run = new Comparison(now);
    comparison = run;
    return run;
  }

  /// Ends a pass. Crates that upstream did not confirm are tried again in another one, which waits
  /// for the next round.
  private boolean end(Comparison run) throws IOException, InterruptedException {
    CrateUseTable compared = run.table;
    meters.idle();
    if (run.failures > 0 && (run.halted || !refresher.works() || ++passes < MOST_PASSES)) {
      restart(compared);
      return false;
    }
    close();
    register.change(state -> after(state, compared));
    return true;
  }

  /// Returns the state after a comparison. A dump that was made after a gap has all that was missed
  /// in it.
  private static FollowState after(FollowState before, CrateUseTable compared) {
    FollowState after = before.with(new FollowState.Dump(compared.time(), compared.etag()));
    Instant gap = before.gap().since();
    return gap != null && !compared.time().isBefore(gap) ? after.closed() : after;
  }

  /// Compares the next crates.
  ///
  /// @return false at the end
  private boolean step(Comparison run) throws IOException, InterruptedException {
    List<CrateName> due = new ArrayList<>();
    List<String> stored = stored(run);
    Instant made = run.table.time();
    for (String key : stored) {
      CrateName name = CrateName.parse(key);
      if (!run.listed.contains(key) && isOlder(name, made)) {
        due.add(name);
      }
    }
    if (stored.size() == PAGE) {
      run.reached = stored.getLast();
    } else if (run.last == null) {
      refresh(run, due);
      return false;
    } else {
      due.addAll(nextPage(run));
    }
    refresh(run, due);
    meters.working(
        new FollowMeters.Phase(
            "comparing crates with the dump", run.considered, run.table.crates(), false));
    return true;
  }

  private void refresh(Comparison run, List<CrateName> due) throws InterruptedException {
    int unconfirmed = refresher.refreshAll(due).size();
    run.failures += unconfirmed;
    run.halted |= unconfirmed > 0 && refresher.isHalted();
  }

  /// Returns the next stored names up to the last row that was read.
  private List<String> stored(Comparison run) {
    String after = run.reached;
    String last = run.last;
    try (Stream<String> names = parts.store().names(after)) {
      return names
          .filter(key -> key.compareTo(after) > 0)
          .takeWhile(key -> last == null || key.compareTo(last) <= 0)
          .limit(PAGE)
          .toList();
    }
  }

  /// Reads the next rows, and returns the crates that differ.
  private List<CrateName> nextPage(Comparison run) throws IOException {
    List<CrateName> due = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    String end = run.last;
    run.reached = end == null ? run.reached : end;
    run.last = null;
    for (CrateUseEntry row = run.rows.next(); row != null; row = run.rows.next()) {
      String key = row.name().collisionKey();
      listed.add(key);
      onListed.accept(row.name());
      run.considered++;
      if (differs(row, run.table.time())) {
        due.add(row.name());
      }
      if (listed.size() == PAGE) {
        run.last = key;
        break;
      }
    }
    run.listed = listed;
    return due;
  }

  /// Returns whether a crate must be refreshed: it is followed, was not confirmed since the dump,
  /// and has other versions than the dump.
  private boolean differs(CrateUseEntry row, Instant made) {
    Freshness freshness = parts.store().freshness(row.name()).orElse(null);
    if (freshness == null) {
      return parts.settings().mode() == FollowMode.ALL;
    }
    return freshness.checkedAt().isBefore(made)
        && parts.store().crate(row.name()).map(crate -> digest(crate) != row.digest()).orElse(true);
  }

  private static long digest(StoredCrate crate) {
    long sum = 0;
    for (StoredLine line : crate.lines()) {
      if (line.removedSince() == null) {
        sum += CrateUseEntry.digest(line.entry().version().text(), line.entry().yanked());
      }
    }
    return sum;
  }

  private boolean isOlder(CrateName name, Instant moment) {
    return parts
        .store()
        .freshness(name)
        .filter(freshness -> freshness.checkedAt().isBefore(moment))
        .isPresent();
  }

  /// Forgets a table that cannot be read. The dump is read again.
  void forget() {
    table = null;
  }

  /// Ends the comparison; the next one begins from the start.
  @Override
  public void close() throws IOException {
    Comparison run = comparison;
    comparison = null;
    if (run != null) {
      run.close();
    }
  }
}
