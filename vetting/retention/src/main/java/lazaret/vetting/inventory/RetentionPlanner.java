package lazaret.vetting.inventory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.CrateRecords;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inventory.RetentionPlan.Count;
import lazaret.vetting.inventory.RetentionPlan.PlannedRemoval;
import lazaret.vetting.ledger.LedgerEntry;

/// The search for the artifacts that rules remove: one pass over all crates, page by page. It
/// records artifacts without a use as used today, so that their time counts from there.
/// Thread-safe; blocks.
final class RetentionPlanner {
  private static final System.Logger LOG = System.getLogger(RetentionPlanner.class.getName());

  private static final int PAGE = 200;
  private static final int BATCH = 500;

  private final GateContext parts;
  private final Store store;
  private final ArtifactFactsReader facts;
  private final ProtectedArtifacts kept;
  private final int maxRemovals;

  /// Creates a planner.
  ///
  /// @param maxRemovals the maximum number of removals that a plan has in heap
  RetentionPlanner(
      GateContext parts, ArtifactFactsReader facts, ProtectedArtifacts kept, int maxRemovals) {
    this.parts = parts;
    this.store = parts.store();
    this.facts = facts;
    this.kept = kept;
    this.maxRemovals = maxRemovals;
  }

  /// Returns the artifacts that rules remove at this moment.
  ///
  /// @param goes returns false when the pass must end; the plan is then incomplete
  RetentionPlan plan(RetentionRules rules, BooleanSupplier goes) {
    var pass = new Pass(rules);
    RunningOperation operation = RunningOperation.current();
    operation.begin("crates", store.counts().crates());
    String from = "";
    List<String> page = page(from);
    while (!page.isEmpty() && goes.getAsBoolean()) {
      for (String key : page) {
        crate(CrateName.parse(key)).ifPresent(pass::crate);
        operation.step();
      }
      // No name of a crate has a space, and every other character of a name is greater.
      from = page.getLast() + ' ';
      page = page(from);
    }
    pass.writeNoticed();
    return pass.plan(page.isEmpty());
  }

  private List<String> page(String from) {
    try (Stream<String> names = store.names(from)) {
      return names.limit(PAGE).toList();
    }
  }

  /// Returns the rows of a crate. One with damaged rows is left out: nothing of it is removed.
  private Optional<CrateRecords> crate(CrateName name) {
    try {
      return store.records(name);
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      LOG.log(System.Logger.Level.WARNING, "artifacts of {0} are kept: {1}", name, e.getMessage());
      return Optional.empty();
    }
  }

  /// One pass under construction. For one thread.
  private final class Pass {
    private final RetentionRules rules;
    private final Instant now = parts.clock().instant();
    private final LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private final List<PlannedRemoval> due = new ArrayList<>();
    private final List<Write> noticed = new ArrayList<>();

    /// The least useful artifacts that no rule removes, the most useful of them first.
    private final PriorityQueue<ArtifactFacts> spare =
        new PriorityQueue<>(ArtifactFacts.LEAST_USEFUL.reversed());

    private long artifacts;
    private long bytes;
    private boolean complete = true;
    private boolean spareComplete = true;

    Pass(RetentionRules rules) {
      this.rules = rules;
    }

    void crate(CrateRecords crate) {
      for (StoredLine line : crate.crate().lines()) {
        facts
            .read(line, today, rules.needsOrigin())
            .ifPresent(found -> artifact(new ProtectedArtifacts.Subject(crate, line, now), found));
      }
    }

    private void artifact(ProtectedArtifacts.Subject subject, ArtifactFacts found) {
      artifacts++;
      bytes += found.bytes();
      if (!found.recorded()) {
        notice(found.id().cksum());
      }
      String rule = rules.first(found, now).orElse(null);
      boolean candidate = rule != null || isSpare(found);
      if (!candidate || kept.first(subject).isPresent()) {
        return;
      }
      if (rule == null) {
        addSpare(found);
      } else {
        count(rule, found);
        if (due.size() < maxRemovals) {
          due.add(new PlannedRemoval(found, rule));
        } else {
          complete = false;
        }
      }
    }

    private void count(String rule, ArtifactFacts found) {
      Count _ = counts.merge(rule, new Count(1, found.bytes()), Count::plus);
    }

    private boolean isSpare(ArtifactFacts found) {
      if (rules.maxSize() == 0) {
        return false;
      }
      ArtifactFacts useful = spare.peek();
      if (useful == null
          || spare.size() < maxRemovals
          || ArtifactFacts.LEAST_USEFUL.compare(found, useful) < 0) {
        return true;
      }
      spareComplete = false;
      return false;
    }

    private void addSpare(ArtifactFacts found) {
      boolean _ = spare.add(found);
      if (spare.size() > maxRemovals) {
        ArtifactFacts _ = spare.remove();
        spareComplete = false;
      }
    }

    private void notice(Sha256 cksum) {
      noticed.add(new Write.PutUse(new ArtifactUse(cksum, today)));
      if (noticed.size() >= BATCH) {
        writeNoticed();
      }
    }

    void writeNoticed() {
      if (!noticed.isEmpty()) {
        List<LedgerEntry> _ = store.commit(Batch.relaxed(noticed));
        noticed.clear();
      }
    }

    /// Returns the plan.
    ///
    /// @param whole whether the pass saw all crates
    RetentionPlan plan(boolean whole) {
      List<PlannedRemoval> removals = new ArrayList<>(due);
      long left = bytes - counts.values().stream().mapToLong(Count::bytes).sum();
      boolean above = rules.maxSize() > 0 && left > rules.maxSize();
      if (above) {
        for (ArtifactFacts found : spare.stream().sorted(ArtifactFacts.LEAST_USEFUL).toList()) {
          if (left <= rules.roomySize()) {
            break;
          }
          left -= found.bytes();
          count(RetentionRules.MAX_SIZE, found);
          removals.add(new PlannedRemoval(found, RetentionRules.MAX_SIZE));
        }
      }
      boolean enough = !above || spareComplete || left <= rules.roomySize();
      List<PlannedRemoval> first = removals.subList(0, Math.min(maxRemovals, removals.size()));
      return new RetentionPlan(
          rules.id(),
          now,
          artifacts,
          bytes,
          counts,
          whole ? first : List.of(),
          whole && complete && enough && first.size() == removals.size(),
          above && spareComplete ? Math.max(0, left - rules.maxSize()) : 0);
    }
  }
}
